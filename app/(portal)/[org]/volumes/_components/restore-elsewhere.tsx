'use client'
import { useMutation } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import type { VolumeRecovery } from '../../../../../server/contract/volume.ts'
import { refusedBecause } from '../../../../_lib/can.ts'
import { instant } from '../../../../_lib/format.ts'
import { useOrg } from '../../../../_lib/org-context.tsx'
import { paths } from '../../../../_lib/paths.ts'
import { useTRPC } from '../../../../_lib/trpc.tsx'
import type { VolumeDetail } from '../../../../_lib/wire.ts'
import { toProblem } from '../../../../_lib/problem.ts'
import { Button } from '../../../../_ui/button.tsx'
import { Checkbox } from '../../../../_ui/choices.tsx'
import { Field } from '../../../../_ui/field.tsx'
import { FormDialog } from '../../../../_ui/form-dialog.tsx'
import { Input } from '../../../../_ui/inputs.tsx'
import { Banner } from '../../../../_ui/status.tsx'
import { TimeAgo } from '../../../../_ui/time.tsx'
import { useVolumeAct } from './use-volume-act.ts'
import { faultOf } from './words.ts'

type Backup = NonNullable<VolumeRecovery['backup']>
const NAME_LIMIT = 30

function ElsewhereDialog({ volume, backup, onClose }: { volume: VolumeDetail; backup: Backup; onClose: () => void }) {
  const { org } = useOrg()
  const router = useRouter()
  const done = useVolumeAct(onClose)
  const [name, setName] = useState(`${volume.name.slice(0, NAME_LIMIT)}-elsewhere`)
  const [sure, setSure] = useState(false)
  const restore = useMutation(useTRPC().volumes.restoreElsewhere.mutationOptions({
    onSuccess: (result) => {
      done(`${result.name} is being made`)
      router.push(paths.volume(org.slug, result.name))
    },
  }))
  const problem = restore.error === null ? null : toProblem(restore.error)
  return (
    <FormDialog
      title={`Restore ${volume.name} elsewhere`} action="Restore elsewhere" danger busy={restore.isPending} disabled={!sure || name.trim() === ''} error={restore.error} fields={['name']} onClose={onClose}
      description={`A new volume on another machine takes its place${volume.app_id === null ? '' : ' in the app, which starts with it'}. It holds what ${volume.name} held ${instant(backup.data_from)}. ${volume.name} itself stays on its machine, with all it holds, and is there again when the machine is.`}
      onSubmit={() => restore.mutate({ organization_id: org.id, volume_id: volume.id, backup_id: backup.id, data_from: backup.data_from, name: name.trim() })}>
      <Field label="Name of the new volume" required error={faultOf(problem, 'name')}>
        {(control) => <Input {...control} value={name} autoComplete="off" onChange={(event) => setName(event.target.value)} />}
      </Field>
      <Checkbox checked={sure} onChange={setSure} label={<>Go on without what was written after <TimeAgo value={backup.data_from} /></>} hint={`The backup is of ${instant(backup.data_from)}.`} />
    </FormDialog>
  )
}

/** While the machine of the volume is not heard: what is known, and what can be done. */
export function LostVolume({ volume, recovery }: { volume: VolumeDetail; recovery: VolumeRecovery }) {
  const { org } = useOrg()
  const [open, setOpen] = useState(false)
  const { backup } = recovery
  const refused = refusedBecause(org, 'apps:write', volume.app_id ?? undefined)
  const possible = recovery.state === 'possible' && backup !== null
  return (
    <>
      <Banner
        tone={recovery.state === 'wait' ? 'attention' : 'bad'}
        className="mb-6"
        {...(possible ? { action: <Button look="primary" disabled={refused !== null} title={refused ?? undefined} onClick={() => setOpen(true)}>Restore elsewhere…</Button> } : {})}>
        Its machine was last heard <TimeAgo value={recovery.node_seen_at} />. The data is safe there. {recovery.detail}{' '}
        {backup === null ? 'There is no backup to restore.' : <>The last backup is of <TimeAgo value={backup.data_from} />.</>}
      </Banner>
      {open && backup !== null ? <ElsewhereDialog volume={volume} backup={backup} onClose={() => setOpen(false)} /> : null}
    </>
  )
}

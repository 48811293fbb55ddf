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
import { KeyValue, Panel } from '../../../../_ui/page.tsx'
import { Status, type StatusLook } from '../../../../_ui/status.tsx'
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
  const inApp = volume.app_id === null ? '' : ' in the app, which starts with it'
  return (
    <FormDialog
      title={`Restore ${volume.name} elsewhere`} action="Restore elsewhere" danger busy={restore.isPending} disabled={!sure || name.trim() === ''} error={restore.error} fields={['name']} onClose={onClose}
      description={`A new volume on another machine takes its place${inApp}. It holds what ${volume.name} held ${instant(backup.data_from)}. ${volume.name} itself stays on its machine, with all it holds, and is there again when the machine is.`}
      onSubmit={() => restore.mutate({ organization_id: org.id, volume_id: volume.id, backup_id: backup.id, data_from: backup.data_from, name: name.trim() })}>
      <Field label="Name of the new volume" required error={faultOf(problem, 'name')}>
        {(control) => <Input {...control} value={name} autoComplete="off" onChange={(event) => setName(event.target.value)} />}
      </Field>
      <Checkbox checked={sure} onChange={setSure} label={<>Go on without what was written after <TimeAgo value={backup.data_from} /></>} hint={`The backup is of ${instant(backup.data_from)}.`} />
    </FormDialog>
  )
}

const LOOKS: Record<VolumeRecovery['state'], StatusLook> = {
  wait: { tone: 'attention', word: 'The machine of this volume is not heard' },
  needs_operator: { tone: 'bad', word: 'The machine of this volume is lost' },
  possible: { tone: 'bad', word: 'The machine of this volume is lost' },
}

/** While the machine of the volume is not heard: what is known, and what can be done. */
export function LostVolume({ volume, recovery }: { volume: VolumeDetail; recovery: VolumeRecovery }) {
  const { org } = useOrg()
  const [open, setOpen] = useState(false)
  const { backup } = recovery
  const refused = refusedBecause(org, 'apps:write', volume.app_id ?? undefined)
  return (
    <Panel className="mb-6 border-bad-border" role="status">
      <h2 className="text-14 font-strong"><Status {...LOOKS[recovery.state]} className="whitespace-normal" /></h2>
      <p className="mt-2 text-14">
        {recovery.detail}{volume.app_id === null ? '' : ' Until then the app waits, for its files are here.'}
      </p>
      <div className="mt-3 max-w-120">
        <KeyValue items={[
          ['Last heard', <TimeAgo key="heard" value={recovery.node_seen_at} />],
          ['Last backup', backup === null ? 'None' : <TimeAgo key="backup" value={backup.data_from} />],
        ]} />
      </div>
      <p className="mt-3 text-13 text-muted">
        {backup === null
          ? 'Without a backup nothing can be brought back elsewhere. The data lies on the machine and is there again when the machine is.'
          : 'The data lies on the machine and is there again when the machine is. What was written after the last backup is nowhere else.'}
      </p>
      {recovery.state === 'possible' && backup !== null ? (
        <Button className="mt-4" look="primary" disabled={refused !== null} title={refused ?? undefined} onClick={() => setOpen(true)}>Restore elsewhere…</Button>
      ) : null}
      {open && backup !== null ? <ElsewhereDialog volume={volume} backup={backup} onClose={() => setOpen(false)} /> : null}
    </Panel>
  )
}

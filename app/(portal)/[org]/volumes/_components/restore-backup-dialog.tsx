'use client'
import { useMutation } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { instant } from '../../../../_lib/format.ts'
import { useOrg } from '../../../../_lib/org-context.tsx'
import { paths } from '../../../../_lib/paths.ts'
import { toProblem } from '../../../../_lib/problem.ts'
import { useTRPC } from '../../../../_lib/trpc.tsx'
import type { Backup } from '../../../../_lib/wire.ts'
import { Button } from '../../../../_ui/button.tsx'
import { Dialog } from '../../../../_ui/dialog.tsx'
import { Field } from '../../../../_ui/field.tsx'
import { Input } from '../../../../_ui/inputs.tsx'
import { ErrorPanel } from '../../../../_ui/states.tsx'
import { useVolumeAct } from './use-volume-act.ts'
import { faultOf } from './words.ts'

/** Always beside what there is: nothing is lost by a restore. */
export function RestoreBackupDialog({ backup, onClose }: { backup: Backup; onClose: () => void }) {
  const { org } = useOrg()
  const router = useRouter()
  const done = useVolumeAct(onClose)
  const [name, setName] = useState(`${backup.volume_name.slice(0, 31)}-restored`)
  const restore = useMutation(useTRPC().backups.restore.mutationOptions({
    onSuccess: (result) => {
      done(`${result.name} is being made`)
      router.push(paths.volume(org.slug, result.name))
    },
  }))
  const problem = restore.error === null ? null : toProblem(restore.error)
  const nameFault = faultOf(problem, 'name')
  return (
    <Dialog open onOpenChange={onClose} title={`Restore ${backup.name}`} description={`What ${backup.volume_name} held ${instant(backup.taken_at)}, in a new volume on whichever node has room.`}>
      <form
        noValidate
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault()
          restore.mutate({ organization_id: org.id, backup_id: backup.id, name: name.trim() })
        }}>
        <Field label="Name of the new volume" required error={nameFault}>
          {(control) => <Input {...control} value={name} autoComplete="off" onChange={(event) => setName(event.target.value)} />}
        </Field>
        {problem === null || nameFault !== undefined ? null : <ErrorPanel problem={problem} />}
        <div className="flex justify-end">
          <Button type="submit" look="primary" busy={restore.isPending}>Restore to a new volume</Button>
        </div>
      </form>
    </Dialog>
  )
}

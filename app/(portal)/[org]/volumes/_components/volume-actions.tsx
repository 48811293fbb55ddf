'use client'
import { useMutation } from '@tanstack/react-query'
import { ChevronDown } from 'lucide-react'
import { useState } from 'react'
import { UNDO_HOURS, volumeCan } from '../../../../../server/contract/volume.ts'
import { refusedBecause } from '../../../../_lib/can.ts'
import { useOrg } from '../../../../_lib/org-context.tsx'
import { toProblem } from '../../../../_lib/problem.ts'
import { useTRPC } from '../../../../_lib/trpc.tsx'
import type { VolumeDetail } from '../../../../_lib/wire.ts'
import { Button } from '../../../../_ui/button.tsx'
import { ConfirmDialog } from '../../../../_ui/dialog.tsx'
import { Menu } from '../../../../_ui/menu.tsx'
import { ErrorPanel } from '../../../../_ui/states.tsx'
import { ModeDialog } from './mode-choice.tsx'
import { useVolumeAct } from './use-volume-act.ts'
import { AttachDialog, CloneDialog, ResizeDialog, SnapshotDialog, type DialogProps } from './volume-dialogs.tsx'

export type VolumeDialog = 'attach' | 'detach' | 'resize' | 'snapshot' | 'clone' | 'mode' | 'delete'

function DetachDialog({ volume, onClose }: DialogProps) {
  const { org } = useOrg()
  const done = useVolumeAct(onClose)
  const detach = useMutation(useTRPC().volumes.detach.mutationOptions({ onSuccess: () => done(`${volume.name} is detached`) }))
  const running = volume.in_use_by !== null
  return (
    <ConfirmDialog
      open
      onOpenChange={onClose}
      title={`Detach ${volume.name}?`}
      action={running ? 'Restart the app without it' : 'Detach'}
      danger={running}
      busy={detach.isPending}
      onConfirm={() => detach.mutate({ organization_id: org.id, volume_id: volume.id, force: running })}>
      <p>{running ? 'The app runs with the volume. It restarts without it, and finds an empty folder there.' : 'The app starts without it from now on.'} The files in the volume stay.</p>
      {detach.error === null ? null : <ErrorPanel problem={toProblem(detach.error)} />}
    </ConfirmDialog>
  )
}

function DeleteDialog({ volume, onClose }: DialogProps) {
  const { org } = useOrg()
  const done = useVolumeAct(onClose)
  const remove = useMutation(useTRPC().volumes.remove.mutationOptions({ onSuccess: () => done(`${volume.name} is deleted. It can be brought back for ${UNDO_HOURS} hours.`) }))
  return (
    <ConfirmDialog
      open
      onOpenChange={onClose}
      title={`Delete ${volume.name}?`}
      action={`Delete ${volume.name}`}
      danger
      typeName={volume.name}
      busy={remove.isPending}
      onConfirm={() => remove.mutate({ organization_id: org.id, volume_id: volume.id })}>
      <p>Its files and {volume.snapshots === 0 ? 'snapshots' : `${volume.snapshots} snapshots`} go. For {UNDO_HOURS} hours they can be brought back; nothing is charged meanwhile.</p>
      {remove.error === null ? null : <ErrorPanel problem={toProblem(remove.error)} />}
    </ConfirmDialog>
  )
}

const DIALOGS = {
  attach: AttachDialog, detach: DetachDialog, resize: ResizeDialog, snapshot: SnapshotDialog, clone: CloneDialog, mode: ModeDialog, delete: DeleteDialog,
}

export function OpenDialog({ name, volume, onClose }: DialogProps & { name: VolumeDialog | null }) {
  if (name === null) return null
  const Asked = DIALOGS[name]
  return <Asked volume={volume} onClose={onClose} />
}

/** Acts the present state allows; what is not open now says why. */
export function VolumeActions({ volume, onOpen }: { volume: VolumeDetail; onOpen: (name: VolumeDialog) => void }) {
  const { org } = useOrg()
  const refused = refusedBecause(org, 'apps:write', volume.app_id ?? undefined)
  const closed = (act: keyof typeof volumeCan): string | null => refused ?? (volumeCan[act](volume.status) ? null : 'Not in its present state.')
  const attached = volume.app_id !== null
  return (
    <>
      {attached
        ? <Button disabled={refused !== null} title={refused ?? undefined} onClick={() => onOpen('detach')}>Detach</Button>
        : <Button look="primary" disabled={closed('attach') !== null} title={closed('attach') ?? undefined} onClick={() => onOpen('attach')}>Attach to an app</Button>}
      <Menu
        trigger={<Button icon={<ChevronDown aria-hidden className="size-4" />}>More</Button>}
        items={[
          { kind: 'act', label: 'Take a snapshot…', disabled: closed('snapshot'), onSelect: () => onOpen('snapshot') },
          { kind: 'act', label: 'Clone…', disabled: closed('snapshot'), onSelect: () => onOpen('clone') },
          { kind: 'act', label: 'Resize…', disabled: closed('resize'), onSelect: () => onOpen('resize') },
          { kind: 'act', label: 'When its machine is cut off…', disabled: refused, onSelect: () => onOpen('mode') },
          { kind: 'line' },
          { kind: 'act', label: 'Delete…', danger: true, disabled: refused ?? (attached ? 'Detach it first.' : closed('delete')), onSelect: () => onOpen('delete') },
        ]}
      />
    </>
  )
}

export function BringBack({ volume }: { volume: VolumeDetail }) {
  const { org } = useOrg()
  const [said, setSaid] = useState(false)
  const done = useVolumeAct(() => setSaid(true))
  const undo = useMutation(useTRPC().volumes.undelete.mutationOptions({ onSuccess: () => done(`${volume.name} is back`) }))
  const refused = refusedBecause(org, 'apps:write')
  return (
    <>
      <Button look="primary" disabled={refused !== null || said} title={refused ?? undefined} busy={undo.isPending} onClick={() => undo.mutate({ organization_id: org.id, volume_id: volume.id })}>Bring it back</Button>
      {undo.error === null ? null : <ErrorPanel className="mt-3 w-full" problem={toProblem(undo.error)} />}
    </>
  )
}

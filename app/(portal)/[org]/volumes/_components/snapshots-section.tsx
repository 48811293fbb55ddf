'use client'
import { useMutation } from '@tanstack/react-query'
import { EllipsisVertical } from 'lucide-react'
import { useState } from 'react'
import { refusedBecause } from '../../../../_lib/can.ts'
import { bytes, instant } from '../../../../_lib/format.ts'
import { useOrg } from '../../../../_lib/org-context.tsx'
import { toProblem } from '../../../../_lib/problem.ts'
import { snapshotLook } from '../../../../_lib/status.ts'
import { useTRPC } from '../../../../_lib/trpc.tsx'
import type { Snapshot, VolumeDetail } from '../../../../_lib/wire.ts'
import { Button, IconButton } from '../../../../_ui/button.tsx'
import { ConfirmDialog } from '../../../../_ui/dialog.tsx'
import { Menu } from '../../../../_ui/menu.tsx'
import { Panel, Section } from '../../../../_ui/page.tsx'
import { ErrorPanel } from '../../../../_ui/states.tsx'
import { Badge, Status } from '../../../../_ui/status.tsx'
import { TimeAgo } from '../../../../_ui/time.tsx'
import { RestoreDialog } from './restore-dialog.tsx'
import { SnapshotGraph } from './snapshot-graph.tsx'
import { snapshotTree, type SnapshotRow } from './snapshot-rows.ts'
import { useVolumeAct } from './use-volume-act.ts'
import { kindWord, silentReason } from './words.ts'

type Asked = { act: 'restore' | 'delete'; snapshot: Snapshot } | null

function Line({ row, lanes, volume, onAsk }: { row: SnapshotRow; lanes: number; volume: VolumeDetail; onAsk: (asked: Asked) => void }) {
  const { org } = useOrg()
  const { snapshot } = row
  const refused = refusedBecause(org, 'apps:write', volume.app_id ?? undefined)
  const ready = silentReason(volume) ?? (snapshot.status === 'ready' ? null : 'It is not ready.')
  const isHead = snapshot.id === volume.head_snapshot_id
  return (
    <li className="flex min-h-10 gap-2">
      <SnapshotGraph row={row} lanes={lanes} head={isHead} />
      <div className="flex min-w-0 flex-1 items-start justify-between gap-3 border-b border-line py-2">
        <div className="min-w-0">
          <p className="flex flex-wrap items-center gap-x-2">
            <bdi className="font-strong break-words">{snapshot.name}</bdi>
            {isHead ? <Badge>Now descends from it</Badge> : null}
            {snapshot.status === 'ready' ? null : <Status {...snapshotLook[snapshot.status]} />}
          </p>
          <p className="text-13 text-muted">
            {kindWord[snapshot.kind]} · <TimeAgo value={snapshot.taken_at ?? snapshot.created_at} />
            {snapshot.added_bytes === null ? '' : ` · adds ${bytes(snapshot.added_bytes)}`}
            {snapshot.expires_at === null ? '' : ` · kept until ${instant(snapshot.expires_at)}`}
          </p>
          {snapshot.description === '' ? null : <p className="text-13">{snapshot.description}</p>}
        </div>
        <Menu
          trigger={<IconButton label={`What to do with ${snapshot.name}`} size="sm"><EllipsisVertical aria-hidden className="size-4" /></IconButton>}
          items={[
            { kind: 'act', label: 'Restore…', disabled: refused ?? ready, onSelect: () => onAsk({ act: 'restore', snapshot }) },
            { kind: 'act', label: 'Delete…', danger: true, disabled: refused ?? (snapshot.status === 'deleting' ? 'It is being deleted.' : null), onSelect: () => onAsk({ act: 'delete', snapshot }) },
          ]}
        />
      </div>
    </li>
  )
}

function DeleteSnapshot({ volume, snapshot, onClose }: { volume: VolumeDetail; snapshot: Snapshot; onClose: () => void }) {
  const { org } = useOrg()
  const done = useVolumeAct(onClose)
  const remove = useMutation(useTRPC().volumes.removeSnapshot.mutationOptions({ onSuccess: () => done(`${snapshot.name} goes`) }))
  return (
    <ConfirmDialog
      open
      onOpenChange={onClose}
      title={`Delete ${snapshot.name}?`}
      action="Delete the snapshot"
      danger
      busy={remove.isPending}
      onConfirm={() => remove.mutate({ organization_id: org.id, volume_id: volume.id, snapshot_id: snapshot.id })}>
      <p>The volume, its other snapshots and what was made from this one stay as they are. This cannot be undone.</p>
      {remove.error === null ? null : <ErrorPanel problem={toProblem(remove.error)} />}
    </ConfirmDialog>
  )
}

/** What the volume holds now stands above the snapshots it descends from. */
function Tree({ volume, onAsk }: { volume: VolumeDetail; onAsk: (asked: Asked) => void }) {
  const { rows, lanes } = snapshotTree(volume.snapshot_list, volume.head_snapshot_id)
  return (
    <ol aria-label="Snapshots, newest first">
      {rows.map((row) => <Line key={row.snapshot.id} row={row} lanes={lanes} volume={volume} onAsk={onAsk} />)}
    </ol>
  )
}

export function SnapshotsSection({ volume, onTake }: { volume: VolumeDetail; onTake: () => void }) {
  const { org } = useOrg()
  const [asked, setAsked] = useState<Asked>(null)
  const refused = refusedBecause(org, 'apps:write', volume.app_id ?? undefined) ?? silentReason(volume)
  const close = (): void => setAsked(null)
  return (
    <Section
      title="Snapshots"
      hint="Taken at one instant, also while the app writes. Only what changed is stored."
      action={<Button size="sm" disabled={refused !== null} title={refused ?? undefined} onClick={onTake}>Take a snapshot</Button>}>
      <Panel>
        {volume.snapshot_list.length === 0
          ? <p className="text-14 text-muted">No snapshot yet. Take one before an upgrade, or set a schedule below.</p>
          : <Tree volume={volume} onAsk={setAsked} />}
      </Panel>
      {asked?.act === 'delete' ? <DeleteSnapshot volume={volume} snapshot={asked.snapshot} onClose={close} /> : null}
      {asked?.act === 'restore' ? <RestoreDialog volume={volume} snapshot={asked.snapshot} onClose={close} /> : null}
    </Section>
  )
}

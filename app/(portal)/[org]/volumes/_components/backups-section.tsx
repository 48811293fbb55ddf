'use client'
import { useMutation, useQuery } from '@tanstack/react-query'
import { EllipsisVertical } from 'lucide-react'
import Link from 'next/link'
import { useState } from 'react'
import { refusedBecause } from '../../../../_lib/can.ts'
import { bytes, instant } from '../../../../_lib/format.ts'
import { useOrg } from '../../../../_lib/org-context.tsx'
import { paths } from '../../../../_lib/paths.ts'
import { toProblem } from '../../../../_lib/problem.ts'
import { backupLook } from '../../../../_lib/status.ts'
import { useTRPC } from '../../../../_lib/trpc.tsx'
import type { Backup, VolumeDetail } from '../../../../_lib/wire.ts'
import { Button, IconButton } from '../../../../_ui/button.tsx'
import { ConfirmDialog } from '../../../../_ui/dialog.tsx'
import { Menu } from '../../../../_ui/menu.tsx'
import { Panel, Section } from '../../../../_ui/page.tsx'
import { ErrorPanel } from '../../../../_ui/states.tsx'
import { Banner, Status } from '../../../../_ui/status.tsx'
import { TimeAgo } from '../../../../_ui/time.tsx'
import { DrillLine } from './drill-line.tsx'
import { RestoreBackupDialog } from './restore-backup-dialog.tsx'
import { useVolumeAct } from './use-volume-act.ts'
import { silentReason } from './words.ts'

type Asked = { act: 'restore' | 'delete'; backup: Backup } | null

function Row({ backup, volume, onAsk }: { backup: Backup; volume: VolumeDetail; onAsk: (asked: Asked) => void }) {
  const { org } = useOrg()
  const done = useVolumeAct(() => {})
  const drill = useMutation(useTRPC().backups.drill.mutationOptions({ onSuccess: () => done('The restore on trial begins') }))
  const refused = refusedBecause(org, 'apps:write', volume.app_id ?? undefined)
  const closed = refused ?? (backup.status === 'ready' ? null : 'It is not ready.')
  return (
    <li className="flex items-start justify-between gap-3 border-b border-line py-2 last:border-0">
      <div className="min-w-0">
        <p className="flex flex-wrap items-center gap-x-2">
          <bdi className="font-strong break-words">{backup.name}</bdi>
          {backup.status === 'ready' ? null : <Status {...backupLook[backup.status]} />}
          {backup.progress === null ? null : <span className="text-13 text-muted">{Math.floor(backup.progress * 100)} %</span>}
        </p>
        <p className="text-13 text-muted">
          {backup.kind === 'manual' ? 'By hand' : 'By schedule'} · <TimeAgo value={backup.taken_at} />
          {backup.added_bytes === null ? '' : ` · adds ${bytes(backup.added_bytes)}`}
          {backup.expires_at === null ? '' : ` · kept until ${instant(backup.expires_at)}`}
          {backup.proven_at === null ? '' : ` · restored on trial ${instant(backup.proven_at)}`}
        </p>
        {backup.status_reason === null ? null : <p className="text-13">{backup.status_reason}</p>}
        {drill.error === null ? null : <ErrorPanel className="mt-2" problem={toProblem(drill.error)} />}
      </div>
      <Menu
        trigger={<IconButton label={`What to do with ${backup.name}`} size="sm"><EllipsisVertical aria-hidden className="size-4" /></IconButton>}
        items={[
          { kind: 'act', label: 'Restore…', disabled: closed, onSelect: () => onAsk({ act: 'restore', backup }) },
          { kind: 'act', label: 'Restore on trial', disabled: closed, onSelect: () => drill.mutate({ organization_id: org.id, backup_id: backup.id }) },
          { kind: 'act', label: 'Delete…', danger: true, disabled: refused ?? (backup.status === 'deleting' ? 'It is being deleted.' : null), onSelect: () => onAsk({ act: 'delete', backup }) },
        ]}
      />
    </li>
  )
}

function DeleteBackup({ backup, onClose }: { backup: Backup; onClose: () => void }) {
  const { org } = useOrg()
  const done = useVolumeAct(onClose)
  const remove = useMutation(useTRPC().backups.remove.mutationOptions({ onSuccess: () => done(`${backup.name} goes`) }))
  return (
    <ConfirmDialog
      open
      onOpenChange={onClose}
      title={`Delete ${backup.name}?`}
      action="Delete the backup"
      danger
      busy={remove.isPending}
      onConfirm={() => remove.mutate({ organization_id: org.id, backup_id: backup.id })}>
      <p>Other backups stay whole; what only this one holds is deleted from the bucket. This cannot be undone.</p>
      {remove.error === null ? null : <ErrorPanel problem={toProblem(remove.error)} />}
    </ConfirmDialog>
  )
}

const SHOWN = 50

export function BackupsSection({ volume }: { volume: VolumeDetail }) {
  const { org } = useOrg()
  const trpc = useTRPC()
  const done = useVolumeAct(() => {})
  const [asked, setAsked] = useState<Asked>(null)
  const close = (): void => setAsked(null)
  const asking = { organization_id: org.id, limit: SHOWN, filter: { volume_id: volume.id } }
  const query = useQuery(trpc.backups.list.queryOptions(asking, { refetchInterval: 3_000 }))
  const make = useMutation(trpc.volumes.backUp.mutationOptions({ onSuccess: () => done('The backup begins') }))
  const refused = refusedBecause(org, 'apps:write', volume.app_id ?? undefined)
  const closed = refused ?? silentReason(volume)
  const backups = query.data?.data ?? []
  const noBucket = make.error !== null && toProblem(make.error).detail.includes('no bucket')
  return (
    <Section
      title="Backups"
      hint="Carried to a bucket outside, encrypted here first. Only what changed is sent."
      action={<Button size="sm" disabled={closed !== null} title={closed ?? undefined} busy={make.isPending} onClick={() => make.mutate({ organization_id: org.id, volume_id: volume.id })}>Back up now</Button>}>
      <Panel className="flex flex-col gap-3">
        {volume.safety.fault === null ? null : <Banner tone="attention">{volume.safety.fault} It is tried again.</Banner>}
        {make.error === null ? null : <ErrorPanel problem={toProblem(make.error)} />}
        {noBucket ? <p className="text-14"><Link className="link" href={paths.backupSettings(org.slug)}>Add a bucket in the settings</Link></p> : null}
        {query.error === null ? null : <ErrorPanel problem={toProblem(query.error)} onRetry={() => { void query.refetch() }} />}
        {query.data !== undefined && backups.length === 0 ? <p className="text-14 text-muted">No backup yet. Until there is one, the volume is as durable as the disk of its node.</p> : null}
        {backups.length === 0 ? null : (
          <>
            <DrillLine volume={volume} refused={refused} />
            <ul aria-label="Backups, newest first">{backups.map((backup) => <Row key={backup.id} backup={backup} volume={volume} onAsk={setAsked} />)}</ul>
          </>
        )}
      </Panel>
      {asked?.act === 'delete' ? <DeleteBackup backup={asked.backup} onClose={close} /> : null}
      {asked?.act === 'restore' ? <RestoreBackupDialog backup={asked.backup} onClose={close} /> : null}
    </Section>
  )
}

import { bytes, count } from '../../../../_lib/format.ts'
import type { PortalBackup } from '../../../../_lib/wire.ts'
import { Button } from '../../../../_ui/button.tsx'
import { Status, type StatusLook } from '../../../../_ui/status.tsx'
import type { Column } from '../../../../_ui/table.tsx'
import { TimeAgo } from '../../../../_ui/time.tsx'

const lookOf = (backup: PortalBackup): StatusLook => {
  switch (backup.status) {
    case 'queued': return { tone: 'info', word: 'waits', busy: true }
    case 'running': return { tone: 'info', word: `${Math.round(backup.progress * 100)} %`, busy: true }
    case 'failed': return { tone: 'bad', word: 'failed' }
    default: return backup.proof_fault === null ? { tone: 'good', word: 'good' } : { tone: 'bad', word: 'damaged' }
  }
}

const KINDS: Record<PortalBackup['kind'], string> = { manual: 'by hand', scheduled: 'scheduled', found: 'found' }

export const columns = (onVerify: (id: string) => void, busy: boolean): ReadonlyArray<Column<PortalBackup>> => [
  {
    id: 'taken',
    title: 'Taken',
    cell: (backup) => (
      <>
        <TimeAgo value={backup.taken_at} /> <span className="text-13 text-muted">{KINDS[backup.kind]}</span>
        <span className="block text-12 break-all text-muted">{backup.name}</span>
      </>
    ),
  },
  {
    id: 'status',
    title: 'Status',
    cell: (backup) => (
      <>
        <Status {...lookOf(backup)} />
        {backup.reason ?? backup.proof_fault ? <span className="block max-w-100 text-12 text-bad">{backup.reason ?? backup.proof_fault}</span> : null}
      </>
    ),
  },
  { id: 'size', title: 'Size', align: 'end', cell: (backup) => (backup.bytes === null ? '' : bytes(backup.bytes)) },
  { id: 'rows', title: 'Rows', align: 'end', cell: (backup) => (backup.rows === null ? '' : count(backup.rows)) },
  { id: 'proven', title: 'Read back', align: 'end', cell: (backup) => (backup.proven_at === null ? '' : <TimeAgo value={backup.proven_at} />) },
  {
    id: 'act',
    title: '',
    align: 'end',
    cell: (backup) =>
      backup.status === 'ready' && backup.opened_by === 'passphrase' ? (
        <Button size="sm" className="h-7" disabled={busy} aria-label={`Read back ${backup.name}`} onClick={() => onVerify(backup.id)}>
          Read back
        </Button>
      ) : null,
  },
]

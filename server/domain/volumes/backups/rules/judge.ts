import type { BackupStatus } from '../../../../contract/node-api/backup.ts'

interface Known { id: string; state: string; checksum: string | null }
type Verdict =
  | { kind: 'ready'; sizeMib: number; addedBytes: number; checksum: string }
  | { kind: 'failed'; reason: string }
  | { kind: 'gone' }
  | { kind: 'same' }

const LOST = 'It is not in the bucket any more. Somebody else deleted it there, or the bucket was emptied.'

/** What a complete list of what is in the bucket means for one backup. */
export const judgeBackup = (known: Known, found: Pick<BackupStatus, 'backups' | 'failed'>): Verdict => {
  const there = found.backups.find(({ id }) => id === known.id)
  const reason = found.failed.find(({ id }) => id === known.id)?.reason
  if (known.state === 'deleting') return there ? { kind: 'same' } : { kind: 'gone' }
  if (known.state === 'failed') return { kind: 'same' }
  if (reason !== undefined) return { kind: 'failed', reason }
  if (known.state === 'creating') return there ? { kind: 'ready', sizeMib: there.size_mib, addedBytes: there.added_bytes, checksum: there.checksum } : { kind: 'same' }
  if (!there) return { kind: 'failed', reason: LOST }
  return there.checksum === known.checksum ? { kind: 'same' } : { kind: 'failed', reason: 'What is in the bucket is not what was backed up: the checksums differ.' }
}

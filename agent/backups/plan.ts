/** Decides, in pure code, what to do next for the backups of one volume. */
import type { BackupDesire } from '../state/desired-table.ts'

export type BackupStep =
  | { kind: 'drop'; ids: string[] }
  | { kind: 'save'; id: string; snapshotId: string }
  | { kind: 'drill'; token: string; backupId: string }

interface SeenBackups {
  ids: ReadonlySet<string>
  /** Given up for good. */
  failed: ReadonlySet<string>
  /** Token of the last drill that was carried out. */
  drilled: string | null
}

/** What is not wished any more goes first, so that a full bucket can be made room in; a merely unlisted set is left alone for ever. */
export function planBackups(desire: BackupDesire | null, seen: SeenBackups): BackupStep[] {
  if (desire?.desired !== 'present' || !desire.spec) return []
  const { backups, drill } = desire.spec
  const wanted = new Set(backups.map(({ id }) => id))
  const dropped = [...seen.ids, ...seen.failed].filter((id) => !wanted.has(id))
  const steps: BackupStep[] = dropped.length > 0 ? [{ kind: 'drop', ids: dropped }] : []
  for (const { id, snapshot_id: snapshotId } of backups) if (!seen.ids.has(id) && !seen.failed.has(id)) steps.push({ kind: 'save', id, snapshotId })
  if (drill && drill.token !== seen.drilled && seen.ids.has(drill.backup_id)) steps.push({ kind: 'drill', token: drill.token, backupId: drill.backup_id })
  return steps
}

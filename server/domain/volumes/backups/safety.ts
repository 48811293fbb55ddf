import type { z } from 'zod'
import type { VolumeSafety } from '../../../contract/backup.ts'
import { toInstantOrNull } from '../../../contract/time.ts'

/** What a volume's row is read with, to say how safe it is outside its node. */
export const SAFETY_PARTS = {
  backups: { where: { deletedAt: null, state: 'ready' }, orderBy: { createdAt: 'desc' }, take: 1, select: { createdAt: true } },
  drills: { orderBy: { startedAt: 'desc' }, take: 10, select: { state: true, finishedAt: true, detail: true } },
  backupSets: { where: { endedAt: null }, orderBy: { createdAt: 'desc' }, take: 1, select: { drillEveryHours: true, reason: true } },
} as const

export interface SafetyRow {
  backups: { createdAt: Date }[]
  drills: { state: string; finishedAt: Date | null; detail: string | null }[]
  backupSets: { drillEveryHours: number | null; reason: string | null }[]
}

export const toSafety = ({ backups, drills, backupSets }: SafetyRow): z.input<typeof VolumeSafety> => ({
  last_backup_at: toInstantOrNull(backups[0]?.createdAt ?? null),
  last_proven_at: toInstantOrNull(drills.find(({ state }) => state === 'passed')?.finishedAt ?? null),
  last_drill: (drills[0]?.state ?? null) as 'passed' | null, last_drill_detail: drills[0]?.detail ?? null,
  drill_every_hours: backupSets[0]?.drillEveryHours ?? null, fault: backupSets[0]?.reason ?? null,
})

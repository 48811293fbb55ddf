import type { DunningPolicy as PolicyRow } from '../../../prisma/generated/client.ts'

/** When a seller reminds, tries again, suspends and ends. Days are counted from the due date unless said. */
export interface Policy {
  /** Negative before the due date; rising. */
  reminderDays: readonly number[]
  retryDays: readonly number[]
  graceDays: number
  /** From the suspension. */
  retentionDays: number
  /** Before the end of the retention. */
  lastNoticeDays: number
  /** Local hour of the customer. */
  hour: number
}

export const DEFAULT_POLICY: Policy = { reminderDays: [-3, 1, 7], retryDays: [1, 3, 5, 7], graceDays: 14, retentionDays: 60, lastNoticeDays: 7, hour: 9 }

const rising = (days: readonly number[]): number[] => [...new Set(days)].sort((a, b) => a - b)

export const policyOf = (row: PolicyRow | null | undefined): Policy => (row
  ? {
      reminderDays: rising(row.reminderDays), retryDays: rising(row.retryDays), graceDays: row.graceDays, retentionDays: row.retentionDays,
      lastNoticeDays: row.lastNoticeDays, hour: row.hour,
    }
  : DEFAULT_POLICY)

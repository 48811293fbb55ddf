import { z } from 'zod'
import type { SystemDb } from '../../../core/db.ts'
import { defineJob } from '../../../core/job.ts'
import { runtime } from '../../../core/runtime.ts'
import { formatMoney } from '../../../contract/money.ts'
import { consoleOrigin, queueMail } from '../../mail/index.ts'
import { dailyReport, type DailyReport } from './daily-report.ts'

const WORDS: Readonly<Record<string, string>> = {
  unmatched_money: 'unmatched money', amount_mismatch: 'another sum than asked', provider_only_payment: 'known to the provider only', ledger_only_payment: 'in our books only',
  dispute_due: 'disputes to answer', refund_failed: 'failed refunds', provider_down: 'provider down', payout_mismatch: 'payouts that do not add up',
}
const NOTHING = 'none'

const listed = (parts: readonly string[]): string => (parts.length === 0 ? NOTHING : parts.join(', ').slice(0, 450))
const byKind = (groups: DailyReport['open']): string => listed(groups.map(({ kind, count }) => `${count} ${WORDS[kind] ?? kind}`))
const sums = (list: DailyReport['received']): string => listed(list.map(({ currency, amount, count }) => `${formatMoney(amount, currency)} (${count})`))

const send = async (db: SystemDb, report: DailyReport): Promise<void> => {
  const { day } = report
  for (const user of await db.user.findMany({ where: { staff: true }, orderBy: { id: 'asc' } })) {
    await queueMail(db, {
      brandId: user.brandId, to: user.email, template: 'reconciliation-report', dedupeKey: `reconciliation-report:${day}:${user.id}`,
      props: {
        day, open: byKind(report.open), open_count: String(report.open.reduce((sum, group) => sum + group.count, 0)), opened: byKind(report.opened),
          closed: String(report.closed),
        received: sums(report.received), suspense: sums(report.suspense), payouts: sums(report.payouts), compared: String(report.compared),
          down: listed(report.down),
        url: `${await consoleOrigin(db, user.brandId)}/admin/reconciliation`,
      },
    })
  }
}

/** Once a day per operator, about the day before; a day without money and without open work is not worth a mail. */
export const mailReport = defineJob({
  name: 'mail-reconciliation-report',
  payload: z.unknown(),
  run: async () => {
    await runtime().databases.asSystem('job', async (db) => {
      const report = await dailyReport(db, new Date(), runtime().clock.now())
      const quiet = [report.open, report.opened, report.received, report.payouts, report.down].every((part) => part.length === 0)
      if (!quiet) await send(db, report)
    })
  },
})

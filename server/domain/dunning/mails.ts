import type { SystemDb } from '../../core/db.ts'
import { formatMoney } from '../../contract/money.ts'
import { invoiceLinks, localDateOf, outstandingOf, payLink, snapshotIn, type InvoiceRow } from '../billing/index.ts'
import { consoleOrigin, queueMail } from '../mail/index.ts'
import type { Account } from './facts.ts'
import { graceEnd } from './plan.ts'

export type Notice = 'suspended' | 'recovered' | 'last_notice' | 'terminated'

/** Sums of what is open, one per currency. */
export const owedText = async (db: SystemDb, ids: readonly string[]): Promise<string> => {
  const rows = await db.invoice.findMany({ where: { id: { in: [...ids] } } })
  const sums = new Map<string, bigint>()
  for (const row of rows) sums.set(row.currency, (sums.get(row.currency) ?? 0n) + outstandingOf(row))
  return [...sums].sort().map(([currency, amount]) => formatMoney(amount, currency)).join(', ')
}

/** About an organization as a whole; `on` is the day something ends. */
export const mailNotice = async (db: SystemDb, { org, facts }: Account, notice: Notice, { key, on }: { key: string; on: Date | null }): Promise<void> => {
  await queueMail(db, {
    brandId: org.brandId, to: org.billingEmail, template: 'standing-notice', dedupeKey: `dunning:${org.id}:${key}`,
    props: {
      organization: org.name, notice, owed: await owedText(db, facts.invoices.map(({ id }) => id)), on: on === null ? '' : localDateOf(on, org.timezone),
      url: `${await consoleOrigin(db, org.brandId)}/${org.slug}/billing/standing`,
    },
  })
}

const stageOf = (days: number, last: number): 'soon' | 'overdue' | 'last' => {
  if (days < 0) return 'soon'
  return days === last && days > 1 ? 'last' : 'overdue'
}

export const mailReminder = async (db: SystemDb, { org, policy }: Account, row: InvoiceRow, days: number): Promise<void> => {
  const { buyer, dueOn } = snapshotIn(row)
  if (!buyer.email || row.dueAt === null) return
  await queueMail(db, {
    brandId: row.brandId, to: buyer.email, template: 'invoice-reminder', dedupeKey: `invoice-reminder:${row.id}:${days}`,
    props: {
      organization: buyer.name, number: row.number ?? '', total: formatMoney(outstandingOf(row), row.currency), due_date: dueOn ?? '',
      stage: stageOf(days, policy.reminderDays.at(-1) ?? days), suspends_on: localDateOf(graceEnd(policy, org.timezone, { dueAt: row.dueAt }), org.timezone),
      pay_url: (await payLink(db, row)).url, ...(await invoiceLinks(db, row)),
    },
  })
}

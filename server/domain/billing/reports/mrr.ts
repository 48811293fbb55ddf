import { z } from 'zod'
import { query } from '../../../core/operation.ts'
import { toMoney } from '../../../contract/money.ts'
import { MrrRow } from '../../../contract/report.ts'
import { monthlyAmount, mrrMovements } from '../rules/mrr.ts'
import { loadTerms } from '../subscriptions/load-terms.ts'
import { monthRange, ReportInput } from './months.ts'

const METHOD = 'The plan\'s price per period as an amount per month, as of the first day of each month; without usage, discounts, trials, pauses and tax. '
  + 'A year is twelve months, a quarter three, 52 weeks twelve.'

const firstDays = (months: readonly string[], end: Date): string[] => [...months.map((month) => `${month}-01`), end.toISOString().slice(0, 10)]

export const mrrReport = query({
  name: 'admin.mrr',
  summary: 'Monthly recurring revenue and why it moved: new, returned, expansion, contraction, churn',
  scope: 'staff',
  input: z.strictObject(ReportInput),
  output: z.object({ months: z.array(z.string()), method: z.string(), data: z.array(MrrRow) }),
  rest: { method: 'GET', path: '/admin/reports/mrr', tag: 'Reports' },
  run: async ({ db, now }, input) => {
    const { months, to } = monthRange(input, now)
    const orgs = await db.subscription.findMany({
      where: { ...(input.currency ? { currency: input.currency } : {}), ...(input.brand_id ? { org: { brandId: input.brand_id } } : {}) },
      select: { orgId: true, currency: true }, orderBy: { orgId: 'asc' },
    })
    const terms = await loadTerms(db, orgs.map((org) => org.orgId))
    const dates = firstDays(months, to)
    const customers = orgs.map(({ orgId, currency }) => {
      const phases = terms.phasesOf(orgId)
      const known = phases.some((phase) => phase.from < (dates[0] ?? '') && monthlyAmount(phases, terms.planOf, phase.from) > 0n)
      return { currency, known, amounts: dates.map((date) => monthlyAmount(phases, terms.planOf, date)) }
    })
    const data = [...Map.groupBy(customers, (customer) => customer.currency)].sort(([a], [b]) => (a < b ? -1 : 1)).flatMap(([currency, own]) => {
      const money = (amount: bigint) => toMoney(amount, currency)
      return mrrMovements(months, own).map((m) => ({
        month: m.month, start: money(m.start), new: money(m.fresh), returned: money(m.returned), expansion: money(m.expansion),
        contraction: money(m.contraction), churn: money(m.churn), end: money(m.end), customers: m.customers, joined: m.joined, left: m.left,
      }))
    })
    return { months, method: METHOD, data }
  },
})

import { Temporal } from 'temporal-polyfill'
import { z } from 'zod'
import { ruleViolated } from '../../../core/error.ts'
import { CurrencyCode } from '../../../contract/money.ts'
import { Month } from '../../../contract/report.ts'

const MOST_MONTHS = 60

/** What every report is asked by. */
export const ReportInput = {
  brand_id: z.string().max(60).optional(), currency: CurrencyCode.optional(),
  from: Month.optional().describe('First month; left out: twelve months back'), to: Month.optional().describe('Last month; left out: the running one'),
}

export interface MonthRange { months: string[]; from: Date; to: Date }

const instant = (month: Temporal.PlainYearMonth): Date => new Date(`${month.toString()}-01T00:00:00Z`)

/** The months of a report, as UTC instants half-open. */
export const monthRange = (input: { from?: string | undefined; to?: string | undefined }, now: Date): MonthRange => {
  const last = Temporal.PlainYearMonth.from(input.to ?? now.toISOString().slice(0, 7))
  const first = input.from ? Temporal.PlainYearMonth.from(input.from) : last.subtract({ months: 11 })
  const count = first.until(last, { largestUnit: 'months' }).months + 1
  if (count < 1) throw ruleViolated('/to', 'before_start', 'The last month is before the first.')
  if (count > MOST_MONTHS) throw ruleViolated('/from', 'too_long', `A report covers at most ${MOST_MONTHS} months.`)
  const months = Array.from({ length: count }, (_, index) => first.add({ months: index }))
  return { months: months.map(String), from: instant(first), to: instant(last.add({ months: 1 })) }
}

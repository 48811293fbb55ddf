import type { z } from 'zod'
import type { FileOperation } from '../../../core/composite.ts'
import { call } from '../../../core/operation.ts'
import { minorToDecimal } from '../../../contract/money.ts'
import { toInstant } from '../../../contract/time.ts'
import type { UsageReport } from '../../../contract/usage.ts'
import { getUsage, UsageQuery, usageRange } from '../get-usage.ts'
import { bucketsOf } from './spans.ts'

interface Month { starts: Date; ends: Date }

const COLUMNS = ['time', 'group', 'meter', 'quantity', 'unit', 'cost', 'currency']

/** A spreadsheet would run a cell that begins like a formula. */
const cell = (text: string): string => {
  const harmless = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless
}
const lineOf = (cells: readonly string[]): string => `${cells.map(cell).join(',')}\r\n`

const linesOf = (report: UsageReport): string => {
  const [groups, meters] = [new Map(report.groups.map((g) => [g.key, g.name])), new Map(report.meters.map((m) => [m.key, m]))]
  return report.points.map((point) => lineOf([
    point.at, groups.get(point.group) ?? point.group, point.meter, point.quantity, meters.get(point.meter)?.measured_in ?? '',
    minorToDecimal(BigInt(point.amount), report.currency), report.currency,
  ])).join('')
}

/** The first is read before anything is sent, so that what is wrong with the question is told as such. */
async function* lines(first: UsageReport, months: readonly Month[], read: (month: Month) => Promise<UsageReport>): AsyncGenerator<string> {
  yield lineOf(COLUMNS) + linesOf(first)
  for (const month of months) yield linesOf(await read(month))
}

export const exportUsage: FileOperation<typeof UsageQuery> = {
  kind: 'file',
  name: 'usage.export',
  summary: 'The usage report as CSV: every point with its exact quantity and cost',
  scope: 'org',
  permission: 'usage:read',
  input: UsageQuery,
  contentType: 'text/csv; charset=utf-8',
  rest: { method: 'GET', path: '/usage/export', tag: 'Usage' },
  handle: async (meta, raw) => {
    const { organization_id: organizationId, from, to, timezone, ...input } = await call(usageRange, meta, raw as z.input<typeof UsageQuery>)
    const [first = { starts: new Date(from), ends: new Date(to) }, ...months] = bucketsOf(new Date(from), new Date(to), 'month', timezone)
    // A month at a time, each authorised anew, so that years are no burden and an export ends with the right to it.
    const asked = { ...input, organization_id: organizationId }
    const read = ({ starts, ends }: Month) => call(getUsage, meta, { ...asked, from: toInstant(starts), to: toInstant(ends) })
    return { body: lines(await read(first), months, read), fileName: `usage-${from.slice(0, 10)}-${to.slice(0, 10)}.csv` }
  },
}

import { z } from 'zod'
import { query } from '../../core/operation.ts'
import { LocalDate } from '../../contract/billing-preview.ts'
import { Instant, toInstant } from '../../contract/time.ts'
import { USAGE_GRANULARITIES, USAGE_GROUPS, UsageReport } from '../../contract/usage.ts'
import { rangeOf, reportUsage } from './usage/report.ts'

const Point = z.union([Instant, LocalDate], { error: 'must be an RFC 3339 instant or a date' })
const narrowing = {
  app_id: z.string().max(60).optional(), meter: z.string().max(100).optional().describe('Key of one meter'),
  granularity: z.enum(USAGE_GRANULARITIES).default('day'), group_by: z.enum(USAGE_GROUPS).default('app'),
}

/** Of the report and of its export. */
export const UsageQuery = z.strictObject({
  from: Point.optional().describe('A day or an instant; the start of the month unless given'), to: Point.optional().describe('The end, exclusive'), ...narrowing,
})
const Common = { scope: 'org', permission: 'usage:read', input: UsageQuery } as const

export const getUsage = query({
  ...Common,
  name: 'usage.get',
  summary: 'What every app used of every meter, by minute, hour, day or month, and what it costs before tax',
  output: UsageReport,
  rest: { method: 'GET', path: '/usage', tag: 'Usage' },
  run: reportUsage,
})

/** What an export covers, checked before its first line is sent. */
export const usageRange = query({
  ...Common,
  name: 'usage.range',
  summary: 'The range a usage report covers',
  output: z.object({ organization_id: z.string(), timezone: z.string(), from: Instant, to: Instant, ...narrowing }),
  run: async ({ db, orgId, now }, input) => {
    const { timezone } = await db.organization.findUniqueOrThrow({ where: { id: orgId } })
    const { from, to } = rangeOf(input, timezone, now)
    return { ...input, organization_id: orgId, timezone, from: toInstant(from), to: toInstant(to) }
  },
})

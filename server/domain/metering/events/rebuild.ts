import type pg from 'pg'
import { z } from 'zod'
import { defineJob } from '../../../core/job.ts'
import { notFound } from '../../../core/error.ts'
import { command } from '../../../core/operation.ts'
import { runtime } from '../../../core/runtime.ts'
import { inTransaction } from '../../../core/transaction.ts'
import { addItems, addParts, bucketsOf, PART_OF_EVENT } from './roll-up.ts'

const MINUTES = `WITH part AS (
  SELECT org_id, 'minute' AS grain, date_trunc('minute', at, 'UTC') AS bucket, item, ${PART_OF_EVENT} FROM usage_event WHERE org_id = $1)`
const coarser = (columns: string, table: string): string => `WITH part AS (
  SELECT f.org_id, b.grain, b.bucket, ${columns} FROM ${table} f
  CROSS JOIN LATERAL ${bucketsOf('f.bucket', '$2')} WHERE f.org_id = $1 AND f.grain = 'minute' AND b.grain = ANY($3))`
const SUMS = 'f.meter, f.app_id, f.subject, f.events, f.total, f.highest, f.newest, f.newest_at, f.newest_source, f.newest_id'

const ALL = ['minute', 'hour', 'day', 'month']
/** Those that begin elsewhere in another time zone. */
const LOCAL = ['day', 'month']

/**
 * Makes an organization's sums anew, its days and months in its present time zone: minutes from the raw events, the others from minutes.
 * Nobody adds meanwhile. Running it again changes nothing.
 */
const rebuild = async (client: pg.PoolClient, orgId: string, grains: readonly string[]): Promise<void> => {
  await client.query('SELECT pg_advisory_xact_lock(usage_lock_key($1))', [orgId])
  const { rows: [org] } = await client.query<{ timezone: string }>('SELECT timezone FROM organization WHERE id = $1', [orgId])
  if (!org) return
  await client.query('DELETE FROM usage_rollup WHERE org_id = $1 AND grain = ANY($2)', [orgId, grains])
  await client.query('DELETE FROM usage_item WHERE org_id = $1 AND grain = ANY($2)', [orgId, grains])
  if (grains.includes('minute')) {
    await client.query(`${MINUTES} ${addParts('part')}`, [orgId])
    await client.query(`${MINUTES} ${addItems('part')}`, [orgId])
  }
  const others = [orgId, org.timezone, grains.filter((grain) => grain !== 'minute')]
  await client.query(`${coarser(SUMS, 'usage_rollup')} ${addParts('part')}`, others)
  await client.query(`${coarser('f.meter, f.app_id, f.subject, f.item', 'usage_item')} ${addItems('part')}`, others)
  await client.query(`INSERT INTO usage_state (org_id, timezone, rebuilt_at) VALUES ($1, $2, $3)
    ON CONFLICT (org_id) DO UPDATE SET timezone = excluded.timezone, rebuilt_at = excluded.rebuilt_at`, [orgId, org.timezone, runtime().clock.now()])
}

export const rebuildRollups = (orgId: string, grains: readonly string[] = ALL): Promise<void> =>
  inTransaction(runtime().databases.systemPool, (client) => rebuild(client, orgId, grains))

export const rebuildUsage = defineJob({
  name: 'metering.rebuild', payload: z.object({ org_id: z.string() }), run: ({ org_id: orgId }) => rebuildRollups(orgId),
})

/** Who never sent an event has no sums to move. */
export const followUsageTimezone = defineJob({
  name: 'metering.follow_timezone', payload: z.object({ subject_id: z.string(), org_id: z.string().nullable() }),
  run: async ({ subject_id: orgId }) => {
    const { rowCount } = await runtime().databases.systemPool.query('SELECT 1 FROM usage_state WHERE org_id = $1', [orgId])
    if (rowCount === 1) await rebuildRollups(orgId, LOCAL)
  },
})

export const rebuildUsageOf = command({
  name: 'usage.rebuild',
  summary: 'Make an organization\'s sums of usage events anew from the raw events',
  scope: 'staff',
  input: z.strictObject({ organization_id: z.string().max(60) }),
  output: z.object({ organization_id: z.string(), events: z.number().int() }),
  rest: { method: 'POST', path: '/admin/organizations/{organization_id}/usage/rebuild', status: 202, tag: 'Staff' },
  run: async (ctx, { organization_id: orgId }) => {
    const org = await ctx.db.organization.findUnique({ where: { id: orgId } })
    if (!org) throw notFound('organization')
    await ctx.enqueue(rebuildUsage, { org_id: orgId }, { key: `metering.rebuild:${orgId}` })
    await ctx.emit('usage.rebuild_asked', { type: 'organization', id: orgId }, {}, orgId)
    return { organization_id: orgId, events: await ctx.db.usageEvent.count({ where: { orgId } }) }
  },
})

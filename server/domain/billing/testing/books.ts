import type { SystemDb } from '../../../core/db.ts'
import { newId } from '../../../core/id.ts'
import { runtime } from '../../../core/runtime.ts'
import { makeOwner } from '../../../testing/actors.ts'
import { drainJobs } from '../../../testing/runtime.ts'
import { setMailPorts } from '../../mail/index.ts'
import { seedPriceLists } from '../prices/seed-price-lists.ts'
import { startSubscription } from '../subscription.ts'

/** Mails as their template's name and values; they stay in the mail box. */
export const setPlainMail = (): void => setMailPorts({
  transport: null, render: (template, brand, props) => Promise.resolve({ subject: `${brand.name}: ${template}`, text: JSON.stringify(props), html: '' }),
})

type OwnerOptions = Parameters<typeof makeOwner>[0] & { joinedAt?: Date }

/** A customer whose billing began at an instant of the test's choice. */
export const makeCustomer = async ({ joinedAt, ...options }: OwnerOptions = {}) => {
  const owner = await makeOwner(options)
  await runtime().databases.asSystem('job', async (db) => {
    const org = await db.organization.findUniqueOrThrow({ where: { id: owner.organization.id } })
    const at = joinedAt ?? runtime().clock.now()
    await seedPriceLists(db, org.brandId, { now: new Date('2020-01-01T00:00:00Z') })
    await startSubscription(db, org, at)
  })
  await drainJobs()
  return owner
}

const PATIENCE_MS = 600_000

/** Each table with what differs from one customer to the next. */
const COPIED = {
  organization: `'id', o.id, 'name', o.id, 'slug', o.id, 'billing_email', o.id || '@example.com', 'network_index', nextval('organization_network_index_seq')`,
  subscription: `'org_id', o.id`,
  subscription_phase: `'org_id', o.id, 'id', r.id || '_' || o.n`,
  invoice_item: `'org_id', o.id, 'id', r.id || '_' || o.n`,
} as const

/** Rows of one customer once more for others, under ids of their own: no row crosses the wire, however many there are. */
const copyRows = (db: SystemDb, table: keyof typeof COPIED, from: string, to: readonly string[]): Promise<number> => db.$executeRawUnsafe(
  `INSERT INTO ${table} SELECT (jsonb_populate_record(r, jsonb_build_object(${COPIED[table]}))).*
   FROM ${table} r, unnest($2::text[]) WITH ORDINALITY AS o (id, n) WHERE r.${table === 'organization' ? 'id' : 'org_id'} = $1`, from, to)

/** Many customers of one brand at once, without people; their ids. The first subscribes, the others as it did. */
export const addCustomers = (brandId: string, count: number, joinedAt: Date): Promise<string[]> =>
  runtime().databases.asSystem('job', async (db) => {
    const [first, ...others] = Array.from({ length: count }, () => newId('organization'))
    if (first === undefined) return []
    const customer = { id: first, brandId, currency: 'USD', country: 'NG', timezone: 'UTC' }
    await db.organization.create({ data: { ...customer, name: first, slug: first, billingEmail: `${first}@example.com` } })
    await startSubscription(db, customer, joinedAt)
    for (const table of ['organization', 'subscription', 'subscription_phase', 'invoice_item'] as const) await copyRows(db, table, first, others)
    return [first, ...others]
  }, PATIENCE_MS)

/** Ends every subscription so far, so that a later closing concerns only the customers of the next test. */
export const retireCustomers = async (): Promise<void> => {
  await runtime().databases.systemPool.query('UPDATE subscription SET ended_at = period_start WHERE ended_at IS NULL')
  await runtime().databases.systemPool.query('UPDATE invoice_item SET settled_at = now() WHERE invoice_id IS NULL AND settled_at IS NULL')
  await runtime().databases.systemPool.query('UPDATE usage_period SET changed = false WHERE changed')
}

/** What the control plane records while an instance runs; `endedAt` null is a running one. */
export const addSegment = (orgId: string, segment: { appId?: string; vcpu?: number; memoryMib?: number; startedAt: string; endedAt?: string | null }) =>
  runtime().databases.asSystem('job', (db) => db.allocationSegment.create({
    data: {
      id: newId('segment'), orgId, appId: segment.appId ?? 'app_test', instanceId: newId('instance'), startId: newId('segment'),
      vcpu: segment.vcpu ?? 1, memoryMib: segment.memoryMib ?? 512,
      startedAt: new Date(segment.startedAt), endedAt: segment.endedAt ? new Date(segment.endedAt) : null,
    },
  }))

export const invoicesOf = (orgId: string) =>
  runtime().databases.asSystem('job', (db) => db.invoice.findMany({ where: { orgId }, orderBy: { periodStart: 'asc' } }))

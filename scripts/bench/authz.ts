import { z } from 'zod'
import { newId } from '../../server/core/id.ts'
import { query } from '../../server/core/operation.ts'
import { runtime } from '../../server/core/runtime.ts'
import { makeOwner } from '../../server/testing/actors.ts'
import { withCore } from './core.ts'
import type { Figure } from './report.ts'

const CONNECTIONS = 10
const WARM_MS = 1500
const MEASURE_MS = 4000
/** Taken in turns, so that a machine that slows down meanwhile slows all of them. */
const ROUNDS = 3

const readApps = query({
  name: 'bench.read_apps', summary: 'What the bench measures', scope: 'org', permission: 'apps:read', input: z.strictObject({}), output: z.array(z.object({ id: z.string(), name: z.string() })),
  run: (ctx) => ctx.db.app.findMany({ where: { deletedAt: null }, select: { id: true, name: true }, orderBy: { id: 'asc' }, take: 20 }),
})

/** How often `act` ends per second with that many at once. */
async function rate(act: () => Promise<unknown>, ms: number): Promise<number> {
  const begun = performance.now()
  let done = 0
  await Promise.all(Array.from({ length: CONNECTIONS }, async () => {
    for (; performance.now() - begun < ms; done++) await act()
  }))
  return done / ((performance.now() - begun) / 1000)
}

async function insertApps(orgId: string): Promise<void> {
  await runtime().databases.asSystem('job', (db) => db.app.createMany({
    data: Array.from({ length: 20 }, (_, i) => ({ id: newId('app'), orgId, name: `app-${i}`, image: 'builtin/hello:v1', command: [], vcpu: 1, memoryMib: 128, diskMib: 512, replicas: 1, health: {} })),
  }))
}

/** What deciding costs: an operation against the same SELECT in the same transaction under the same policies, and against the bare SELECT. */
export async function measureAuthz(): Promise<Figure[]> {
  return withCore(CONNECTIONS, async () => {
    const owner = await makeOwner()
    const orgId = owner.organization.id
    await insertApps(orgId)
    const { databases } = runtime()
    const scope = { orgId, brandId: owner.brand.id, appIds: null }
    const ways = {
      operation: () => owner.call(readApps, {}),
      policies: () => databases.inTenant(scope, (db) => db.app.findMany({ where: { deletedAt: null }, select: { id: true, name: true }, orderBy: { id: 'asc' }, take: 20 })),
      bare: () => databases.systemPool.query({ name: 'bench', text: 'SELECT id, name FROM app WHERE org_id = $1 AND deleted_at IS NULL ORDER BY id LIMIT 20', values: [orgId] }),
    }
    const sums = { operation: 0, policies: 0, bare: 0 }
    for (const act of Object.values(ways)) await rate(act, WARM_MS)
    for (let round = 0; round < ROUNDS; round++) {
      for (const way of ['operation', 'policies', 'bare'] as const) sums[way] += await rate(ways[way], MEASURE_MS) / ROUNDS
    }
    return [
      { what: `operation, ${CONNECTIONS} at once`, value: sums.operation, unit: '1/s', reference: { what: 'bare autocommit SELECT', value: sums.bare } },
      { what: 'same SELECT in the same transaction under policies', value: sums.policies, unit: '1/s', reference: { what: 'bare autocommit SELECT', value: sums.bare } },
      { what: 'what deciding adds', value: (sums.policies / sums.operation - 1) * 100, unit: '%', target: '<= 35' },
    ]
  })
}

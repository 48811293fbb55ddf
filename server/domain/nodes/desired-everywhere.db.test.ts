import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { RouteObjectSpec } from '../../contract/node-api/v1.ts'
import type { SystemDb } from '../../core/db.ts'
import { runtime } from '../../core/runtime.ts'
import { makeOwner } from '../../testing/actors.ts'
import { withRuntime } from '../../testing/runtime.ts'
import { listDesired, readDesired, removeObject, setDesired, setRoutes } from './index.ts'
import { insertNode } from './testing.ts'

withRuntime()
const job = <T>(work: (db: SystemDb) => Promise<T>): Promise<T> => runtime().databases.asSystem('job', work)

interface Wish { host: string; variant: number; nodes: number[] }
const NODES = 3
const spec = (host: string, variant: number, orgId: string): RouteObjectSpec | null => {
  if (variant < 0) return null
  const plain = { host, target: { instances: [`inst_${variant}`] } }
  return variant < 2 ? plain : { ...plain, org_id: orgId, certificate: { chain: 'PEM' }, secrets: { certificate_key: `key ${variant}` } }
}
const wish = fc.record({ host: fc.constantFrom('a.test', 'b.test', 'c.test'), variant: fc.integer({ min: -1, max: 3 }), nodes: fc.uniqueArray(fc.nat(NODES - 1), { minLength: 1 }) })
const objectsOf = async (nodeId: string) => (await listDesired(nodeId)).objects
const heldOf = async (nodeId: string) => (await runtime().databases.systemPool.query<{ objects: number; generations: string }>(
  'SELECT held_objects AS objects, held_generations AS generations FROM node WHERE id = $1', [nodeId])).rows[0]

test('routes written to many nodes at once are what writing each to each node makes, and their numbers are kept', async () => {
  const { organization: { id: orgId } } = await makeOwner()
  const round = fc.uniqueArray(wish, { minLength: 1, maxLength: 3, selector: ({ host }) => host })
  await fc.assert(fc.asyncProperty(fc.array(round, { minLength: 1, maxLength: 6 }), async (rounds: Wish[][]) => {
    const [together, each]: [string[], string[]] = [[], []]
    for (let n = 0; n < NODES; n += 1) {
      together.push(await insertNode())
      each.push(await insertNode())
    }
    for (const wishes of rounds) {
      await job((db) => setRoutes(db, wishes.map(({ host, variant, nodes }) => ({ nodeIds: nodes.map((n) => together[n] ?? ''), id: host, spec: spec(host, variant, orgId) }))))
      for (const { host, variant, nodes } of wishes) {
        for (const n of nodes) {
          const wanted = spec(host, variant, orgId)
          await job(async (db) => { await (wanted ? setDesired(db, each[n] ?? '', { kind: 'route', id: host, desired: 'present', spec: wanted }) : removeObject(db, each[n] ?? '', 'route', host)) })
        }
      }
    }
    for (let n = 0; n < NODES; n += 1) {
      const objects = await objectsOf(together[n] ?? '')
      expect(objects).toEqual(await objectsOf(each[n] ?? ''))
      const sum = objects.reduce((all, { generation }) => all + generation, 0)
      expect(await heldOf(together[n] ?? '')).toEqual({ objects: objects.length, generations: String(sum) })
      expect(await heldOf(each[n] ?? '')).toEqual({ objects: objects.length, generations: String(sum) })
    }
  }), { numRuns: process.env.SHELLWEGO_FULL === '1' ? 60 : 8 })
}, 120_000)

test('a node is told only what changed on it; the same again is no news, sealed or not', async () => {
  const { organization: { id: orgId } } = await makeOwner()
  const [one, two] = [await insertNode(), await insertNode()]
  const write = (variant: number, nodeIds = [one, two]) => job((db) => setRoutes(db, [{ nodeIds, id: 'x.test', spec: spec('x.test', variant, orgId) }, { nodeIds, id: 'y.test', spec: spec('y.test', 3, orgId) }]))
  await write(0)
  const { index, epoch } = await listDesired(one)
  await write(0)
  expect((await listDesired(one)).index, 'the same again').toBe(index)
  await write(1, [two])
  expect((await listDesired(one)).index, 'another node').toBe(index)
  await write(2)
  const changes = (await readDesired([{ nodeId: one, since: { epoch, index } }])).get(one)
  expect(changes).toMatchObject({ complete: false, index: index + 1, held: { objects: 2, generations: 3 }, objects: [{ id: 'x.test', generation: 2, spec: { secrets: { certificate_key: 'key 2' } } }] })
})

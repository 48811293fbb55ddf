import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { PortalClient } from '../../../agent/portal/client.ts'
import { DesiredLoop } from '../../../agent/portal/desired-loop.ts'
import { EPOCH_CONFIRM_MS } from '../../../agent/reconcile/guard.ts'
import { silentLogger } from '../../../agent/runtime/log.ts'
import { openLedger, type Ledger } from '../../../agent/state/ledger.ts'
import { createSecretBox } from '../../../agent/state/secret-box.ts'
import { DesiredReply } from '../../contract/node-api/v1.ts'
import type { SystemDb } from '../../core/db.ts'
import { runtime } from '../../core/runtime.ts'
import { listDesired, removeObject, setDesired, setRoutes, type WantedObject } from '../../domain/nodes/index.ts'
import { vmSpec } from '../../domain/nodes/testing.ts'
import { withRuntime } from '../../testing/runtime.ts'
import { FakeAgent, listen } from './testing.ts'

withRuntime()
let server: Awaited<ReturnType<typeof listen>>
beforeAll(async () => { server = await listen() })
afterAll(() => server.close())

const RUNS = process.env.SHELLWEGO_FULL === '1' ? 60 : 5
const job = <T>(work: (db: SystemDb) => Promise<T>): Promise<T> => runtime().databases.asSystem('job', work)
const sql = <T extends object>(text: string, values: unknown[] = []): Promise<T[]> =>
  runtime().databases.systemPool.query<T>(text, values).then(({ rows }) => rows)

const wanted = (name: number, variant: number): WantedObject => (name % 3 === 0
  ? { kind: 'vm', id: `vm_${name}`, desired: variant === 0 ? 'stopped' : 'running', spec: vmSpec({ release: variant + 1 }) }
  : { kind: 'route', id: `h${name}.test`, desired: 'present', spec: { host: `h${name}.test`, target: { instances: [`vm_${variant}`] } } })

/** The agent's own ledger and loop, asking the real node API; its process can die, answers to it can be lost. */
class Follower {
  readonly agent = new FakeAgent(server.port)
  readonly dir = mkdtempSync(join(tmpdir(), 'changes-'))
  readonly box = createSecretBox(randomBytes(32))
  readonly answers = { complete: 0, changes: 0 }
  /** How often the whole list has to be read: at each start, and once of each new epoch. */
  wholes = 0
  ledger: Ledger = openLedger(join(this.dir, 'ledger.db'), this.box)
  loseNext = false
  nowMs = 1_000_000
  #loop: DesiredLoop | null = null
  #run: Promise<void> = Promise.resolve()

  start(): void {
    this.wholes += 1
    const client: Pick<PortalClient, 'get'> = { get: async (path, schema, options = {}) => {
      const answer = await this.agent.get(path, { headers: options.headers ?? {} })
      if (answer.status === 304) return null
      if (this.loseNext) {
        this.loseNext = false
        throw new Error('the answer was lost')
      }
      const reply = DesiredReply.parse(answer.body)
      this.answers[reply.complete ? 'complete' : 'changes'] += 1
      return { value: schema.parse(answer.body), headers: answer.headers }
    } }
    const session = { nodeId: this.agent.nodeId, sessionId: this.agent.sessionId, heartbeatS: 10, pollWaitS: 1 }
    this.#loop = new DesiredLoop({
      client, store: this.ledger, clock: { monotonicMs: () => this.nowMs }, log: silentLogger, onApplied: () => {},
      onSuspicious: (message) => expect(message).toBeNull(),
      session: { ready: () => Promise.resolve(session), refused: () => 0 },
    })
    this.#run = this.#loop.run()
  }

  async die(): Promise<void> {
    this.#loop?.stop()
    await this.#run
    this.ledger.close()
  }

  revive(): void {
    this.ledger = openLedger(join(this.dir, 'ledger.db'), this.box)
    this.start()
  }

  async until(reached: () => boolean | Promise<boolean>): Promise<void> {
    const deadline = Date.now() + 20_000
    while (!await reached()) {
      if (Date.now() > deadline) throw new Error('the agent did not get there')
      await sleep(10)
    }
  }
}

/** What the ledger has is what the complete list says, no more and no less. */
async function expectSame({ ledger, agent }: Follower): Promise<void> {
  const { objects } = await listDesired(agent.nodeId)
  expect(objects.filter((o) => ledger.generationOf(o.kind, o.id) !== o.generation || !ledger.sameSpec(o))).toEqual([])
  expect(ledger.held()).toEqual({ objects: objects.length, generations: objects.reduce((sum, o) => sum + o.generation, 0) })
  const routes = objects.flatMap((o) => (o.kind === 'route' ? [[o.id, { id: o.id, generation: o.generation, present: o.desired === 'present', spec: o.spec }] as const] : []))
  expect(new Map([...ledger.routeDesires()].toSorted(([a], [b]) => (a < b ? -1 : 1)))).toEqual(new Map(routes.toSorted(([a], [b]) => (a < b ? -1 : 1))))
}

async function caughtUp(follower: Follower): Promise<void> {
  await follower.until(async () => {
    const [now] = await sql<{ epoch: string; index: string }>('SELECT e.epoch, n.desired_index AS index FROM node n, control_epoch e WHERE n.id = $1', [follower.agent.nodeId])
    const guard = follower.ledger.guard()
    return guard.epoch === now?.epoch && guard.index === Number(now?.index)
  })
}

/** A new epoch is believed after a second look some time later. */
async function believe(follower: Follower): Promise<void> {
  await follower.until(() => follower.ledger.guard().candidate !== null)
  follower.wholes += 1
  await follower.die()
  follower.nowMs += EPOCH_CONFIRM_MS + 1
  follower.revive()
}

const newEpoch = () => sql("UPDATE control_epoch SET epoch = md5(random()::text)")
const set = (nodeId: string, name: number, variant: number) => job((db) => setDesired(db, nodeId, wanted(name, variant)))

/** What is in the database now comes back after a few changes that the agent has seen, as from a backup. */
async function restore(follower: Follower, name: number): Promise<void> {
  const { nodeId } = follower.agent
  const [node] = await sql<{ index: string; held: number; generations: string; objects: object }>("SELECT desired_index AS index, held_objects AS held, held_generations AS generations, (SELECT coalesce(json_agg(o), '[]') FROM node_object o WHERE node_id = n.id) AS objects FROM node n WHERE id = $1", [nodeId])
  await set(nodeId, name, 0)
  await set(nodeId, name, 1)
  await caughtUp(follower)
  await sql('WITH gone AS (DELETE FROM node_object WHERE node_id = $1) UPDATE node SET desired_index = $2, held_objects = $3, held_generations = $4 WHERE id = $1',
    [nodeId, node?.index, node?.held, node?.generations])
  await sql('INSERT INTO node_object SELECT * FROM json_populate_recordset(NULL::node_object, $1)', [JSON.stringify(node?.objects)])
  await newEpoch()
  await set(nodeId, name + 1, 2)
  await believe(follower)
}

type Step = (follower: Follower) => Promise<unknown>
const nameOf = fc.integer({ min: 0, max: 8 })
const change = fc.oneof(
  fc.record({ name: nameOf, variant: fc.integer({ min: 0, max: 2 }) }).map(({ name, variant }): Step => ({ agent }) => set(agent.nodeId, name, variant)),
  nameOf.map((name): Step => ({ agent }) => job((db) => removeObject(db, agent.nodeId, wanted(name, 1).kind, wanted(name, 1).id))),
)
/** Several routes in one statement, some of them given up. */
const wish = fc.record({ name: nameOf, variant: fc.integer({ min: -1, max: 2 }) })
const many = fc.array(wish, { minLength: 1, maxLength: 6 }).map((wishes): Step => ({ agent }) => {
  const specOf = (host: string, variant: number) => (variant < 0 ? null : { host, target: { instances: [`vm_${variant}`] } })
  const routes = new Map(wishes.map(({ name, variant }) => [`h${name}.test`, specOf(`h${name}.test`, variant)]))
  return job((db) => setRoutes(db, [...routes].map(([id, spec]) => ({ nodeIds: [agent.nodeId], id, spec }))))
})
const absent = { phase: 'absent' as const, code: null, reason: null, health: null, restarts: 0, vm_start_id: null, image_digest: null, since_ms: 0, running_ms: null }
/** The agent hears that its word was taken with the next change. */
const confirm: Step = async ({ agent, ledger, nowMs }) => {
  await agent.status(ledger.tombstones().map(({ kind, id }) => ({ kind: kind === 'vm' ? 'vm' as const : 'route' as const, id, generation: ledger.generationOf(kind, id) ?? 1, ...absent })))
  await set(agent.nodeId, 9, nowMs % 3)
  await set(agent.nodeId, 9, (nowMs + 1) % 3)
}

const burst = fc.array(change, { minLength: 1, maxLength: 5 }).map((steps): Step => async (follower) => { for (const step of steps) await step(follower) })
const step = fc.oneof(
  { weight: 6, arbitrary: burst },
  { weight: 4, arbitrary: many },
  { weight: 3, arbitrary: fc.constant(confirm) },
  { weight: 1, arbitrary: change.map((one): Step => async (follower) => {
    follower.loseNext = true
    await one(follower)
  }) },
  { weight: 2, arbitrary: burst.map((away): Step => async (follower) => {
    await follower.die()
    await away(follower)
    follower.revive()
  }) },
  { weight: 1, arbitrary: change.map((one): Step => async (follower) => {
    await newEpoch()
    await one(follower)
    await set(follower.agent.nodeId, 1, follower.nowMs % 3)
    await set(follower.agent.nodeId, 1, (follower.nowMs + 1) % 3)
    await believe(follower)
  }) },
  { weight: 1, arbitrary: nameOf.map((name): Step => (follower) => restore(follower, name)) },
)

test('any sequence of changes leads to the complete list: over deaths, lost answers, new epochs and a restored database', async () => {
  await fc.assert(fc.asyncProperty(fc.array(step, { minLength: 8, maxLength: 25 }), async (steps) => {
    const follower = new Follower()
    await follower.agent.join()
    follower.start()
    try {
      for (const name of [0, 1, 2, 3, 4, 5]) await set(follower.agent.nodeId, name, 1)
      for (const one of steps) {
        await one(follower)
        await caughtUp(follower)
        await expectSame(follower)
      }
      expect(follower.answers.changes).toBeGreaterThan(0)
      expect(follower.answers.complete).toBeLessThanOrEqual(follower.wholes)
    } finally {
      await follower.die()
      rmSync(follower.dir, { recursive: true, force: true })
    }
  }), { numRuns: RUNS, endOnFailure: true })
}, 30_000 * RUNS)

test('an agent whose ledger lost something is told everything again', async () => {
  const follower = new Follower()
  await follower.agent.join()
  for (const name of [1, 2, 4, 5]) await set(follower.agent.nodeId, name, 1)
  follower.start()
  await caughtUp(follower)
  follower.ledger.database.exec("DELETE FROM desired WHERE id = 'h2.test'")
  await set(follower.agent.nodeId, 7, 1)
  await follower.until(() => follower.answers.complete === 2)
  await follower.until(() => follower.ledger.generationOf('route', 'h2.test') === 1)
  expect(follower.answers).toEqual({ complete: 2, changes: 1 })
  await follower.die()
  rmSync(follower.dir, { recursive: true, force: true })
})

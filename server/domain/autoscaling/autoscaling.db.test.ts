import { expect, test } from 'vitest'
import { AutoscalingPolicy } from '../../contract/autoscaling.ts'
import type { ObjectStatus } from '../../contract/node-api/v1.ts'
import { runtime } from '../../core/runtime.ts'
import { makeOwner, makeUser } from '../../testing/actors.ts'
import { drainJobs, withRuntime } from '../../testing/runtime.ts'
import { createApp, getApp, scaleApp, stopApp, updateApp } from '../apps/index.ts'
import { advanceApp } from '../deployments/advance-app.ts'
import { recordStatus } from '../nodes/index.ts'
import { insertNode, vmStatus } from '../nodes/testing.ts'
import { setQuotas } from '../quotas/index.ts'
import { attachVolume, createVolume } from '../volumes/index.ts'
import { evaluateApps, getAutoscaling, listDecisions, removeAutoscaling, setAutoscaling } from './index.ts'

withRuntime()
const HELLO = { name: 'hello', image: 'builtin/hello:v1', port: 8080, resources: { memory: '128m' } }
const UP_TO_DATE = 1_000_000_000
const MINUTE = 60_000
const sql = async <T extends object>(text: string, values: unknown[] = []): Promise<T[]> => (await runtime().databases.systemPool.query<T>(text, values)).rows
const now = () => runtime().clock.now().getTime()

/** A new minute, in which everything of the last one has arrived. */
const pass = async (minutes = 1): Promise<void> => {
  const offset = Math.ceil((now() + minutes * MINUTE - 50_000) / MINUTE) * MINUTE + 50_000 - Date.now()
  await sql('UPDATE test_clock SET offset_ms = $1', [offset])
  await runtime().clock.refresh()
}
const minuteBefore = () => new Date(Math.floor(now() / MINUTE) * MINUTE - MINUTE)

let seq = 0
type Owner = Awaited<ReturnType<typeof makeOwner>>
interface Wanted { id: string; phase: string; node_id: string }
const wantedOf = (appId: string) => sql<Wanted>('SELECT id, phase, node_id FROM instance WHERE app_id = $1 AND desired = \'running\' ORDER BY created_at, id', [appId])
const report = async (nodeId: string, ...objects: ObjectStatus[]): Promise<void> => {
  seq += 1
  await recordStatus(nodeId, {
    session_id: `ses_${nodeId}`, seq, observed_epoch: '', observed_index: UP_TO_DATE, boot_id: 'boot-1', heartbeat: true, objects,
    node: { load: 0, memory_free_mib: 1, disk_free_mib: 1, conditions: [] },
  })
  await drainJobs()
}

/** An app that serves, and what its owner and the world do with it. */
const liveApp = async (policy: Parameters<typeof AutoscalingPolicy.parse>[0], { replicas = 1, quota = 20, owner: given = null as Owner | null } = {}) => {
  const owner = given ?? await makeOwner()
  const staff = await makeUser({ staff: true })
  await staff.call(setQuotas, { organization_id: owner.organization.id, instances: quota, vcpu: 100, memory_mib: 100_000, disk_mib: 1_000_000 })
  await sql('UPDATE node SET status = \'unreachable\'')
  const nodeId = await insertNode()
  await sql('UPDATE node SET status = \'ready\', observed_index = $1', [UP_TO_DATE])
  const { id } = await owner.call(createApp, { ...HELLO, replicas })
  await drainJobs()
  const settle = async (): Promise<void> => {
    for (let round = 0; round < 3; round += 1) {
      for (const one of await wantedOf(id)) if (one.phase === 'pending') await report(one.node_id, vmStatus(one.id, { vm_start_id: `start-${one.id}` }))
      await sql('UPDATE instance SET unrouted_at = now() - interval \'10 seconds\' WHERE app_id = $1 AND unrouted_at IS NOT NULL', [id])
      await advanceApp.run({ subject_id: id, org_id: null })
    }
  }
  /** What the last minute was like: percent and requests per second of all instances together. */
  const load = async ({ cpu = 0, memory = 0, requests = 0 }: { cpu?: number; memory?: number; requests?: number }): Promise<void> => {
    await pass()
    const instances = (await wantedOf(id)).length
    await sql(`INSERT INTO app_usage (org_id, app_id, step_s, at, span_ms, cpu_us, capacity_us, memory, disk_read, disk_write, net_rx, net_tx)
      VALUES ($1, $2, 60, $3, $4, $5, $6, $7, 0, 0, 0, 0)`, [owner.organization.id, id, minuteBefore(), instances * MINUTE, cpu * 600_000, instances * 60_000_000, memory * 128 * 600])
    await sql('INSERT INTO app_traffic (org_id, app_id, step_s, at, status, latency, latency_us, bytes_out) VALUES ($1, $2, 60, $3, $4, $5, 0, 0)',
      [owner.organization.id, id, minuteBefore(), [0, requests * 60, 0, 0, 0], [requests * 60]])
  }
  const look = async (): Promise<number> => {
    await evaluateApps.run({})
    await drainJobs()
    await settle()
    return (await owner.call(getApp, { app_id: id })).replicas.desired
  }
  const decisions = async () => (await owner.call(listDecisions, { app_id: id })).data.map(({ kind, from, to, metric }) => [kind, from, to, metric]).reverse()
  const events = (type: string) => sql<{ data: Record<string, unknown>; actor: object }>('SELECT data, actor FROM event WHERE type = $1 AND subject_id = $2 ORDER BY seq', [type, id])
  await settle()
  const set = (more: object = {}) => owner.call(setAutoscaling, { app_id: id, ...AutoscalingPolicy.parse({ ...policy as object, ...more }) })
  await set()
  await drainJobs()
  return { owner, staff, id, nodeId, load, look, settle, decisions, events, set }
}
const QUICK = { max: 5, targets: { cpu_percent: 50 }, stabilization_seconds: 0, cool_down: { up_seconds: 0, down_seconds: 0 } }

test('goes up with the load and back when it is over; every act once, with from, to, metric and reason; what was added is billed', async () => {
  const app = await liveApp(QUICK)
  await app.load({ cpu: 90 })
  expect(await app.look()).toBe(2)
  expect(await app.look(), 'looked at twice').toBe(2)
  expect(await app.owner.call(getAutoscaling, { app_id: app.id })).toMatchObject({
    enabled: true, replicas: 2, wanted: 2, at_least: 1, state: 'steady', figures: { cpu_percent: 45, memory_percent: 0, requests_per_second: 0 }, limited: null,
  })
  const open = () => sql<{ open: boolean }>('SELECT ended_at IS NULL AS open FROM allocation_segment WHERE app_id = $1 ORDER BY started_at', [app.id])
  expect((await open()).map((one) => one.open)).toEqual([true, true])
  await app.load({ cpu: 5 })
  expect(await app.look()).toBe(1)
  const gone = await sql<{ id: string; node_id: string }>('SELECT id, node_id FROM instance WHERE app_id = $1 AND desired = \'absent\'', [app.id])
  for (const one of gone) await report(one.node_id, vmStatus(one.id, { phase: 'stopped', health: null, vm_start_id: `start-${one.id}`, running_ms: 0 }))
  expect((await open()).map((one) => one.open).sort()).toEqual([false, true])
  expect(await app.decisions()).toEqual([['up', 1, 2, 'cpu'], ['down', 2, 1, 'cpu']])
  expect((await app.events('app.scaled')).map((e) => [e.actor, e.data])).toEqual([
    [{ type: 'job', id: 'autoscaling.evaluate' }, { by: 'autoscaling', from: 1, replicas: 2, wanted: 2, metric: 'cpu', reason: 'CPU is at 90 % per instance (1 running); the target is 50 %.' }],
    [{ type: 'job', id: 'autoscaling.evaluate' }, { by: 'autoscaling', from: 2, replicas: 1, wanted: 1, metric: 'cpu', reason: 'CPU is at 2.5 % per instance (2 running); the target is 50 %.' }],
  ])
}, 120_000)

test('two looks at the same time act once', async () => {
  const app = await liveApp(QUICK)
  await app.load({ cpu: 90 })
  await Promise.all(Array.from({ length: 4 }, () => evaluateApps.run({})))
  expect(await app.decisions()).toEqual([['up', 1, 2, 'cpu']])
})

test('a quota holds it back: as many as fit, said once, and it goes on when there is room', async () => {
  const app = await liveApp({ ...QUICK, max_step: { up: 10, down: 10 }, max: 8 }, { quota: 3 })
  await app.load({ cpu: 380 })
  expect(await app.look()).toBe(3)
  const limited = await app.owner.call(getAutoscaling, { app_id: app.id })
  expect(limited).toMatchObject({ state: 'limited', wanted: 8, limited: { wanted: 8, reason: expect.stringContaining('4 wanted, 3 allowed') } })
  for (let i = 0; i < 3; i += 1) { await app.load({ cpu: 380 }); expect(await app.look()).toBe(3) }
  expect(await app.decisions()).toEqual([['up', 1, 3, 'cpu'], ['limited', 3, 3, 'cpu']])
  expect((await app.events('app.autoscaling_limited')).map((e) => e.data.code)).toEqual(['quota_exceeded'])
  await app.staff.call(setQuotas, { organization_id: app.owner.organization.id, instances: 20 })
  await app.load({ cpu: 380 })
  expect(await app.look()).toBe(8)
  await app.look()
  expect(await app.owner.call(getAutoscaling, { app_id: app.id })).toMatchObject({ state: 'steady', limited: null })
}, 120_000)

test('what is set by hand is refused with what to do; with autoscaling off it is taken', async () => {
  const { owner, id } = await liveApp(QUICK)
  const refusal = { code: 'state_conflict', message: expect.stringContaining('turn autoscaling off') }
  await expect(owner.call(scaleApp, { app_id: id, replicas: 3 })).rejects.toMatchObject(refusal)
  await expect(owner.call(updateApp, { app_id: id, replicas: 3 })).rejects.toMatchObject(refusal)
  await owner.call(updateApp, { app_id: id, replicas: 1, health_check: { path: '/' } })
  expect((await owner.call(getApp, { app_id: id })).autoscaling).toEqual({ min: 1, max: 5 })
  await owner.call(removeAutoscaling, { app_id: id })
  await owner.call(scaleApp, { app_id: id, replicas: 3 })
  await expect(owner.call(removeAutoscaling, { app_id: id })).rejects.toMatchObject({ code: 'not_found' })
  expect(await owner.call(getAutoscaling, { app_id: id })).toMatchObject({ enabled: false, policy: null, state: null, etag: '2' })
})

test('while a deployment runs nothing is taken away, and it grows where that is safe', async () => {
  const app = await liveApp(QUICK, { replicas: 3 })
  await app.owner.call(updateApp, { app_id: app.id, image: 'builtin/hello:v2' })
  await app.load({ cpu: 5 })
  await evaluateApps.run({})
  expect(await app.owner.call(getAutoscaling, { app_id: app.id })).toMatchObject({ replicas: 3, state: 'deploying' })
  await app.load({ cpu: 190 })
  await evaluateApps.run({})
  expect(await app.owner.call(getAutoscaling, { app_id: app.id })).toMatchObject({ replicas: 4 })
  await sql('UPDATE deployment SET strategy = \'{"type":"blue_green"}\' WHERE app_id = $1 AND state IN (\'queued\', \'running\')', [app.id])
  await app.load({ cpu: 240 })
  await evaluateApps.run({})
  expect(await app.owner.call(getAutoscaling, { app_id: app.id })).toMatchObject({ replicas: 4, state: 'deploying', wanted: 5 })
})

test('a stopped app is left alone, and one whose node is not heard does not shrink', async () => {
  const app = await liveApp(QUICK, { replicas: 3 })
  await app.load({ cpu: 5 })
  await sql('UPDATE node SET status = \'unreachable\' WHERE id = (SELECT node_id FROM instance WHERE app_id = $1 LIMIT 1)', [app.id])
  await evaluateApps.run({})
  expect(await app.owner.call(getAutoscaling, { app_id: app.id })).toMatchObject({ replicas: 3, state: 'no_figures', figures: { cpu_percent: null } })
  await sql('UPDATE node SET status = \'ready\'')
  await app.owner.call(stopApp, { app_id: app.id })
  await evaluateApps.run({})
  expect(await app.owner.call(getAutoscaling, { app_id: app.id })).toMatchObject({ enabled: true, replicas: 3, state: null, figures: null })
  expect(await app.decisions()).toEqual([])
})

test('the clock on the wall of the organization raises the floor', async () => {
  const owner = await makeOwner({ timezone: 'Africa/Lagos' })
  const hour = (more: number): string => `${String((new Date(now()).getUTCHours() + 1 + more) % 24).padStart(2, '0')}:00`
  const days = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const
  const app = await liveApp({ max: 5, schedule: [{ days: [...days], from: hour(-1), to: hour(3), at_least: 3 }] }, { owner })
  expect(await app.look()).toBe(3)
  expect(await app.decisions()).toEqual([['up', 1, 3, 'schedule']])
  expect(await app.owner.call(getAutoscaling, { app_id: app.id })).toMatchObject({ at_least: 3, time_zone: 'Africa/Lagos' })
})

test('every fault of a policy is named with its field', async () => {
  const { owner, id, set } = await liveApp(QUICK)
  const faults = (more: object) => set(more).then(() => [], (error: unknown) => (error as { errors: { pointer: string; code: string }[] }).errors.map((e) => `${e.pointer} ${e.code}`))
  const window = { days: ['mon' as const], from: '08:00', to: '18:00' }
  expect(await faults({ min: 6, schedule: [{ ...window, at_least: 7 }, { ...window, at_least: 2 }] })).toEqual(['/min above_max', '/schedule/0/at_least above_max', '/schedule/1/at_least below_min'])
  expect(await faults({ targets: { cpu_percent: 90 }, tolerance_percent: 20 })).toEqual(['/targets/cpu_percent never_reached'])
  expect(await faults({ targets: {} })).toEqual(['/targets nothing_to_go_by'])
  const refused = owner.call(setAutoscaling, { ...AutoscalingPolicy.parse(QUICK), app_id: id, max: 21, schedule: [{ ...window, from: '24:00', at_least: 0 }], cool_down: { up_seconds: -1, down_seconds: 9999 } })
  await expect(refused).rejects.toMatchObject({ code: 'invalid_request', errors: [{ pointer: '/max' }, { pointer: '/schedule/0/from' }, { pointer: '/schedule/0/at_least' }, { pointer: '/cool_down/up_seconds' }, { pointer: '/cool_down/down_seconds' }] })
})

test('a lower bound that the quota does not allow is refused at once; one that it does is there at once', async () => {
  const app = await liveApp(QUICK, { quota: 2 })
  await expect(app.set({ min: 3 })).rejects.toMatchObject({ code: 'quota_exceeded' })
  expect(await app.set({ min: 2 })).toMatchObject({ replicas: 2 })
  expect(await app.decisions()).toEqual([['up', 1, 2, 'bounds']])
})

test('an app with a volume has one instance: neither comes to the other', async () => {
  const app = await liveApp(QUICK)
  await sql('UPDATE node SET disk_free_mib = 1000000')
  const volume = await app.owner.call(createVolume, { name: 'data', size: '64m' })
  await expect(app.owner.call(attachVolume, { volume_id: volume.id, app_id: app.id, mount_path: '/data' })).rejects.toMatchObject({ code: 'state_conflict', message: expect.stringContaining('autoscaled') })
  await app.owner.call(removeAutoscaling, { app_id: app.id })
  await sql('UPDATE volume SET app_id = $1, mount_path = \'/data\' WHERE id = $2', [app.id, volume.id])
  await expect(app.set()).rejects.toMatchObject({ code: 'rule_violated', errors: [{ pointer: '/autoscaling', code: 'volume_attached' }] })
})

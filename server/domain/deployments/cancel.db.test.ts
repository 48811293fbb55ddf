import { expect, test } from 'vitest'
import { STEP_KEYS, type StepKey } from '../../contract/deployment.ts'
import type { ObjectStatus } from '../../contract/node-api/v1.ts'
import type { StrategyInput } from '../../contract/strategy.ts'
import { drainJobs, withRuntime } from '../../testing/runtime.ts'
import { cancelDeployment, deployApp, getApp, promoteDeployment } from '../apps/index.ts'
import { vmStatus } from '../nodes/testing.ts'
import { liveApp, problemOf, sql, wantedOf } from './testing.ts'

withRuntime()
const STARTS = { vm_start_id: null, running_ms: null, health: null } as const
/** What its node says of an instance while the deployment is at that step. */
const AT: Record<Exclude<StepKey, 'routing' | 'live'>, Partial<ObjectStatus> | null> = {
  queued: null, pulling: { phase: 'pulling', ...STARTS }, creating: { phase: 'preparing', ...STARTS }, booting: { phase: 'booting', ...STARTS }, health_check: { health: 'starting' },
}
type Live = Awaited<ReturnType<typeof liveApp>>
const strategies: [string, StrategyInput][] = [['rolling', { type: 'rolling' }], ['blue_green', { type: 'blue_green' }], ['canary', { type: 'canary' }]]

/** Two serve, and the old release is among those who run: what the edges still send there is answered. */
const expectServed = async (id: string): Promise<void> => {
  const running = (await wantedOf(id)).filter((i) => i.phase === 'running')
  expect(running.filter((i) => i.routed).length).toBeGreaterThanOrEqual(2)
  expect(running.some((i) => i.number === 1)).toBe(true)
}

const reach = async (app: Live, key: StepKey, atOnce: boolean): Promise<void> => {
  const fresh = async () => (await wantedOf(app.id)).filter((i) => i.number === 2)
  for (const step of STEP_KEYS.slice(1, STEP_KEYS.indexOf(key) + 1)) {
    if (step === 'live') continue
    // Where all requests change over at once the edge does not follow, so that they stay on their way; else more steps are to come.
    if (step === 'routing' && atOnce) await app.follow(false)
    const status = step === 'routing' ? {} : AT[step]
    if (status) await app.report(...(await fresh()).map((i) => vmStatus(i.id, { vm_start_id: `start-${i.id}`, ...status })))
    await expectServed(app.id)
  }
}

const expectAsBefore = async (app: Live, deploymentId: string): Promise<void> => {
  await app.follow(true)
  for (let round = 0; round < 8; round += 1) {
    await app.bootAll()
    await expectServed(app.id)
    await app.afterDrain()
    await expectServed(app.id)
  }
  expect((await wantedOf(app.id)).map((i) => [i.number, i.routed])).toEqual([[1, true], [1, true]])
  const running = await sql('SELECT o.id FROM node_object o JOIN instance i ON i.id = o.id WHERE i.app_id = $1 AND o.kind = \'vm\' AND o.desired = \'running\'', [app.id])
  expect(running).toHaveLength(2)
  const [route] = await sql<{ spec: { target: { instances: string[]; share?: object } } }>(
    'SELECT o.spec FROM node_object o JOIN hostname h ON h.hostname = o.id WHERE h.app_id = $1 AND o.node_id = $2', [app.id, app.nodeId])
  expect(route?.spec.target.share).toBeUndefined()
  expect(route?.spec.target.instances.toSorted()).toEqual((await wantedOf(app.id)).map((i) => i.id).toSorted())
  expect(await app.owner.call(getApp, { app_id: app.id })).toMatchObject({ status: 'running', release: 1, standby: null, replicas: { current: 2, healthy: 2 } })
  expect(await problemOf(app.owner.call(cancelDeployment, { deployment_id: deploymentId }))).toMatchObject({ code: 'state_conflict' })
}

const cancel = async (app: Live): Promise<string> => {
  const { id } = await app.last()
  await app.owner.call(cancelDeployment, { deployment_id: id })
  await drainJobs()
  return id
}

test.each(strategies.flatMap(([name, strategy]) => STEP_KEYS.filter((key) => key !== 'live').map((key) => [name, key, strategy] as const)))('%s, cancelled at %s: the old release serves all the time, and nothing is left behind', async (name, key, strategy) => {
  const app = await liveApp(2)
  await app.owner.call(deployApp, { app_id: app.id, image: 'builtin/hello:v2', strategy })
  if (key !== 'queued') await drainJobs()
  await reach(app, key, name === 'blue_green')
  expect((await app.last()).steps.find((s) => s.state === 'running')?.key).toBe(key)
  const id = await cancel(app)
  const ended = await app.last()
  expect([ended.state, ended.error_code, ended.steps.find((s) => s.state === 'cancelled')?.key]).toEqual(['cancelled', null, key])
  expect(ended.steps.filter((s) => s.state === 'running')).toEqual([])
  await expectAsBefore(app, id)
}, 60_000)

test.each([5, 25, 50, 100])('a canary cancelled at %i percent of requests: the old release serves all the time, and nothing is left behind', async (share) => {
  const app = await liveApp(2)
  await app.owner.call(deployApp, { app_id: app.id, image: 'builtin/hello:v2', strategy: { type: 'canary' } })
  await drainJobs()
  await app.bootAll()
  for (const _ of [25, 50, 100].filter((one) => one <= share)) {
    await app.owner.call(promoteDeployment, { deployment_id: (await app.last()).id })
    await drainJobs()
    await app.afterDrain()
    await expectServed(app.id)
  }
  expect((await app.last()).canary?.find((s) => s.state === 'watching' || s.state === 'starting')?.share).toBe(share)
  const id = await cancel(app)
  expect((await app.last()).canary?.find((s) => s.share === share)?.state).toBe('cancelled')
  await expectAsBefore(app, id)
}, 60_000)

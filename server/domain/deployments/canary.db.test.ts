import { expect, test } from 'vitest'
import type { CanaryStep } from '../../contract/canary.ts'
import { latencyBins } from '../../contract/metrics.ts'
import { drainJobs, withRuntime } from '../../testing/runtime.ts'
import { cancelDeployment, createApp, deployApp, getApp, promoteDeployment, restartApp, rollBackApp, startApp, stopApp, updateApp } from '../apps/index.ts'
import { recordUsage } from '../metering/index.ts'
import { insertNode } from '../nodes/testing.ts'
import { advanceApp } from './advance-app.ts'
import { inService, liveApp, problemOf, sql, wantedOf } from './testing.ts'

withRuntime()
const CANARY = { strategy: { type: 'canary', canary: { steps: [5, 50], step_seconds: 60, min_requests: 20 } } } as const
let seq = 0

const routeOf = async (id: string) => {
  const [row] = await sql<{ spec: { target: { instances: string[]; share?: { instances: string[]; percent: number } } } }>(
    'SELECT o.spec FROM node_object o JOIN hostname h ON h.hostname = o.id JOIN node n ON n.id = o.node_id WHERE h.app_id = $1 AND o.kind = \'route\' AND n.status = \'ready\'', [id])
  return row?.spec.target
}
/** An app under a canary, and a hand to let its edge report and its time pass. */
const canaryApp = async (replicas = 2) => {
  const app = await liveApp(replicas, CANARY)
  const look = () => advanceApp.run({ subject_id: app.id, org_id: null })
  const later = async (seconds: number) => {
    const { id, canary } = await app.last()
    const moved = canary?.map((step: CanaryStep) => (step.state === 'watching' ? { ...step, started_at: new Date(Date.parse(step.started_at ?? '') - seconds * 1_000).toISOString() } : step))
    await sql('UPDATE deployment SET canary = $2 WHERE id = $1', [id, JSON.stringify(moved)])
  }
  const answer = async (release: number, ok: number, failed: number) => {
    const one = (await wantedOf(app.id)).find((i) => i.number === release && i.routed)
    const latency = latencyBins()
    latency[3] = ok + failed
    const sums = { status: [0, ok, 0, 0, failed], latency, latency_us: 9, bytes_out: 0, ago_ms: 3_000 }
    await recordUsage(app.nodeId, { stream_id: app.id, records: [{ seq: seq += 1, app_id: app.id, instance_id: one?.id ?? '', ...sums }] })
  }
  const begin = async (image: string) => {
    seq = 0
    await app.owner.call(deployApp, { app_id: app.id, image })
    await drainJobs()
    await app.bootAll()
  }
  return { ...app, look, later, answer, begin }
}

test('a canary gets a share, grows when it did as well as the old release, and ends with every request; the edges are told each share, and no other at its end', async () => {
  const { id, begin, last, look, later, answer, bootAll, afterDrain } = await canaryApp()
  await begin('builtin/hello:v2')
  const share = await routeOf(id)
  expect(share?.instances).toHaveLength(3)
  expect(share?.share).toEqual({ instances: [(await wantedOf(id)).find((i) => i.number === 2)?.id], percent: 5 })
  expect((await last()).canary).toMatchObject([{ share: 5, state: 'watching' }, { share: 50, state: 'waiting' }, { share: 100, state: 'waiting' }])
  await later(70)
  await answer(1, 400, 1)
  await answer(2, 15, 0)
  await look()
  expect((await last()).canary).toMatchObject([{ state: 'watching', note: expect.stringContaining('15 of the 20 requests') as string, old: { requests: 401, errors: 1 }, new: { requests: 15 } }, {}, {}])
  await answer(2, 10, 0)
  await look()
  expect((await last()).canary).toMatchObject([{ state: 'done', note: 'As good as the old release over 25 requests.' }, { share: 50, state: 'watching' }, { state: 'waiting' }])
  expect((await routeOf(id))?.share?.percent).toBe(50)
  await afterDrain()
  expect(await inService(id)).toEqual([1, 2])
  await sql('DELETE FROM release_traffic')
  await later(70)
  await look()
  expect((await last()).canary).toMatchObject([{}, { state: 'done', note: expect.stringContaining('Nobody asked') as string }, { share: 100, state: 'starting' }])
  await bootAll()
  expect(await last()).toMatchObject({ state: 'succeeded', canary: [{ state: 'done' }, { state: 'done' }, { state: 'done' }] })
  await afterDrain()
  expect((await wantedOf(id)).map((i) => [i.number, i.routed])).toEqual([[2, true], [2, true]])
  expect(await routeOf(id)).toMatchObject({ instances: [expect.any(String), expect.any(String)] })
  expect((await routeOf(id))?.share).toBeUndefined()
})

test('a canary that fails more often than the old release is ended with its figures, gets nothing more, and the old release is filled up again', async () => {
  const { owner, id, begin, last, look, later, answer, settle } = await canaryApp()
  await begin('builtin/hello:v2')
  await later(10)
  await answer(1, 400, 1)
  await answer(2, 18, 3)
  await look()
  expect(await last()).toMatchObject({
    state: 'failed', error_code: 'canary_errors', error_detail: expect.stringContaining('3 of 21 requests to the new release failed') as string,
    canary: [{ state: 'aborted', new: { requests: 21, errors: 3 } }, { state: 'waiting' }, { state: 'waiting' }],
  })
  expect(await inService(id)).toEqual([1, 1])
  expect((await routeOf(id))?.share).toBeUndefined()
  await settle()
  expect((await wantedOf(id)).map((i) => [i.number, i.routed])).toEqual([[1, true], [1, true]])
  expect(await owner.call(getApp, { app_id: id })).toMatchObject({ status: 'running', release: 1 })
})

test('what an edge reports of another app\'s instance counts for nobody', async () => {
  const [mine, other] = [await canaryApp(1), await canaryApp(1)]
  const [stranger] = await wantedOf(other.id)
  await recordUsage(mine.nodeId, { stream_id: 'x', records: [{ seq: 1, app_id: mine.id, instance_id: stranger?.id ?? '', status: [0, 0, 0, 0, 9], latency: latencyBins(), latency_us: 0, bytes_out: 0, ago_ms: 0 }] })
  expect(await sql('SELECT 1 FROM release_traffic t JOIN release r ON r.id = t.release_id WHERE r.app_id = ANY($1)', [[mine.id, other.id]])).toEqual([])
})

test('by hand it goes on to the next step or to all; what is no canary, over, or at its last step refuses', async () => {
  const { owner, id, begin, last, bootAll } = await canaryApp()
  await begin('builtin/hello:v2')
  const { id: deploymentId } = await last()
  expect((await owner.call(promoteDeployment, { deployment_id: deploymentId })).canary).toMatchObject([{ state: 'done', note: 'Gone on by hand.' }, { state: 'starting' }, {}])
  await drainJobs()
  expect((await routeOf(id))?.share?.percent).toBe(50)
  await owner.call(promoteDeployment, { deployment_id: deploymentId, to: 'all' })
  await drainJobs()
  expect(await problemOf(owner.call(promoteDeployment, { deployment_id: deploymentId }))).toMatchObject({ code: 'state_conflict', message: expect.stringContaining('last step') as string })
  await bootAll()
  expect((await last()).state).toBe('succeeded')
  expect(await problemOf(owner.call(promoteDeployment, { deployment_id: deploymentId }))).toMatchObject({ code: 'state_conflict' })
  await owner.call(deployApp, { app_id: id, strategy: { type: 'rolling' } })
  expect(await problemOf(owner.call(promoteDeployment, { deployment_id: (await last()).id }))).toMatchObject({ code: 'state_conflict', message: expect.stringContaining('no canary') as string })
})

test('a canary needs somebody to be compared with; who goes back does so at once', async () => {
  const { owner, id, begin, last, settle } = await canaryApp(1)
  expect(await last()).toMatchObject({ strategy: { type: 'rolling' }, canary: null })
  await owner.call(stopApp, { app_id: id })
  await drainJobs()
  await sql('UPDATE instance SET ended_at = now(), routed = false WHERE app_id = $1', [id])
  await owner.call(startApp, { app_id: id })
  expect(await last()).toMatchObject({ reason: 'start', strategy: { type: 'rolling' } })
  await drainJobs()
  await settle()
  await owner.call(restartApp, { app_id: id })
  expect(await last()).toMatchObject({ reason: 'restart', strategy: { type: 'canary' } })
  await owner.call(promoteDeployment, { deployment_id: (await last()).id, to: 'all' })
  await drainJobs()
  await settle()
  await begin('builtin/hello:v2')
  await owner.call(cancelDeployment, { deployment_id: (await last()).id })
  await drainJobs()
  await settle()
  expect(await last()).toMatchObject({ state: 'cancelled', canary: [{ state: 'cancelled' }, { state: 'waiting' }, { state: 'waiting' }] })
  await owner.call(rollBackApp, { app_id: id })
  expect(await last()).toMatchObject({ reason: 'rollback', strategy: { type: 'rolling' }, canary: null })
})

const pointersOf = async (call: Promise<unknown>): Promise<string[]> =>
  ((await problemOf(call)) as { errors?: { pointer: string }[] }).errors?.map((e) => e.pointer) ?? []

test('each field out of range is refused at its pointer, all at once; so is a canary beside a volume', async () => {
  const { owner, id, nodeId } = await canaryApp(1)
  const asked = (canary: object, more: object = {}) => pointersOf(owner.call(deployApp, { app_id: id, strategy: { type: 'canary', canary, ...more } }))
  expect(await asked({ steps: [0, 7, 100], step_seconds: 9, min_requests: 0, max_error_rate: 101, max_latency_ratio: 0.5 })).toEqual(expect.arrayContaining([
    '/strategy/canary/steps/0', '/strategy/canary/steps/1', '/strategy/canary/steps/2', '/strategy/canary/step_seconds', '/strategy/canary/min_requests',
    '/strategy/canary/max_error_rate', '/strategy/canary/max_latency_ratio']))
  expect(await asked({ steps: [50, 25] })).toEqual(['/strategy/canary/steps'])
  expect(await asked({ steps: [] })).toEqual(['/strategy/canary/steps'])
  expect(await asked({ steps: [5, 10, 15, 20, 25, 30, 35, 40, 45] })).toEqual(['/strategy/canary/steps'])
  expect(await asked({ step_seconds: 3_601, min_requests: 100_001, max_error_rate: -1, max_latency_ratio: 101 })).toHaveLength(4)
  const others = { max_surge: 21, max_unavailable: '101%', min_healthy_seconds: 601, deadline_seconds: 29, rollback_window_minutes: 1_441 }
  expect(await asked({}, others)).toEqual(expect.arrayContaining([
    '/strategy/max_surge', '/strategy/max_unavailable', '/strategy/min_healthy_seconds', '/strategy/deadline_seconds', '/strategy/rollback_window_minutes']))
  expect(await asked({ steps: [5, 50], step_seconds: 60 }, { deadline_seconds: 120 })).toEqual(['/strategy/deadline_seconds'])
  expect(await pointersOf(owner.call(createApp, { name: 'other', image: 'builtin/hello:v1', strategy: { type: 'canary', canary: { step_seconds: 1 } } }))).toEqual(['/strategy/canary/step_seconds'])
  await sql('INSERT INTO volume (id, org_id, name, node_id, size_mib, app_id, mount_path) VALUES ($1, $2, \'data\', $3, 1024, $4, \'/data\')', [`vol_${id}`, owner.organization.id, nodeId, id])
  expect(await problemOf(owner.call(updateApp, { app_id: id, strategy: { type: 'canary' } }))).toMatchObject({ errors: [{ pointer: '/strategy/type', code: 'volume_attached' }] })
})

test('where no agent can divide requests a canary that was set is rolling, and one that is asked for is refused', async () => {
  const { owner, id, nodeId, begin, last, settle } = await canaryApp(1)
  await sql('UPDATE node SET can = \'{}\' WHERE id = $1', [nodeId])
  await begin('builtin/hello:v2')
  await settle()
  expect(await last()).toMatchObject({ strategy: { type: 'rolling' }, canary: null, state: 'succeeded' })
  expect(await problemOf(owner.call(deployApp, { app_id: id, image: 'builtin/hello:v1', strategy: { type: 'canary' } }))).toMatchObject({
    code: 'rule_violated', errors: [{ pointer: '/strategy/type', code: 'agents_too_old' }],
  })
})

test('an edge whose agent cannot divide requests is told of no share: it sends all to the old release until the new one is to have everything', async () => {
  const { owner, id, nodeId, begin, last, bootAll, afterDrain, settle } = await canaryApp()
  const other = await insertNode()
  await sql('UPDATE node SET can = \'{}\', observed_index = 1000000000, duty = \'cordoned\' WHERE id = $1', [other])
  const numbersOn = async (node: string) => {
    const [row] = await sql<{ spec: { target: { instances: string[]; share?: object } } }>(
      'SELECT o.spec FROM node_object o JOIN hostname h ON h.hostname = o.id WHERE h.app_id = $1 AND o.kind = \'route\' AND o.node_id = $2', [id, node])
    const numbers = new Map((await wantedOf(id)).map((one) => [one.id, one.number]))
    return { share: row?.spec.target.share !== undefined, releases: row?.spec.target.instances.map((one) => numbers.get(one)).toSorted() }
  }
  await begin('builtin/hello:v2')
  expect([await numbersOn(nodeId), await numbersOn(other)]).toEqual([{ share: true, releases: [1, 1, 2] }, { share: false, releases: [1, 1] }])
  await owner.call(promoteDeployment, { deployment_id: (await last()).id, to: 'all' })
  await drainJobs()
  await bootAll()
  expect((await numbersOn(other)).releases).toEqual([2, 2])
  await afterDrain()
  await settle()
  expect([(await last()).state, await numbersOn(other)]).toEqual(['succeeded', { share: false, releases: [2, 2] }])
})

import { expect, test } from 'vitest'
import { drainJobs, withRuntime } from '../../testing/runtime.ts'
import {
  cancelDeployment, compareRelease, deployApp, getApp, listReleases, restartApp, rollBackApp, updateApp,
} from '../apps/index.ts'
import { vmStatus } from '../nodes/testing.ts'
import { deleteSecret, jobs as secretJobs, rotateSecret, setAppSecret } from '../secrets/index.ts'
import { advanceApp } from './advance-app.ts'
import { inService, liveApp, problemOf, sql, up, wantedOf } from './testing.ts'

withRuntime()
const prune = () => secretJobs.find((job) => job.name === 'secrets.prune')?.run({})

test('rolling replaces one instance after the other, and enough serve all the time', async () => {
  const { owner, id, bootAll, afterDrain, last } = await liveApp(3)
  await owner.call(updateApp, { app_id: id, image: 'builtin/hello:v2' })
  await drainJobs()
  for (let round = 1; round <= 3; round += 1) {
    expect((await wantedOf(id)).length).toBe(4)
    await bootAll()
    expect((await inService(id)).filter((n) => n === 2)).toHaveLength(round)
    expect((await inService(id)).length).toBe(3)
    expect(await last()).toMatchObject(round < 3 ? { state: 'running', serving: round, wanted: 3 } : { state: 'succeeded', serving: 3, wanted: 3 })
    await afterDrain()
  }
  expect((await wantedOf(id)).map((i) => i.number)).toEqual([2, 2, 2])
})

test('a rolling deployment that fails half way brings the old release back to its full number; so does one that is cancelled', async () => {
  const { owner, id, bootAll, afterDrain, report, settle, last } = await liveApp(3)
  for (const [image, how] of [['builtin/hello:v2', 'failed'], ['builtin/hello:v3', 'cancelled']] as const) {
    await owner.call(updateApp, { app_id: id, image })
    await drainJobs()
    await bootAll()
    await afterDrain()
    const fresh = (await wantedOf(id)).find((i) => i.phase === 'pending')
    if (how === 'failed') await report(vmStatus(fresh?.id ?? '', { phase: 'failed', health: null, code: 'process_exited', reason: 'exit 1', vm_start_id: null, running_ms: null }))
    else await owner.call(cancelDeployment, { deployment_id: (await last()).id }).then(drainJobs)
    expect(await last()).toMatchObject({ state: how })
    expect((await inService(id)).length).toBeGreaterThanOrEqual(3)
    await settle()
    expect((await wantedOf(id)).map((i) => [i.number, i.routed])).toEqual([[1, true], [1, true], [1, true]])
    expect(await owner.call(getApp, { app_id: id })).toMatchObject({ status: 'running', release: 1, replicas: { current: 3, healthy: 3 } })
  }
  const ended = await last()
  expect(ended.steps.find((s) => s.state === 'cancelled')).toBeDefined()
  expect(await problemOf(owner.call(cancelDeployment, { deployment_id: ended.id }))).toMatchObject({ code: 'state_conflict' })
})

test('blue-green changes over at once, keeps the old instances for a while, goes back to them at once, and lets them go when the time is over', async () => {
  const { owner, id, bootAll, afterDrain, last } = await liveApp(2, { strategy: { type: 'blue_green' } })
  const blue = (await wantedOf(id)).map((i) => i.id)
  await owner.call(updateApp, { app_id: id, image: 'builtin/hello:v2' })
  await drainJobs()
  expect(await inService(id)).toEqual([1, 1])
  await bootAll()
  expect([await inService(id), (await last()).state]).toEqual([[2, 2], 'succeeded'])
  await afterDrain()
  expect((await wantedOf(id)).map((i) => i.id)).toEqual(expect.arrayContaining(blue))
  expect(await owner.call(getApp, { app_id: id })).toMatchObject({ status: 'running', release: 2, standby: { release: 1 }, replicas: { current: 2, healthy: 2 } })
  expect((await owner.call(listReleases, { app_id: id })).data.map((r) => [r.number, r.state])).toEqual([[2, 'serving'], [1, 'standby']])
  await owner.call(rollBackApp, { app_id: id })
  await drainJobs()
  expect([await inService(id), (await last()).state, (await last()).reason]).toEqual([[1, 1], 'succeeded', 'rollback'])
  expect((await wantedOf(id)).filter((i) => i.routed).map((i) => i.id).toSorted()).toEqual(blue.toSorted())
  await sql('UPDATE app SET standby_until = now() - interval \'1 second\' WHERE id = $1', [id])
  await afterDrain()
  expect((await wantedOf(id)).map((i) => i.id).toSorted()).toEqual(blue.toSorted())
  expect((await owner.call(getApp, { app_id: id })).standby).toBeNull()
})

test('nobody gets requests before it was healthy for as long as was asked for; illness between begins the time anew', async () => {
  const { owner, id, bootAll, report } = await liveApp(1)
  await owner.call(deployApp, { app_id: id, image: 'builtin/hello:v2', strategy: { min_healthy_seconds: 30 } })
  await drainJobs()
  await bootAll()
  const fresh = (await wantedOf(id)).find((i) => i.number === 2)
  const older = () => sql('UPDATE instance SET healthy_at = healthy_at - interval \'31 seconds\' WHERE id = $1', [fresh?.id])
  expect(await inService(id)).toEqual([1])
  await report(vmStatus(fresh?.id ?? '', { vm_start_id: `start-${fresh?.id}`, health: 'bad' }))
  await older()
  await report(up(fresh?.id ?? ''))
  expect(await inService(id)).toEqual([1])
  await older()
  await advanceApp.run({ subject_id: id, org_id: null })
  expect(await inService(id)).toEqual([2])
})

test('a strategy that cannot work is refused at its field', async () => {
  const { owner, id, nodeId } = await liveApp(1)
  const refused = async (strategy: object) => (await problemOf(owner.call(deployApp, { app_id: id, strategy })) as { errors: object[] }).errors
  expect(await refused({ max_surge: 0, max_unavailable: '0%' })).toMatchObject([{ pointer: '/strategy/max_surge', code: 'nothing_may_change' }])
  expect(await refused({ min_healthy_seconds: 60, deadline_seconds: 60 })).toMatchObject([{ pointer: '/strategy/deadline_seconds', code: 'too_short' }])
  await sql('INSERT INTO volume (id, org_id, name, node_id, size_mib, app_id, mount_path) VALUES ($1, $2, \'data\', $3, 1024, $4, \'/data\')', [`vol_${id}`, owner.organization.id, nodeId, id])
  expect(await refused({ type: 'blue_green' })).toMatchObject([{ pointer: '/strategy/type', code: 'volume_attached', message: expect.stringContaining('data') as string }])
})

test('going back restores image by digest, settings and versions of secrets, makes no new release, and a restart stays with it', async () => {
  const { owner, id, settle, last } = await liveApp(1, { env: { MODE: 'one' } })
  const secret = await owner.call(setAppSecret, { app_id: id, name: 'KEY', value: 'first value' })
  await owner.call(restartApp, { app_id: id })
  await drainJobs()
  await settle()
  await sql('UPDATE release SET digest = $2 WHERE app_id = $1 AND number = 2', [id, `sha256:${'a'.repeat(64)}`])
  await owner.call(rotateSecret, { secret_id: secret.id, value: 'second value' })
  await owner.call(updateApp, { app_id: id, image: 'builtin/hello:v2', env: { MODE: 'two', EXTRA: 'x' }, resources: { memory: '256m' } })
  await drainJobs()
  await settle()
  const releases = (await owner.call(listReleases, { app_id: id })).data
  expect(releases.map((r) => [r.number, r.state])).toEqual([[3, 'serving'], [2, 'kept'], [1, 'kept']])
  const before = releases[1]?.id ?? ''
  const diff = await owner.call(compareRelease, { release_id: before })
  expect(diff).toMatchObject({
    release: 2, running: 3, possible: true, at_once: false,
    env: [
      { name: 'EXTRA', kind: 'plain', change: 'removed' }, { name: 'KEY', kind: 'secret', change: 'changed', version_before: 2, version_after: 1 },
      { name: 'MODE', kind: 'plain', change: 'changed', version_before: null, version_after: null },
    ],
  })
  expect(diff.settings.map((s) => [s.field, s.before, s.after])).toEqual(expect.arrayContaining([['image', 'builtin/hello:v2', 'builtin/hello:v1'], ['memory', '256m', '128m']]))
  expect(JSON.stringify(diff)).not.toMatch(/first value|second value|"one"|"two"/)
  await prune()
  await owner.call(rollBackApp, { app_id: id, release_id: before })
  await drainJobs()
  const [spec] = await sql<{ spec: { image: string; env: Record<string, string>; release: number } }>(
    'SELECT o.spec FROM node_object o JOIN instance i ON i.id = o.id WHERE i.app_id = $1 AND i.desired = \'running\' ORDER BY i.created_at DESC LIMIT 1', [id])
  expect(spec?.spec).toMatchObject({ image: `builtin/hello@sha256:${'a'.repeat(64)}`, env: { MODE: 'one' }, release: 2 })
  await settle()
  expect(await last()).toMatchObject({ state: 'succeeded', release: 2 })
  expect(await owner.call(getApp, { app_id: id })).toMatchObject({ release: 2, image: 'builtin/hello:v1', env: { MODE: { value: 'one' } }, resources: { memory: '128m' } })
  expect(await problemOf(owner.call(rollBackApp, { app_id: id, release_id: before }))).toMatchObject({ code: 'rule_violated', errors: [{ pointer: '/release_id', code: 'serving' }] })
  await owner.call(restartApp, { app_id: id })
  expect(await last()).toMatchObject({ release: 4, image: 'builtin/hello:v1' })
})

test('a release whose secret was deleted, or that is beyond those kept, cannot be gone back to, and its secrets are forgotten', async () => {
  const { owner, id, settle } = await liveApp(1)
  const secret = await owner.call(setAppSecret, { app_id: id, name: 'KEY', value: 'a value' })
  await owner.call(restartApp, { app_id: id })
  await drainJobs()
  await settle()
  await owner.call(deleteSecret, { secret_id: secret.id })
  await owner.call(restartApp, { app_id: id })
  await drainJobs()
  await settle()
  const holding = (await owner.call(listReleases, { app_id: id })).data.find((r) => r.number === 2)?.id ?? ''
  expect(await problemOf(owner.call(rollBackApp, { app_id: id, release_id: holding }))).toMatchObject({ errors: [{ pointer: '/release_id', code: 'secret_deleted' }] })
  expect((await owner.call(compareRelease, { release_id: holding })).refused_because).toContain('KEY')
  await sql('UPDATE instance SET ended_at = now() - interval \'2 days\' WHERE app_id = $1 AND desired = \'absent\'', [id])
  await prune()
  expect((await owner.call(listReleases, { app_id: id })).data.map((r) => r.number)).toEqual([3, 1])
  expect(await sql('SELECT 1 FROM secret_version WHERE secret_id = $1', [secret.id])).toEqual([])
  expect(await problemOf(owner.call(rollBackApp, { app_id: id, release_id: holding }))).toMatchObject({ errors: [{ code: 'not_kept' }] })
  await sql('INSERT INTO release (id, org_id, app_id, number, image, config, served_at) SELECT \'rel_more\' || n, org_id, app_id, 100 + n, image, config, now() + n * interval \'1 s\' FROM release, generate_series(1, 12) n WHERE app_id = $1 AND number = 1', [id])
  await prune()
  expect((await owner.call(listReleases, { app_id: id, limit: 50 })).data.map((r) => r.number).toSorted((a, b) => b - a)).toEqual(
    [112, 111, 110, 109, 108, 107, 106, 105, 104, 103, 3],
  )
})

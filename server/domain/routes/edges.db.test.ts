import { expect, test } from 'vitest'
import type { RouteObjectSpec } from '../../contract/node-api/v1.ts'
import { randomText } from '../../core/id.ts'
import { runtime } from '../../core/runtime.ts'
import { makeOwner } from '../../testing/actors.ts'
import { drainJobs, withRuntime } from '../../testing/runtime.ts'
import { createApp, scaleApp } from '../apps/index.ts'
import { advanceApp } from '../deployments/advance-app.ts'
import { listDesired, recordStatus } from '../nodes/index.ts'
import { insertNode, vmStatus } from '../nodes/testing.ts'
import { syncMesh, syncNode } from '../networks/sync-networks.ts'
import { syncNodeHosts, syncNodeInstances } from './sync-hosts.ts'
import { lateEdges, writeRoutesOfApp } from './write-routes.ts'

withRuntime({ SHELLWEGO_SANDBOX_PORT: 25_110, PORT: 25_111 })
const HELLO = { image: 'builtin/hello:v1', port: 8080, resources: { memory: '128m' } }
const sql = async <T extends object>(text: string, values: unknown[] = []): Promise<T[]> => (await runtime().databases.systemPool.query<T>(text, values)).rows

/** All jobs, while every edge takes over at once what it is told. */
const settle = async (): Promise<void> => {
  const edges = setInterval(() => void sql('UPDATE node SET observed_index = desired_index WHERE observed_index < desired_index').catch(() => {}), 20)
  await drainJobs().finally(() => clearInterval(edges))
}
let index = 0
const edge = async (meets = true): Promise<string> => {
  const id = await insertNode()
  index += 1
  const mesh = { public_key: `${randomText(42)}A=`, endpoint: `198.51.100.${index}:51820`, ...(meets ? { edges: true, wakes: true } : {}) }
  await sql('UPDATE node SET mesh_index = $2, facts = facts || $3::jsonb WHERE id = $1', [id, index, JSON.stringify({ network: 'bridge', memory_mib: 1_000_000, mesh })])
  return id
}
/** The only nodes in service. */
const fleet = async (...meets: boolean[]): Promise<string[]> => {
  await sql('UPDATE node SET status = \'lost\', mesh_index = NULL, facts = facts - \'mesh\'')
  const nodes: string[] = []
  for (const one of meets) nodes.push(await edge(one))
  return nodes
}
const routeOn = async (nodeId: string, host: string): Promise<RouteObjectSpec | null> => {
  const object = (await listDesired(nodeId)).objects.find((o) => o.kind === 'route' && o.id.startsWith(`${host}-`) || o.id.startsWith(`${host}.`))
  return object?.kind === 'route' ? object.spec : null
}
const targetOn = async (nodeId: string, host: string) => {
  const spec = await routeOn(nodeId, host)
  return spec?.target === 'portal' ? null : spec?.target ?? null
}

interface Placed { id: string; node_id: string; address: string }
/** Two instances, one on each of the first two nodes, both healthy. */
const serving = async (name: string): Promise<{ appId: string; placed: Placed[] }> => {
  const owner = await makeOwner()
  const { id: appId } = await owner.call(createApp, { ...HELLO, name, replicas: 2 })
  await settle()
  const placed = await sql<Placed>('SELECT id, node_id, address FROM instance WHERE app_id = $1 ORDER BY node_id', [appId])
  for (const { id, node_id: nodeId } of placed) await report(nodeId, id, 'ok')
  await settle()
  return { appId, placed }
}
let seq = 0
const report = async (nodeId: string, id: string, health: 'ok' | 'bad' | 'starting'): Promise<void> => {
  seq += 1
  const { index: observed } = await listDesired(nodeId)
  const [epoch] = await sql<{ epoch: string }>('SELECT epoch FROM control_epoch')
  await recordStatus(nodeId, {
    session_id: `ses_${nodeId}`, seq, observed_epoch: epoch?.epoch ?? '', observed_index: observed, boot_id: 'boot-1', heartbeat: true,
    objects: [vmStatus(id, { health, vm_start_id: `start-${id}` })], node: { load: 0, memory_free_mib: 1_000, disk_free_mib: 1_000, conditions: [] },
  })
}

test('each edge is told where the instances of other nodes are, and how they stand', async () => {
  const [one = '', two = ''] = (await fleet(true, true)).sort()
  const { placed: [here, there] } = await serving('shop')
  expect([here?.node_id, there?.node_id]).toEqual([one, two])
  const remote = (of: Placed | undefined, state: string) => [expect.objectContaining({ node_id: of?.node_id, address: of?.address, state }) as unknown]
  expect(await targetOn(one, 'shop')).toEqual({ instances: expect.arrayContaining([here?.id, there?.id]) as unknown, remote: remote(there, 'serving') })
  expect((await targetOn(two, 'shop'))?.remote).toEqual(remote(here, 'serving'))
  await report(two, there?.id ?? '', 'bad')
  await settle()
  expect(await targetOn(one, 'shop')).not.toHaveProperty('remote')
  expect((await targetOn(two, 'shop'))?.remote).toEqual(remote(here, 'serving'))
  await report(two, there?.id ?? '', 'starting')
  await settle()
  expect((await targetOn(one, 'shop'))?.remote).toEqual(remote(there, 'starting'))
  await report(two, there?.id ?? '', 'ok')
  await settle()
  expect((await targetOn(one, 'shop'))?.remote).toEqual(remote(there, 'serving'))
  await sql('UPDATE node SET status = \'unreachable\' WHERE id = $1', [two])
  await syncNodeInstances.run({ subject_id: two })
  expect((await targetOn(one, 'shop'))?.remote).toEqual(remote(there, 'doubtful'))
})

test('a node without the mesh, or with an agent that knows no other nodes, is told of none and named to none', async () => {
  const nodes = await fleet(true, true, false)
  const { placed } = await serving('lone')
  const old = nodes[2] ?? ''
  await syncNodeHosts.run({ subject_id: old })
  expect(await targetOn(old, 'lone')).not.toHaveProperty('remote')
  for (const nodeId of nodes.slice(0, 2)) {
    const named = (await targetOn(nodeId, 'lone'))?.remote?.map((one) => one.node_id) ?? []
    expect(named).toEqual(placed.map((one) => one.node_id).filter((id) => id !== nodeId && id !== old))
  }
})

test('every edge knows every other by key and address, and forgets a lost one; others do not hear of strangers', async () => {
  const [one = '', two = '', old = ''] = await fleet(true, true, false)
  for (const id of [one, two, old]) await syncNode.run({ subject_id: id, org_id: null })
  const network = async (nodeId: string) => {
    const object = (await listDesired(nodeId)).objects.find((o) => o.kind === 'network')
    return object?.kind === 'network' ? object.spec : null
  }
  const spec = await network(one)
  expect(spec?.address).toMatch(/^10\.127\.240\.\d+$/)
  const address = (await network(two))?.address
  expect(spec?.peers).toEqual([{ node_id: two, public_key: expect.any(String) as unknown, endpoint: expect.any(String) as unknown, address, wakes: true }])
  expect(await network(old)).toEqual({ apps: [], remote: [], peers: [] })
  const before = (await listDesired(one)).index
  await syncNode.run({ subject_id: two, org_id: null })
  expect((await listDesired(one)).index, 'the same again is no news').toBe(before)
  await sql('UPDATE node SET facts = jsonb_set(facts, \'{mesh,endpoint}\', \'"198.51.100.200:51820"\') WHERE id = $1', [two])
  await syncNode.run({ subject_id: two, org_id: null })
  expect((await network(one))?.peers).toEqual([expect.objectContaining({ endpoint: '198.51.100.200:51820' })])
  await sql('UPDATE node SET status = \'lost\' WHERE id = $1', [two])
  await syncNode.run({ subject_id: two, org_id: null })
  expect((await network(one))?.peers).toEqual([])
})

test('apps that change at once on several nodes wait for each other in one order', async () => {
  await fleet(true, true, true)
  const owner = await makeOwner()
  const ids: string[] = []
  for (let n = 0; n < 6; n += 1) ids.push((await owner.call(createApp, { ...HELLO, name: `many-${n}`, replicas: 3 })).id)
  await settle()
  await sql('UPDATE instance SET phase = \'running\', health = \'ok\', routed = true WHERE app_id = ANY($1)', [ids])
  for (let round = 0; round < 8; round += 1) {
    for (const [at, id] of ids.entries()) await owner.call(scaleApp, { app_id: id, replicas: (round + at) % 2 === 0 ? 1 : 4 })
    await Promise.all(ids.map((id) => advanceApp.run({ subject_id: id, org_id: null })))
    await sql('UPDATE instance SET phase = \'running\', health = \'ok\', healthy_at = now() WHERE app_id = ANY($1) AND desired = \'running\'', [ids])
    await sql('UPDATE instance SET ended_at = now() WHERE app_id = ANY($1) AND desired <> \'running\' AND ended_at IS NULL', [ids])
    await sql('UPDATE node SET observed_index = desired_index')
  }
}, 120_000)

test('one that sleeps is told as one that serves, and that its node is to be asked for it; others are told nothing new when it sleeps and wakes', async () => {
  const [one = '', two = ''] = (await fleet(true, true)).sort()
  const { appId, placed: [, there] } = await serving('nap')
  const remote = async () => (await targetOn(one, 'nap'))?.remote?.[0]
  expect(await remote()).not.toHaveProperty('sleeps')
  await sql('UPDATE release SET config = config || \'{"sleepAfterMinutes": 5}\' WHERE app_id = $1', [appId])
  await syncNodeInstances.run({ subject_id: two })
  expect(await remote()).toMatchObject({ id: there?.id, state: 'serving', sleeps: true })
  const before = (await listDesired(one)).index
  await sql('UPDATE instance SET phase = \'sleeping\' WHERE id = $1', [there?.id])
  await syncNodeInstances.run({ subject_id: two })
  expect([await remote(), (await listDesired(one)).index]).toEqual([expect.objectContaining({ state: 'serving', sleeps: true }), before])
  const owner = await sql<{ org_id: string }>('SELECT org_id FROM app WHERE id = $1', [appId])
  await syncMesh.run({ subject_id: there?.id ?? '', org_id: owner[0]?.org_id ?? null })
  const network = (await listDesired(one)).objects.find((o) => o.kind === 'network')
  expect(network?.kind === 'network' ? network.spec.remote : null).toEqual([expect.objectContaining({ address: there?.address, serving: true, sleeps: true })])
  await sql('UPDATE node SET facts = facts #- \'{mesh,wakes}\' WHERE id = $1', [one])
  await syncNodeInstances.run({ subject_id: two })
  expect(await remote(), 'an agent of the release before').toEqual(expect.not.objectContaining({ sleeps: true }))
  await syncNode.run({ subject_id: one, org_id: null })
  const there2 = (await listDesired(two)).objects.find((o) => o.kind === 'network')
  expect(there2?.kind === 'network' ? there2.spec.peers : null, 'the other knows that one of them cannot wake').toEqual([expect.not.objectContaining({ wakes: true })])
})

test('a deployment waits for edges that have not heard of its own routes, whatever others have told them', async () => {
  const [one = ''] = await fleet(true, true)
  const { appId: ours } = await serving('patient')
  const { appId: others } = await serving('busy')
  const late = (appId: string) => runtime().databases.asSystem('job', (db) => lateEdges(db, appId))
  await sql('UPDATE node SET observed_index = desired_index')
  expect([await late(ours), await late(others)]).toEqual([0, 0])
  await sql('UPDATE instance SET health = \'bad\' WHERE app_id = $1 AND node_id = $2', [others, one])
  await runtime().databases.asSystem('job', (db) => writeRoutesOfApp(db, others))
  expect([await late(ours), await late(others)], 'the other node is told who serves').toEqual([0, 1])
  await sql('UPDATE node SET status = \'unreachable\' WHERE observed_index < desired_index')
  expect(await late(others), 'nobody waits for whom nobody hears').toBe(0)
})

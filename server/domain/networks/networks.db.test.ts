import { expect, test } from 'vitest'
import { MeshFacts, type NetworkObjectSpec } from '../../contract/node-api/network.ts'
import { randomText } from '../../core/id.ts'
import { runtime } from '../../core/runtime.ts'
import { makeOwner, makeUser } from '../../testing/actors.ts'
import { drainJobs, withRuntime } from '../../testing/runtime.ts'
import { createApp } from '../apps/index.ts'
import { advanceApp } from '../deployments/advance-app.ts'
import { deleteNode } from '../deployments/index.ts'
import { getNode, listDesired } from '../nodes/index.ts'
import { insertNode } from '../nodes/testing.ts'
import { setQuotas } from '../quotas/index.ts'
import { syncMesh, syncNetworks, syncNode } from './sync-networks.ts'
import { getAppNetwork, getOrgNetwork, setAppNetwork } from './index.ts'

withRuntime({ SHELLWEGO_SANDBOX_PORT: 25_100, PORT: 25_101 })
const HELLO = { image: 'builtin/hello:v1', port: 8080, resources: { memory: '128m' } }
const sql = async <T extends object>(text: string, values: unknown[] = []): Promise<T[]> => (await runtime().databases.systemPool.query<T>(text, values)).rows

/** The only node in service, one with root networking. */
const bridgeNode = async (): Promise<string> => {
  await sql('UPDATE node SET status = \'unreachable\'')
  const nodeId = await insertNode()
  await sql(`UPDATE node SET facts = facts || '{"network": "bridge", "memory_mib": 1000000}' WHERE id = $1`, [nodeId])
  return nodeId
}
const policyOn = async (nodeId: string): Promise<NetworkObjectSpec | null> => {
  const object = (await listDesired(nodeId)).objects.find((o) => o.kind === 'network')
  return object?.kind === 'network' ? object.spec : null
}
const indexOf = async (nodeId: string): Promise<number> => (await listDesired(nodeId)).index
const appOf = async (owner: Awaited<ReturnType<typeof makeOwner>>, name: string): Promise<string> => {
  const { id } = await owner.call(createApp, { ...HELLO, name })
  await drainJobs()
  return id
}
/** Another node in service; both have a place in the mesh. */
const meshNodes = async (): Promise<[string, string]> => {
  const one = await bridgeNode()
  const two = await insertNode()
  for (const [id, at] of [[one, '198.51.100.1'], [two, '198.51.100.2']] as const) {
    await sql(`UPDATE node SET facts = facts || jsonb_build_object('network', 'bridge', 'memory_mib', 1000000, 'mesh', jsonb_build_object('public_key', $2::text, 'endpoint', $3::text)) WHERE id = $1`,
      [id, `${randomText(42)}A=`, `${at}:51820`])
  }
  return [one, two]
}
const RULE = { to: 'api.example.com', protocol: 'tcp' as const, ports: '443' }

test('an app is open at the speed of its plan until its owner says otherwise', async () => {
  const owner = await makeOwner()
  const id = await appOf(owner, 'plain')
  expect(await owner.call(getAppNetwork, { app_id: 'plain' })).toEqual({
    app_id: id, internal_name: 'plain.internal', egress: 'open', rules: [], bandwidth_mbit: null, allowed_bandwidth_mbit: 1000, etag: '0',
  })
})

test('rules reach the node without a new release, and come in the same list as the first instance', async () => {
  const [nodeId, owner] = [await bridgeNode(), await makeOwner()]
  const id = await appOf(owner, 'web')
  expect(await policyOn(nodeId)).toEqual({ apps: [{ app_id: id, egress: null, rate_mbit: 1000 }], remote: [], peers: [] })
  const vms = async () => (await listDesired(nodeId)).objects.filter((o) => o.kind === 'vm')
  const before = await vms()
  expect(before).toHaveLength(1)
  await owner.call(setAppNetwork, { app_id: 'web', egress: 'restricted', rules: [RULE, { to: '1.2.3.4', protocol: 'any', ports: null }], bandwidth_mbit: 20 })
  await drainJobs()
  expect(await policyOn(nodeId)).toMatchObject({
    apps: [{ app_id: id, rate_mbit: 20, egress: [{ to: 'api.example.com', protocol: 'tcp', ports: { from: 443, to: 443 } }, { to: '1.2.3.4/32', protocol: 'any', ports: null }] }],
  })
  expect(await vms()).toEqual(before)
  const index = await indexOf(nodeId)
  await owner.call(setAppNetwork, { app_id: 'web', egress: 'restricted', rules: [RULE, { to: '1.2.3.4', protocol: 'any', ports: null }], bandwidth_mbit: 20 })
  await drainJobs()
  expect(await indexOf(nodeId), 'the same again is no news').toBe(index)
})

test('an instance placed under rules never comes without them', async () => {
  const owner = await makeOwner()
  await sql('UPDATE node SET status = \'unreachable\'')
  const id = await appOf(owner, 'later')
  await owner.call(setAppNetwork, { app_id: 'later', egress: 'restricted', rules: [] })
  const nodeId = await bridgeNode()
  await sql('UPDATE deployment SET state = \'queued\', error_code = NULL, finished_at = NULL WHERE app_id = $1', [id])
  await advanceApp.run({ subject_id: id, org_id: null })
  const { objects } = await listDesired(nodeId)
  expect(objects.map((o) => o.kind)).toEqual(['network', 'vm'])
  expect((await policyOn(nodeId))?.apps).toEqual([{ app_id: id, egress: [], rate_mbit: 1000 }])
})

test('no instance is faster than the organization may be, and the operator\'s limit reaches the node', async () => {
  const [nodeId, owner, staff] = [await bridgeNode(), await makeOwner(), await makeUser({ staff: true })]
  await appOf(owner, 'fast')
  await expect(owner.call(setAppNetwork, { app_id: 'fast', egress: 'open', rules: [], bandwidth_mbit: 1001 }))
    .rejects.toMatchObject({ code: 'quota_exceeded', quotas: [{ name: 'bandwidth_mbit', requested: 1001, limit: 1000 }] })
  await owner.call(setAppNetwork, { app_id: 'fast', egress: 'open', rules: [], bandwidth_mbit: 500 })
  await staff.call(setQuotas, { organization_id: owner.organization.id, bandwidth_mbit: 50 })
  await drainJobs()
  expect((await policyOn(nodeId))?.apps).toEqual([expect.objectContaining({ rate_mbit: 50 })])
  expect(await owner.call(getAppNetwork, { app_id: 'fast' })).toMatchObject({ bandwidth_mbit: 500, allowed_bandwidth_mbit: 50 })
})

test('every fault of a rule is told at its place, and nothing is kept', async () => {
  const owner = await makeOwner()
  await appOf(owner, 'strict')
  await expect(owner.call(setAppNetwork, { app_id: 'strict', egress: 'restricted', rules: [RULE, { to: '10.1.2.3' }, { to: 'x.example.com', ports: '0' }] })).rejects.toMatchObject({
    code: 'rule_violated', errors: [{ pointer: '/rules/1/to', code: 'private_range' }, { pointer: '/rules/2/ports', code: 'not_ports' }],
  })
  await expect(owner.call(setAppNetwork, { app_id: 'strict', egress: 'restricted', rules: Array.from({ length: 51 }, () => RULE) }))
    .rejects.toMatchObject({ code: 'invalid_request', errors: [{ pointer: '/rules' }] })
  expect(await owner.call(getAppNetwork, { app_id: 'strict' })).toMatchObject({ egress: 'open', rules: [], etag: '0' })
})

test('the network of an organization shows its range and its own instances only', async () => {
  const [nodeId, owner, other] = [await bridgeNode(), await makeOwner(), await makeOwner()]
  const id = await appOf(owner, 'mine')
  await appOf(other, 'theirs')
  const network = await owner.call(getOrgNetwork, {})
  expect(network.range).toMatch(/^10\.\d+\.\d+\.0\/24$/)
  expect(network.apps).toEqual([{
    id, name: 'mine', internal_name: 'mine.internal', egress: 'open', rules: 0, bandwidth_mbit: null,
    instances: [{ id: expect.any(String), address: expect.stringContaining(network.range.replace(/0\/24$/, '')), node_id: nodeId, serving: false }],
  }])
  expect(network.nodes).toEqual([{ id: nodeId, region: 'local', instances: 1, in_mesh: false }])
  expect((await other.call(getOrgNetwork, {})).range).not.toBe(network.range)
})

test('nodes that share an organization learn of each other and of its instances; nobody learns of another organization\'s', async () => {
  const [one, two] = await meshNodes()
  const [owner, other] = [await makeOwner(), await makeOwner()]
  const { id } = await owner.call(createApp, { ...HELLO, name: 'spread', replicas: 2 })
  await appOf(other, 'apart')
  const placed = await sql<{ id: string; node_id: string; address: string }>('SELECT id, node_id, address FROM instance WHERE app_id = $1', [id])
  expect(new Set(placed.map((row) => row.node_id))).toEqual(new Set([one, two]))
  await syncNetworks.run({ subject_id: owner.organization.id, org_id: owner.organization.id })
  const networkId = `net_${owner.organization.id.slice(4)}`
  for (const [here, there] of [[one, two], [two, one]] as const) {
    const policy = await policyOn(here)
    const away = placed.find((row) => row.node_id === there)
    expect(policy?.remote).toEqual([{ network_id: networkId, node_id: there, address: away?.address, name: 'spread', serving: false }])
    expect(policy?.peers).toEqual([expect.objectContaining({ node_id: there })])
  }
  await sql('UPDATE instance SET phase = \'running\', health = \'ok\' WHERE app_id = $1', [id])
  await syncMesh.run({ subject_id: placed[0]?.id ?? '', org_id: owner.organization.id })
  expect((await policyOn(one))?.remote).toEqual([expect.objectContaining({ serving: true })])
  await sql('UPDATE node SET status = \'unreachable\' WHERE id = $1', [two])
  await syncNode.run({ subject_id: two, org_id: null })
  expect((await policyOn(one))?.remote).toEqual([expect.objectContaining({ serving: false })])
  await sql('UPDATE node SET status = \'lost\' WHERE id = $1', [two])
  await syncNode.run({ subject_id: two, org_id: null })
  expect(await policyOn(one)).toMatchObject({ remote: [], peers: [] })
  await sql('UPDATE node SET status = \'ready\' WHERE id = $1', [two])
  await syncNode.run({ subject_id: two, org_id: null })
  expect((await policyOn(one))?.peers).toEqual([expect.objectContaining({ node_id: two })])
  await sql('UPDATE instance SET ended_at = now() WHERE app_id = $1 AND node_id = $2', [id, two])
  await syncMesh.run({ subject_id: placed[0]?.id ?? '', org_id: owner.organization.id })
  expect(await policyOn(one)).toMatchObject({ remote: [], peers: [] })
})

test('a node that is deleted is nobody\'s peer any more', async () => {
  const [one, two] = await meshNodes()
  const [owner, operator] = [await makeOwner(), await makeUser({ staff: true })]
  const { id } = await owner.call(createApp, { ...HELLO, name: 'left', replicas: 2 })
  await drainJobs()
  await syncNetworks.run({ subject_id: owner.organization.id, org_id: owner.organization.id })
  expect((await policyOn(one))?.peers).toHaveLength(1)
  expect((await operator.call(getNode, { node_id: one })).mesh).toMatchObject({ endpoint: '198.51.100.1:51820', peers: [two] })
  await sql('UPDATE instance SET desired = \'deleted\' WHERE app_id = $1 AND node_id = $2', [id, two])
  await operator.call(deleteNode, { node_id: two })
  await drainJobs()
  expect(await policyOn(one)).toMatchObject({ remote: [], peers: [] })
})

test('an address is one instance\'s, on whatever node', async () => {
  const [, two] = await meshNodes()
  const owner = await makeOwner()
  const { id } = await owner.call(createApp, { ...HELLO, name: 'apart', replicas: 2 })
  await drainJobs()
  const rows = await sql<{ id: string; address: string }>('SELECT id, address FROM instance WHERE app_id = $1', [id])
  expect(new Set(rows.map((row) => row.address)).size).toBe(2)
  await expect(sql('UPDATE instance SET address = $1, node_id = $2 WHERE id = $3', [rows[0]?.address, two, rows[1]?.id])).rejects.toThrow('instance_address_live')
})

test('a key of the mesh is one node\'s, and what would trip up other nodes is refused', async () => {
  const [one] = await meshNodes()
  const [{ key = '' } = {}] = await sql<{ key: string }>('SELECT facts->\'mesh\'->>\'public_key\' AS key FROM node WHERE id = $1', [one])
  const good = { public_key: key, endpoint: '198.51.100.9:51820' }
  expect(MeshFacts.safeParse(good).success).toBe(true)
  for (const endpoint of ['node.example.com:51820', '198.51.100.999:51820', '198.51.100.9:0', '198.51.100.9:65536', '198.51.100.9:1\n[Peer]', '198.51.100.9', '[::1]:51820']) {
    expect([endpoint, MeshFacts.safeParse({ ...good, endpoint }).success]).toEqual([endpoint, false])
  }
  expect(MeshFacts.safeParse({ ...good, public_key: `${'A'.repeat(42)}B=` }).success).toBe(false)
})

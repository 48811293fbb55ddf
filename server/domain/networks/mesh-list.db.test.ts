import { expect, test } from 'vitest'
import { runtime } from '../../core/runtime.ts'
import { makeUser } from '../../testing/actors.ts'
import { withRuntime } from '../../testing/runtime.ts'
import { getNode, listDesired } from '../nodes/index.ts'
import { syncMeshList } from './sync-mesh-list.ts'
import { syncNode } from './sync-networks.ts'

withRuntime()
const sql = async <T extends object>(text: string, values: unknown[] = []): Promise<T[]> => (await runtime().databases.systemPool.query<T>(text, values)).rows
const insertEdges = (from: number, to: number) => sql(`
  INSERT INTO node (id, install_id, public_key, hostname, status, facts, boot_id, agent_version, session_id, credential_hash, credential_expires_at, last_seen_at, mesh_index)
  SELECT 'node_' || lpad(n::text, 3, '0'), 'install' || n, '', 'edge-' || n, 'ready', '{"hostname":"edge","cpu":4,"memory_mib":8192,"disk_mib":100000,"kernel":"6.1","driver":"fake",
    "accelerator":"tcg","isolation":"emulated","network":"bridge"}'::jsonb || jsonb_build_object('mesh', jsonb_build_object('public_key', rpad(n::text || 'x', 42, 'A') || 'A=',
    'endpoint', '198.51.100.' || n || ':51820', 'edges', true)), 'boot', '0.1.0', 'ses', '', now(), now(), n FROM generate_series($1::int, $2::int) n`, [from, to])
const peersOf = async (nodeId: string): Promise<string[]> => {
  const object = (await listDesired(nodeId)).objects.find((o) => o.kind === 'network')
  return object?.kind === 'network' ? object.spec.peers.map((peer) => `${peer.node_id} ${peer.endpoint}`) : []
}
const move = (nodeId: string, endpoint: string) => sql('UPDATE node SET facts = jsonb_set(facts, \'{mesh,endpoint}\', to_jsonb($2::text)) WHERE id = $1', [nodeId, endpoint])
const waiting = () => sql<{ key: string }>('SELECT key FROM graphile_worker.jobs WHERE key = \'mesh list\'')

test('every edge hears of every other; its own list holds none of them, and one that is lost is forgotten by all', async () => {
  await insertEdges(1, 3)
  for (const id of ['node_001', 'node_002', 'node_003']) await syncNode.run({ subject_id: id, org_id: null })
  expect(await peersOf('node_002')).toEqual(['node_001 198.51.100.1:51820', 'node_003 198.51.100.3:51820'])
  expect(await sql('SELECT jsonb_array_length(spec->\'peers\') AS own FROM node_object WHERE kind = \'network\'')).toEqual([{ own: 0 }, { own: 0 }, { own: 0 }])
  const staff = await makeUser({ staff: true })
  expect((await staff.call(getNode, { node_id: 'node_002' })).mesh).toMatchObject({ peer_count: 2, peers: ['node_001', 'node_003'] })
  await sql('UPDATE node SET status = \'lost\' WHERE id = \'node_003\'')
  await syncNode.run({ subject_id: 'node_003', org_id: null })
  expect([await peersOf('node_001'), await peersOf('node_002')]).toEqual([['node_002 198.51.100.2:51820'], ['node_001 198.51.100.1:51820']])
})

test('among more than a hundred, changes that come close together are told together', async () => {
  await insertEdges(4, 120)
  await sql('UPDATE mesh_list SET told_at = now() - interval \'1 hour\'')
  await syncNode.run({ subject_id: 'node_004', org_id: null })
  expect(await peersOf('node_001')).toHaveLength(118)
  // As if just told: how fast this machine is decides nothing.
  await sql('UPDATE mesh_list SET told_at = now() + interval \'1 minute\'')
  for (const at of [50, 51]) {
    await move(`node_0${at}`, `203.0.113.${at}:51820`)
    await syncNode.run({ subject_id: `node_0${at}`, org_id: null })
  }
  expect([await peersOf('node_001')].flat().filter((peer) => peer.includes('203.0.113')), 'not yet').toEqual([])
  expect(await waiting()).toHaveLength(1)
  await sql('UPDATE mesh_list SET told_at = now() - interval \'1 hour\'')
  const { index } = await listDesired('node_001')
  await syncMeshList.run({})
  expect([await peersOf('node_001')].flat().filter((peer) => peer.includes('203.0.113'))).toHaveLength(2)
  expect((await listDesired('node_001')).index).toBe(index + 1)
})

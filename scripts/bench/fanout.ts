import { runtime } from '../../server/core/runtime.ts'
import { readCandidates, readDesired } from '../../server/domain/nodes/index.ts'
import { makeInstance } from '../../server/domain/nodes/testing.ts'
import { syncNode } from '../../server/domain/networks/sync-networks.ts'
import { writeRoutesOfApp } from '../../server/domain/routes/index.ts'
import { makeOwner } from '../../server/testing/actors.ts'
import { withCore } from './core.ts'
import { quantile, type Figure } from './report.ts'

const SIZES = (process.env['SHELLWEGO_BENCH_FANOUT'] ?? '1000').split(',').map(Number)
const OTHER_ROUTES = 200
const CHANGES = 10
const MOVES = 3
/** As many as the hub asks about at once. */
const POLLED_AT_ONCE = 250

const sql = async <T extends object>(text: string, values: unknown[] = []): Promise<T[]> => (await runtime().databases.systemPool.query<T>(text, values)).rows

const timed = async (act: () => Promise<unknown>): Promise<number> => {
  const begun = performance.now()
  await act()
  return performance.now() - begun
}

const times = async (count: number, act: (n: number) => Promise<unknown>): Promise<number[]> => {
  const all: number[] = []
  for (let n = 0; n < count; n += 1) all.push(await timed(() => act(n)))
  return all
}

/** All in one mesh, each with routes of other apps already. */
async function insertNodes(from: number, to: number): Promise<void> {
  await sql(`INSERT INTO node (id, install_id, public_key, hostname, status, facts, boot_id, agent_version, session_id, credential_hash, credential_expires_at, last_seen_at, mesh_index)
    SELECT 'node_' || lpad(n::text, 6, '0'), 'install' || n, '', 'node-' || n, 'ready', jsonb_build_object('hostname', 'node-' || n, 'cpu', 16, 'memory_mib', 65536,
      'disk_mib', 1000000, 'kernel', '6.1', 'driver', 'fake', 'accelerator', 'tcg', 'isolation', 'emulated', 'network', 'bridge', 'mesh', jsonb_build_object(
      'public_key', rpad(n::text, 42, 'A') || 'A=', 'endpoint', '198.51.' || n / 250 || '.' || n % 250 || ':51820', 'edges', true)),
      'boot', '0.1.0', 'ses', '', now(), now(), CASE WHEN n <= 4094 THEN n END FROM generate_series($1::int, $2::int) n`, [from + 1, to])
  await sql(`INSERT INTO node_object (node_id, kind, id, desired, changed_index, spec)
    SELECT node.id, 'route', 'other-' || n, 'present', 1, jsonb_build_object('host', 'other-' || n, 'target', jsonb_build_object('instances', jsonb_build_array('inst_' || n)))
    FROM node, generate_series(1, $1::int) n WHERE node.id > 'node_' || lpad($2::text, 6, '0')`, [OTHER_ROUTES, from])
  await sql('ANALYZE node, node_object')
}

/** An app whose instances run on the first nodes. */
async function appOn(nodes: number, size: number): Promise<string> {
  const { organization } = await makeOwner()
  const { appId, instanceId, releaseId } = await makeInstance(organization.id, 'node_000001')
  await sql('UPDATE release SET config = \'{"port": 8080}\' WHERE id = $1', [releaseId])
  await sql(`INSERT INTO instance (id, org_id, app_id, release_id, node_id, address, desired) SELECT $1 || n, org_id, app_id, release_id, 'node_' || lpad(n::text, 6, '0'), '10.65.' || $3::text || '.' || n, desired
    FROM instance, generate_series(2, $2::int) n WHERE id = $1`, [instanceId, nodes, size / 250])
  await sql('UPDATE instance SET phase = \'running\', health = \'ok\', routed = true WHERE app_id = $1', [appId])
  await sql('INSERT INTO hostname (hostname, org_id, app_id) VALUES ($1 || \'.apps.localhost\', $2, $1)', [appId, organization.id])
  return appId
}

async function measureSize(from: number, size: number): Promise<Figure[]> {
  await insertNodes(from, size)
  const appId = await appOn(4, size)
  const job = (work: Parameters<ReturnType<typeof runtime>['databases']['asSystem']>[1]) => runtime().databases.asSystem('job', work, 600_000)
  await job((db) => writeRoutesOfApp(db, appId))
  const ill = (n: number) => sql('UPDATE instance SET health = $2 WHERE app_id = $1 AND id = (SELECT max(id) FROM instance WHERE app_id = $1)', [appId, n % 2 === 0 ? 'bad' : 'ok'])
  const changes = await times(CHANGES, async (n) => {
    await ill(n)
    await job((db) => writeRoutesOfApp(db, appId))
  })
  const same = await times(CHANGES, () => job((db) => writeRoutesOfApp(db, appId)))
  const bare = await times(CHANGES, () => job((db) => db.$executeRaw`UPDATE node_object SET spec = spec || ${JSON.stringify({ app_id: String(performance.now()) })}::jsonb WHERE id = ${`${appId}.apps.localhost`}`))
  await ill(0)
  const before = await sql<{ id: string; index: string; epoch: string }>('SELECT n.id, n.desired_index AS index, e.epoch FROM node n, control_epoch e')
  await job((db) => writeRoutesOfApp(db, appId))
  const polls = await timed(async () => {
    for (let at = 0; at < before.length; at += POLLED_AT_ONCE) {
      await readDesired(before.slice(at, at + POLLED_AT_ONCE).map(({ id, index, epoch }) => ({ nodeId: id, since: { epoch, index: Number(index) } })))
    }
  })
  const candidates = await times(CHANGES, () => job((db) => readCandidates(db, { releaseId: 'none', image: 'builtin/hello' })))
  const first = await timed(() => syncNode.run({ subject_id: 'node_000001', org_id: null }))
  const moves = await times(MOVES, async (n) => {
    await sql('UPDATE node SET facts = jsonb_set(facts, \'{mesh,endpoint}\', to_jsonb($1::text)) WHERE id = \'node_000007\'', [`203.0.113.${n}:51820`])
    await syncNode.run({ subject_id: 'node_000007', org_id: null })
  })
  const name = `${size} nodes`
  return [
    { what: `${name}: a route changed on all of them, p50 of ${CHANGES}`, value: quantile(changes, 0.5), unit: 'ms', reference: { what: 'bare UPDATE of the same rows', value: quantile(bare, 0.5) } },
    { what: `${name}: the same route again, p50 of ${CHANGES}`, value: quantile(same, 0.5), unit: 'ms' },
    { what: `${name}: read by all their polls, ${OTHER_ROUTES} routes each`, value: polls, unit: 'ms' },
    { what: `${name}: looked at for one placement, p50 of ${CHANGES}`, value: quantile(candidates, 0.5), unit: 'ms' },
    { what: `${name}: the mesh told to all`, value: first, unit: 'ms' },
    { what: `${name}: a node of the mesh moved, p50 of ${MOVES}`, value: quantile(moves, 0.5), unit: 'ms' },
  ]
}

/** What one change costs that every node has to hear of. */
export const measureFanout = (): Promise<Figure[]> => withCore(8, async () => {
  const figures: Figure[] = []
  for (const [at, size] of SIZES.entries()) figures.push(...await measureSize(SIZES[at - 1] ?? 0, size))
  return figures
})

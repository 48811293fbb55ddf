import type pg from 'pg'
import { faultsOfAudit } from '../check-audit.ts'
import { faultsOfChain, faultsOfRows, OF_ROWS } from '../check.ts'
import type { Call, Workload } from '../workload.ts'
import type { FleetMachine } from './machine.ts'
import { nodesOf } from './operator.ts'
import type { Store } from './stores.ts'
import type { Writers } from './writers.ts'

export interface FleetScene {
  pool: pg.Pool
  call: Call
  operator: Call
  organizationId: string
  workload: Workload
  stores: readonly Store[]
  machines: readonly FleetMachine[]
  writers: Writers
}

const { 'I1 one node is there': _, ...SHARED } = OF_ROWS
const RULES = {
  ...SHARED,
  'every drain ends': "SELECT id FROM node_drain WHERE state = 'running'",
  'I3 who holds a volume is there': 'SELECT h.volume_id FROM volume_hold h JOIN instance i ON i.id = h.instance_id WHERE i.ended_at IS NOT NULL OR i.fenced_at IS NOT NULL',
  'every deletion of a volume is carried out': 'SELECT id FROM volume WHERE replaces_id IS NOT NULL AND app_id IS NULL AND deleted_at IS NULL AND id NOT IN (SELECT replaces_id FROM volume WHERE replaces_id IS NOT NULL)',
}

/** I2: on each machine what the portal wants there, and nothing else. */
async function faultsOfMachines({ pool, machines }: FleetScene): Promise<string[]> {
  const { rows } = await pool.query<{ id: string; hostname: string }>("SELECT i.id, n.hostname FROM instance i JOIN node n ON n.id = i.node_id WHERE i.desired = 'running' AND i.ended_at IS NULL")
  return machines.flatMap(({ name, world: { host, disks, network } }) => {
    const wanted = rows.filter(({ hostname }) => hostname === name).map(({ id }) => id).sort().join()
    const there = { machines: host.machines, folders: host.folders, disks: disks.disks, taps: network.taps }
    return Object.entries(there).flatMap(([what, found]) => {
      const ids = [...found.keys()].sort().join()
      return ids === wanted ? [] : [`I2 ${name} has ${what} of ${ids || 'nothing'}, wanted are ${wanted || 'none'}`]
    })
  })
}

async function faultsOfApps({ call, workload, stores }: FleetScene): Promise<string[]> {
  const expected = [...workload.apps.values(), ...stores.map(({ appId, name }) => ({ id: appId, name, replicas: 1, stopped: false }))]
  const found = await Promise.all(expected.map(async ({ id, name, replicas, stopped }) => {
    const { status, body } = await call('GET', `/apps/${id}`)
    if (status !== 200) return [`${name} could not be read: ${status}`]
    const wanted = stopped ? 'stopped' : 'running'
    if (body['status'] !== wanted) return [`${name} is ${String(body['status'])}, not ${wanted}`]
    const { healthy } = body['replicas'] as { healthy: number }
    return stopped || healthy === replicas ? [] : [`${name} has ${healthy} of ${replicas} instances`]
  }))
  return found.flat()
}

async function faultsOfVolumes({ call, stores, machines }: FleetScene): Promise<string[]> {
  const found = await Promise.all(stores.map(async ({ volumeId, appId, name }) => {
    const { body } = await call('GET', `/volumes/${volumeId}`)
    const there = machines.filter(({ world }) => world.volumes.volumes.has(volumeId)).map((machine) => machine.name)
    return [
      ...(body['status'] === 'attached' && body['app_id'] === appId && body['in_use_by'] !== null ? [] : [`the volume of ${name} is ${String(body['status'])}, used by ${String(body['in_use_by'])}`]),
      ...(there.length === 1 ? [] : [`I4 the volume of ${name} lies on ${there.join() || 'no machine'}`]),
    ]
  }))
  return found.flat()
}

async function faultsOfNodes({ operator, machines }: FleetScene): Promise<string[]> {
  const nodes = await nodesOf(operator)
  const names = nodes.map(({ hostname }) => hostname).sort().join()
  const expected = machines.map(({ name }) => name).sort().join()
  return [
    ...(names === expected ? [] : [`I1 nodes are ${names}, machines are ${expected}`]),
    ...nodes.filter(({ status, declared_dead: dead }) => status !== 'ready' || dead).map(({ hostname, status }) => `${hostname} is ${status}`),
  ]
}

/** What does not hold now, or did not at any time. */
export async function findFleetFaults(scene: FleetScene): Promise<string[]> {
  const { pool, call, operator, workload, writers, machines } = scene
  const { body } = await call('GET', '/apps?limit=100')
  const names = (body['data'] as { name: string }[]).map(({ name }) => name)
  const books = (await operator('GET', '/admin/invariants')).body as { findings?: { rule: string }[] }
  return [
    ...writers.broken, ...workload.broken,
    ...machines.filter(({ alive }) => !alive).map(({ name }) => `the agent of ${name} is away`),
    ...names.filter((name) => workload.deleted.has(name)).map((name) => `${name} was deleted and is there`),
    ...(books.findings ?? [{ rule: 'the books could not be read' }]).map(({ rule }) => `books: ${rule}`),
    ...await faultsOfNodes(scene), ...await faultsOfApps(scene), ...await faultsOfVolumes(scene), ...await faultsOfMachines(scene),
    ...await faultsOfRows(pool, RULES), ...await faultsOfAudit(pool, workload.history, workload.ids), ...await faultsOfChain(scene),
  ]
}

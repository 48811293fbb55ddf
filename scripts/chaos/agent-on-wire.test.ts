import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import type { Agent } from '../../agent/agent.ts'
import { createWorld, tombstone, until, vmObject, type World } from '../../agent/testing/world.ts'
import type { DesiredObject } from '../../server/contract/node-api/v1.ts'
import { pick, randomOf } from './random.ts'
import { makeWire, WIRE_FAULTS, type Wire } from './wire.ts'

const FULL = process.env['SHELLWEGO_FULL'] === '1'
const SEEDS = Array.from({ length: FULL ? 20 : 3 }, (_, at) => at + 1)
const IDS = ['vm_1', 'vm_2', 'vm_3'] as const
const TURNS = 12
/** More than an agent stands still whose session another call took. */
const CALM_MS = 75_000

interface Scene { world: World; wire: Wire; agent: Agent; wanted: Map<string, DesiredObject>; told: Map<string, number> }

const begin = async (world: World, wire: Wire): Promise<Agent> => {
  const agent = world.agent({ options: { portal: { url: `http://127.0.0.1:${wire.port}`, ca: null } } })
  await agent.start()
  return agent
}

/** What happens to the portal's wishes, to the machines, and to the agent itself while the wire is as it is. */
async function act(scene: Scene, random: () => number): Promise<void> {
  const { world, wire, wanted, told } = scene
  const id = pick(random, IDS)
  const generation = (wanted.get(id)?.generation ?? 0) + 1
  const kind = pick(random, ['run', 'run', 'remove', 'crash', 'tell', 'tell', 'restart agent'] as const)
  if (kind === 'run') wanted.set(id, vmObject(id, generation))
  if (kind === 'remove') wanted.set(id, tombstone(id, generation))
  if (kind === 'run' || kind === 'remove') world.portal.want([...wanted.values()])
  if (kind === 'crash') world.host.crash(id)
  if (kind === 'tell') for (const [vm, machine] of world.host.machines) {
    const start = `${vm} ${machine.identity.startId}`
    for (let n = 0; n < 3; n += 1) {
      told.set(start, (told.get(start) ?? 0) + 1)
      machine.log('stdout', `tell ${told.get(start)}`)
    }
  }
  if (kind === 'restart agent') {
    await scene.agent.stop()
    scene.agent = await begin(world, wire)
  }
}

const isAsWanted = ({ world, wanted }: Scene): boolean => [...wanted.values()].every(({ id, generation, desired }) => {
  const status = world.portal.status(id)
  const up = world.host.machines.has(id)
  return desired === 'running' ? up && status?.phase === 'running' && status.health === 'ok' && status.generation === generation : !up && status?.phase === 'absent'
})

/** Of machines that are there: what they told, each line once and in order. */
const isWhole = ({ world, told }: Scene): boolean => [...world.host.machines].every(([vm, { identity }]) => {
  const lines = [...world.portal.logs.values()].filter((record) => record.start === identity.startId && 'line' in record && record.line.startsWith('tell'))
    .sort((a, b) => a.seq - b.seq).map((record) => ('line' in record ? record.line : ''))
  return lines.join() === Array.from({ length: told.get(`${vm} ${identity.startId}`) ?? 0 }, (_, at) => `tell ${at + 1}`).join()
})

function countsOnce({ world }: Scene): void {
  const last = new Map<string, number>()
  for (const { vm_start_id: start, cum } of world.portal.usage) {
    expect(cum.cpu_us).toBeGreaterThanOrEqual(last.get(start) ?? 0)
    last.set(start, cum.cpu_us)
  }
}

test.each(SEEDS)('seed %i: whatever the wire does, the node comes to what the portal wants, no line is lost and no counter falls', async (seed) => {
  const random = randomOf(seed)
  const [world, wire] = [await createWorld(), await makeWire(random)]
  wire.aim(Number(new URL(world.portalUrl).port))
  const scene: Scene = { world, wire, agent: await begin(world, wire), wanted: new Map(), told: new Map() }
  try {
    // An answer to the first of two registrations would cost the node a minute: see server/transport/node/node-api.db.test.ts.
    await until('the node joined', () => world.portal.lastStatus !== null)
    for (let turn = 0; turn < TURNS; turn += 1) {
      wire.set(turn % 3 === 0 ? null : pick(random, WIRE_FAULTS))
      await act(scene, random)
      await sleep(50 + random() * 400)
    }
    wire.set(null)
    await until('what is wanted', () => isAsWanted(scene), CALM_MS)
    await until('every line', () => isWhole(scene), CALM_MS)
    countsOnce(scene)
  } finally {
    wire.close()
    await scene.agent.stop()
    await world.close()
  }
}, 170_000)

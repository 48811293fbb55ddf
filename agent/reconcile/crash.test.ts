import { afterEach, beforeEach, expect, test } from 'vitest'
import { beginMortal, type Fate } from '../testing/mortal.ts'
import { createWorld, tombstone, until, vmObject, type World } from '../testing/world.ts'

let world: World
beforeEach(async () => { world = await createWorld() })
afterEach(() => world.close())

const running = (generation: number): boolean => {
  const status = world.portal.status('vm_1')
  return status?.phase === 'running' && status.health === 'ok' && status.generation === generation
}

/** Runs one act with an agent that dies at operation k, then a healthy agent; returns false when the act has fewer operations. */
async function survives(k: number, when: Fate['when'], act: () => void, done: () => boolean): Promise<boolean> {
  const { agent, life } = await beginMortal(world, { at: k, when })
  act()
  await until('death or success', () => life.dead() || done(), 5_000)
  const died = life.dead()
  await world.end(agent)
  if (!died) return false
  const next = await beginMortal(world, null)
  await until(`recovery from death ${when} operation ${k} (${life.log.at(-1)})`, done, 8_000)
  // Two connections to one VM would fight over its log.
  expect(next.life.log.filter((call) => call === 'vmm.attach').length).toBeLessThanOrEqual(1)
  await world.end(next.agent)
  return true
}

const oneOfEach = (): void => {
  expect([...world.host.machines.keys()]).toEqual(['vm_1'])
  expect([...world.network.taps.keys()]).toEqual(['vm_1'])
  expect([...world.disks.disks.keys()]).toEqual(['vm_1'])
  expect([...world.host.folders]).toEqual(['vm_1'])
}

test.each(['before', 'after'] as const)('an agent killed %s any operation of a create ends with exactly one VM', async (when) => {
  let deaths = 0
  for (let k = 0; k < 40; k += 1) {
    const died = await survives(k, when, () => world.portal.want([vmObject('vm_1')]), () => running(1))
    oneOfEach()
    expect(world.host.starts.length).toBeLessThanOrEqual(2)
    await world.close()
    world = await createWorld()
    if (!died) break
    deaths += 1
  }
  expect(deaths).toBeGreaterThanOrEqual(6)
}, 120_000)

test.each(['before', 'after'] as const)('an agent killed %s any operation of a replacement ends with only the new generation', async (when) => {
  let deaths = 0
  for (let k = 0; k < 40; k += 1) {
    world.portal.want([vmObject('vm_1', 1)])
    const first = await beginMortal(world, null)
    await until('first generation', () => running(1))
    await world.end(first.agent)
    const died = await survives(k, when, () => world.portal.want([vmObject('vm_1', 2, { env: { HELLO_A: '2' } })]), () => running(2))
    oneOfEach()
    await world.close()
    world = await createWorld()
    if (!died) break
    deaths += 1
  }
  expect(deaths).toBeGreaterThanOrEqual(8)
}, 120_000)

test.each(['before', 'after'] as const)('an agent killed %s any operation of a delete leaves nothing behind', async (when) => {
  let deaths = 0
  for (let k = 0; k < 40; k += 1) {
    world.portal.want([vmObject('vm_1', 1)])
    const first = await beginMortal(world, null)
    await until('running', () => running(1))
    await world.end(first.agent)
    const died = await survives(k, when, () => world.portal.want([tombstone('vm_1', 2)]), () => world.portal.status('vm_1')?.phase === 'absent')
    expect([world.host.machines.size, world.network.taps.size, world.disks.disks.size, world.host.folders.size]).toEqual([0, 0, 0, 0])
    await world.close()
    world = await createWorld()
    if (!died) break
    deaths += 1
  }
  expect(deaths).toBeGreaterThanOrEqual(4)
}, 120_000)

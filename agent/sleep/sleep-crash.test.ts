/** The agent dies at every operation of falling asleep and of waking; what is left is one VM, or one that can be woken or booted. */
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Agent } from '../agent.ts'
import { systemClock } from '../runtime/clock.ts'
import { mortal, type Fate } from '../testing/mortal.ts'
import { createWorld, until, vmObject, type World } from '../testing/world.ts'

let world: World
let aheadMs = 0
const agents = new Set<Agent>()
beforeEach(async () => {
  world = await createWorld()
  aheadMs = 0
})
afterEach(async () => {
  for (const agent of agents) await agent.stop()
  agents.clear()
  await world.close()
})

async function begin(fate: Fate | null) {
  const life = mortal(world.drivers(), fate)
  const real = systemClock()
  const agent = world.agent({ drivers: life.drivers, clock: { ...real, monotonicMs: () => real.monotonicMs() + aheadMs } })
  agents.add(agent)
  const started = agent.start()
  await Promise.race([started, until('dead', life.dead).catch(() => {})])
  return { agent, life }
}
async function end(agent: Agent): Promise<void> {
  agents.delete(agent)
  await agent.stop()
}
const status = () => world.portal.status('vm_1')
const running = (): boolean => status()?.phase === 'running' && status()?.health === 'ok'
const asleep = (): boolean => status()?.phase === 'sleeping'
const wish = (): void => world.portal.want([
  vmObject('vm_1', 1, { sleep_after_s: 60 }),
  { kind: 'route', id: 'shop.test', generation: 1, desired: 'present', spec: { host: 'shop.test', target: { instances: ['vm_1'] }, app_id: 'app_1' } },
])
/** Never two, and never an awake one beside a snapshot that could be woken too. */
const oneAtMost = (): void => {
  expect(world.host.machines.size + world.host.asleep.size).toBe(1)
  expect([...world.network.taps.keys()]).toEqual(['vm_1'])
}

test.each(['before', 'after'] as const)('killed %s any operation from running to asleep and back', async (when) => {
  let deaths = 0
  for (let k = 0; k < 60; k += 1) {
    wish()
    const first = await begin(null)
    await until('running', running)
    await end(first.agent)
    const { agent, life } = await begin({ at: k, when })
    await until('seen', () => life.dead() || agent.reconciler.instances().get('vm_1')?.vm != null)
    aheadMs += 61_000
    await until('death or sleep', () => life.dead() || asleep(), 5_000)
    if (!life.dead()) {
      void agent.sleeper.hold('shop.test')
      await until('death or waking', () => life.dead() || (running() && world.host.resumes.length > 0), 5_000)
    }
    const died = life.dead()
    await end(agent)
    oneAtMost()
    if (!died) break
    deaths += 1
    const next = await begin(null)
    await until('a VM again', async () => {
      await next.agent.sleeper.hold('shop.test')
      return next.agent.routes.resolve('shop.test')[0] === '10.64.1.2'
    }, 8_000)
    oneAtMost()
    expect(world.host.machines.size).toBe(1)
    expect(status()?.restarts).toBe(0)
    await end(next.agent)
    await world.close()
    world = await createWorld()
  }
  expect(deaths).toBeGreaterThanOrEqual(4)
}, 120_000)

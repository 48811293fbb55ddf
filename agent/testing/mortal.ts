/** Drivers that "die" with the agent at a chosen operation: before it took effect, or after it did but before anyone heard of it. */
import type { Agent } from '../agent.ts'
import type { AgentDrivers } from '../agent-options.ts'
import { until, type World } from './world.ts'

export interface Fate { at: number; when: 'before' | 'after' }
export interface Mortal { drivers: AgentDrivers; dead: () => boolean; die: () => void; operations: () => number; log: string[] }

/** An agent on such drivers, which has started, or has died as it did: then its start never returns. */
export async function beginMortal(world: World, fate: Fate | null): Promise<{ agent: Agent; life: Mortal }> {
  const life = mortal(world.drivers(), fate)
  const agent = world.keep({ drivers: life.drivers })
  const started = agent.start()
  await Promise.race([started, until('dead', life.dead).catch(() => {})])
  return { agent, life }
}

const NEVER = new Promise<never>(() => {})
type Method = (...args: unknown[]) => unknown

export function mortal(drivers: AgentDrivers, fate: Fate | null): Mortal {
  let count = 0
  let dead = false
  const log: string[] = []
  const guard = <T extends object>(name: string, target: T, methods: readonly (keyof T & string)[]): T =>
    new Proxy(target, {
      get(object, key) {
        const value = Reflect.get(object, key) as unknown
        if (typeof value !== 'function') return value
        const method = (value as Method).bind(object)
        if (!(methods as readonly (string | symbol)[]).includes(key)) return method
        return async (...args: unknown[]): Promise<unknown> => {
          if (dead) return NEVER
          const mine = count
          count += 1
          log.push(`${name}.${String(key)}`)
          if (fate?.at === mine && fate.when === 'before') {
            dead = true
            return NEVER
          }
          const result = await method(...args)
          if (fate?.at === mine || dead) {
            dead = true
            return NEVER
          }
          return isVm(result) ? guard('vm', result, ['stop', 'suspend'] as never) : result
        }
      },
    })
  return {
    dead: () => dead,
    die: () => { dead = true },
    operations: () => count,
    log,
    drivers: {
      ...drivers,
      vmm: guard('vmm', drivers.vmm, ['start', 'resume', 'attach', 'list', 'cleanup']),
      images: guard('images', drivers.images, ['ensure']),
      network: guard('network', drivers.network, ['attach', 'detach', 'restore']),
      disks: guard('disks', drivers.disks, ['ensure', 'remove']),
      volumes: guard('volumes', drivers.volumes, ['create', 'resize', 'snapshot', 'restore', 'dropSnapshot', 'remove']),
    },
  }
}

const isVm = (value: unknown): value is object => typeof value === 'object' && value !== null && 'identity' in value && 'stop' in value

/** Machines that only pretend: the agent's own code over pretended drivers, joined to the product's portal like any node. */
import { generateKeyPairSync, randomBytes } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import path from 'node:path'
import type { APIRequestContext } from '@playwright/test'
import type { Agent } from '../agent/agent.ts'
import { MemoryBucket } from '../agent/drivers/bucket/memory.ts'
import { createWorld, type World } from '../agent/testing/world.ts'
import { VERSION } from '../server/contract/version.ts'
import { OLD_RELEASE, upgraderOf, type PretendedUpgrade } from './fleet-upgrades.ts'

export interface Machine {
  hostname: string; region: string; zone?: string; labels?: Record<string, string>; cpu: number; memoryGib: number; diskGib: number; mesh?: boolean
  /** Installed by the line of the console, with an older release than that has. */
  upgrade?: PretendedUpgrade
}

const TIMING = { usageMs: 10_000, logsMs: 5_000, drainMs: 200 }
const factsOf = ({ hostname, cpu, memoryGib, diskGib, mesh = true, upgrade }: Machine, at: number, release = OLD_RELEASE) => ({
  ...(upgrade ? { release } : {}),
  hostname, cpu, memory_mib: memoryGib * 1024, disk_mib: diskGib * 1024, kernel: '6.12.57', driver: 'qemu', accelerator: 'kvm' as const, isolation: 'hardware' as const,
  network: 'bridge' as const,
  ...(mesh ? { mesh: { public_key: `${randomBytes(31).toString('base64').replace(/=*$/, '').slice(0, 42).padEnd(42, 'A')}A=`, endpoint: `192.0.2.${at + 10}:51820`, edges: true as const, wakes: true as const } } : {}),
})

export class PretendedNodes {
  readonly #nodes = new Map<string, { world: World; agent: Agent }>()
  /** One for all of them, as a bucket is. */
  readonly #bucket = new MemoryBucket()

  /** `headers` are an operator's. */
  async join(request: APIRequestContext, api: string, headers: Record<string, string>, machine: Machine): Promise<void> {
    const { region, zone = '', labels = {} } = machine
    const reply = await request.post(`${api}/v1/nodes/join-tokens`, { headers, data: { region, zone, labels } })
    if (!reply.ok()) throw new Error(await reply.text())
    const { token } = (await reply.json()) as { token: string }
    await this.start(api, token, machine)
  }

  async start(api: string, token: string, machine: Machine): Promise<void> {
    const world = await createWorld()
    writeFileSync(path.join(world.dir, 'token'), `${token}\n`)
    world.disks.free = Math.round(machine.diskGib * 1024 * 0.8)
    await this.#run(api, world, machine, this.#nodes.size, { name: OLD_RELEASE, onTrial: false })
  }

  async #run(api: string, world: World, machine: Machine, at: number, running: { name: string; onTrial: boolean }): Promise<void> {
    const facts = factsOf(machine, at, running.name)
    const restart = async (next: typeof running): Promise<void> => {
      await this.#nodes.get(machine.hostname)?.agent.stop()
      await this.#run(api, world, machine, at, next)
    }
    const upgrade = machine.upgrade ? upgraderOf(world.dir, machine.upgrade, running, (next) => void restart(next)) : null
    const agent = world.agent({
      drivers: { buckets: this.#bucket.open },
      options: { portal: { url: api, ca: null }, joinTokenFile: path.join(world.dir, 'token'), timing: TIMING, facts, upgrade },
    })
    this.#nodes.set(machine.hostname, { world, agent })
    await agent.start()
  }

  /** It falls silent, as if its power were gone. */
  async end(hostname: string): Promise<void> {
    const node = this.#nodes.get(hostname)
    this.#nodes.delete(hostname)
    await node?.agent.stop()
    await node?.world.close()
  }

  async endAll(): Promise<void> {
    for (const hostname of this.#nodes.keys()) await this.end(hostname)
  }
}

/** A machine that asks to join and does nothing else: what it is told. */
export const asksToJoin = () => {
  const [installId, key] = [randomBytes(16).toString('hex'), generateKeyPairSync('ed25519').publicKey.export({ format: 'der', type: 'spki' }).toString('base64')]
  const facts = factsOf({ hostname: 'spare-1', region: '', cpu: 1, memoryGib: 0.25, diskGib: 1, mesh: false }, 0)
  return async (request: APIRequestContext, api: string, token: string): Promise<{ status: number; code?: string; message?: string }> => {
    const answer = await request.post(`${api}/node/v1/register`, { data: { join_token: token, install_id: installId, public_key: key, boot_id: 'boot-1', agent_version: VERSION, facts } })
    return { status: answer.status(), ...((await answer.json()) as object) }
  }
}

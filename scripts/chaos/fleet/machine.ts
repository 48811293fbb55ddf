import { randomUUID } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Agent } from '../../../agent/agent.ts'
import { FakeVmmDriver } from '../../../agent/drivers/vmm/fake.ts'
import type { Vm, VmHandlers, VmSpec } from '../../../agent/drivers/vmm.ts'
import { processName } from '../../../agent/drivers/vmm/qemu/anchor.ts'
import type { OpenBucket } from '../../../agent/drivers/bucket.ts'
import { dueVms } from '../../../agent/fence/due.ts'
import { bootMs, currentBootId, fenceFiles, readWhole, writeWhole, type LeaseFile } from '../../../agent/fence/lease-file.ts'
import { systemClock } from '../../../agent/runtime/clock.ts'
import { mortal, type Mortal } from '../../../agent/testing/mortal.ts'
import { createWorld, type World } from '../../../agent/testing/world.ts'
import type { Facts } from '../../../server/contract/node-api/v1.ts'
import { makeWire, type Wire } from '../wire.ts'
import type { Writers } from './writers.ts'

const FENCE_MS = 200
const BEAT_MS = 1_000
const TIMING = { usageMs: 5_000, logsMs: 2_000, drainMs: 200, idleMs: 1_000 }
const BOOT_MS = 500
const SIZE: Partial<Facts> = { cpu: 8, memory_mib: 8_192, disk_mib: 200_000 }

interface Running { agent: Agent; drivers: Mortal }
export interface Parts { random: () => number; writers: Writers; bucket: OpenBucket }

/** One machine of the fleet: the real agent and the real rule of the fence process, over disks and virtual machines that are only pretended. */
export class FleetMachine {
  readonly name: string
  readonly world: World
  readonly wire: Wire
  readonly #writers: Writers
  readonly #bucket: OpenBucket
  #running: Running | null = null
  #bootId = randomUUID() as string
  #fence: NodeJS.Timeout | null = null
  powered = false

  private constructor(name: string, world: World, wire: Wire, writers: Writers, bucket: OpenBucket) {
    [this.name, this.world, this.wire, this.#writers, this.#bucket] = [name, world, wire, writers, bucket]
    world.host.knobs.bootDelayMs = BOOT_MS
    world.disks.free = 160_000
  }

  static async make(name: string, token: string, portalPort: number, { random, writers, bucket }: Parts): Promise<FleetMachine> {
    const [world, wire] = [await createWorld(), await makeWire(random)]
    wire.aim(portalPort)
    writeFileSync(path.join(world.dir, 'token'), `${token}\n`)
    const machine = new FleetMachine(name, world, wire, writers, bucket)
    await machine.powerOn()
    return machine
  }

  get alive(): boolean {
    return this.#running !== null
  }

  vmIds(): string[] {
    return [...this.world.host.machines.keys()]
  }

  async startAgent(): Promise<void> {
    if (this.#running || !this.powered) return
    const drivers = mortal({ ...this.world.drivers(), vmm: this.#recorded(), buckets: this.#bucket }, null)
    const clock = { ...systemClock(), bootId: () => this.#bootId }
    const { facts } = this.world.options()
    const agent = this.world.agent({
      drivers: drivers.drivers, clock,
      options: { portal: { url: `http://127.0.0.1:${this.wire.port}`, ca: null }, timing: TIMING, facts: { ...facts, ...SIZE, hostname: this.name } },
    })
    this.#running = { agent, drivers }
    await agent.start()
  }

  /** At whatever it is doing: nothing it has begun goes on, and nobody says goodbye. */
  async killAgent(): Promise<void> {
    const running = this.#running
    this.#running = null
    running?.drivers.die()
    await running?.agent.stop()
  }

  startFence(): void {
    this.#fence ??= setInterval(() => this.#look(), FENCE_MS)
  }

  killFence(): void {
    if (this.#fence) clearInterval(this.#fence)
    this.#fence = null
  }

  /** Every process of it is gone at once. */
  async powerOff(): Promise<void> {
    this.powered = false
    this.killFence()
    const ended = this.killAgent()
    for (const id of this.vmIds()) this.world.host.crash(id)
    this.world.network.taps.clear()
    await ended
  }

  async powerOn(): Promise<void> {
    this.powered = true
    this.#bootId = randomUUID()
    this.startFence()
    await this.startAgent()
  }

  async remove(): Promise<void> {
    await this.powerOff()
    this.wire.close()
    // What was under way when it was killed may still hold a file of its folder for a moment.
    await sleep(100)
    await this.world.close()
  }

  #look(): void {
    const files = fenceFiles(path.join(this.world.dir, 'fence'))
    const now = { bootId: currentBootId(), bootMs: bootMs() }
    const due = new Set(dueVms(readWhole<LeaseFile>(files.lease), now).map(({ argument }) => argument))
    for (const [id, { identity }] of this.world.host.machines) if (due.has(processName(id, identity.startId))) this.world.host.crash(id)
    const beat = readWhole<{ pid: number; bootId: string; atMs: number }>(files.beat)
    const late = beat === null || now.bootMs - beat.atMs >= BEAT_MS
    if (this.#running && late) writeWhole(files.beat, { pid: process.pid, bootId: now.bootId, atMs: now.bootMs })
  }

  /** As the host sees it: a machine is there from the moment its start begins until its process is gone. */
  #recorded(): FakeVmmDriver {
    const { host, volumes: disks } = this.world
    const [writers, node] = [this.#writers, this.name]
    return new class extends FakeVmmDriver {
      override start(spec: VmSpec, secrets: Record<string, string>, handlers: VmHandlers): Promise<Vm> {
        const starting = super.start(spec, secrets, handlers)
        const machine = host.machines.get(spec.id)
        if (machine?.identity.startId !== spec.startId) return starting
        const volumes = spec.volumes.filter(({ readOnly }) => !readOnly).map(({ id }) => id)
        const one = { node, vmId: spec.id, startId: spec.startId, volumes, disks }
        const { onGone } = machine
        machine.onGone = () => {
          onGone()
          writers.ended(one)
        }
        writers.started(one)
        return starting
      }
    }(host)
  }
}

/** Watches over idle instances: puts them to sleep, wakes them for whoever asks, and lets the edge wait meanwhile. */
import { hkdfSync } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import type { SnapshotKey, Vm, VmmDriver } from '../drivers/vmm.ts'
import type { ReconcileContext } from '../reconcile/context.ts'
import { isAsleep, isRoutable, isStarting, type Instance } from '../reconcile/instance.ts'
import { ageMs, type Clock } from '../runtime/clock.ts'
import { errorText, type Logger } from '../runtime/log.ts'
import { Semaphore } from '../runtime/semaphore.ts'
import type { Connections } from './connections.ts'
import { judge, type Verdict } from './idle.ts'

export interface SleeperDeps {
  nodeKey: Buffer
  instances: () => ReadonlyMap<string, Instance>
  edgeAddress: (instance: Instance) => string | null
  connections: Connections
  /** Instances that a name leads to, as the edge's resolver is asked for it. */
  behind: (name: string) => readonly string[]
  /** Asks other nodes for their instances behind it; returns when one is awake, or none is worth waiting for. */
  away: (name: string) => Promise<void>
  kick: (vmId: string) => void
  /** Each edge that sends requests here asks for what sleeps. */
  wakeable: () => boolean
  /** Milliseconds since something came to it from another node, where edges may send requests, too; null: nothing did. */
  visitedAgo: (instance: Instance) => Promise<number | null>
  /** Whether that many MiB more may be written. */
  room: (mib: number) => boolean
  wakesAtOnce: number
  everyMs: number
  clock: Clock
  log: Logger
}

/** Other nodes, and resolvers of guests, give up after five seconds. Whoever waits for longer asks again. */
const HOLD_MS = 4_000
const HELD_NAMES = 512
const WAKE_LIMIT_MS = 20_000

export class Sleeper {
  readonly #deps: SleeperDeps
  readonly #lastUse = new Map<string, number>()
  /** Monotonic instants since which instances are awake. */
  readonly #awakeSince = new Map<string, number>()
  readonly #waiting = new Set<() => void>()
  readonly #stop = new AbortController()
  readonly #bornMs: number
  #connected: ReadonlySet<string> = new Set()

  constructor(deps: SleeperDeps) {
    this.#deps = deps
    this.#bornMs = deps.clock.monotonicMs()
  }

  /** What the steps of the reconciler need of us. */
  forSteps(): ReconcileContext['sleep'] {
    return {
      quiet: (instance) => this.#quiet(instance),
      keyOf: (salt) => snapshotKey(this.#deps.nodeKey, salt),
      awake: ({ id }) => void this.#awakeSince.set(id, this.#deps.clock.monotonicMs()),
      wakeSlots: new Semaphore(this.#deps.wakesAtOnce),
    }
  }

  start(): void {
    void this.#run()
  }

  stop(): void {
    this.#stop.abort()
    this.changed()
  }

  /** Something was asked of the app. */
  used(appId: string): void {
    this.#lastUse.set(appId, this.#deps.clock.monotonicMs())
  }

  /** Instances moved: whoever waits looks again. */
  changed(): void {
    for (const look of [...this.#waiting]) look()
  }

  /** Before the edge is told who serves a name: of those that sleep one is woken, and the answer waits for it. The others follow. */
  async hold(name: string): Promise<void> {
    const away = this.#deps.away(name)
    const here = this.#deps.behind(name).flatMap((id) => this.#deps.instances().get(id) ?? [])
    await (here.length > 0 ? this.#awaken(here) : away)
  }

  /** Another node asks for what has this address: true when it may dial now, false when it soon may. */
  async called(address: string): Promise<boolean | null> {
    const found = [...this.#deps.instances().values()].find((instance) => instance.desire?.desired === 'running' && this.#deps.edgeAddress(instance) === address)
    if (!found) return null
    await this.asked([found])
    return isRoutable(found) || (isStarting(found) ? false : null)
  }

  /** Somebody on the private network, or another node, asks for these: that is use of them too. */
  async asked(named: readonly Instance[], away = Promise.resolve()): Promise<void> {
    for (const { desire } of named) if (desire?.spec) this.used(desire.spec.app_id)
    await (named.length > 0 ? this.#awaken(named) : away)
  }

  async #awaken(there: readonly Instance[]): Promise<void> {
    const drowsy = there.filter((instance) => isAsleep(instance) || instance.dozing)
    if (drowsy.length === 0 || there.some(isRoutable)) return
    this.wake(drowsy.find((instance) => instance.dozing || instance.sleep === 'wake') ?? drowsy[0])
    if (this.#waiting.size < HELD_NAMES) await this.#until(() => there.some(isRoutable), HOLD_MS)
  }

  /** For a command or a terminal. */
  async awake(vmId: string): Promise<Vm | null> {
    const instance = this.#deps.instances().get(vmId)
    if (!instance) return null
    if (isAsleep(instance) || instance.dozing) {
      this.wake(instance)
      await this.#until(() => isRoutable(instance), WAKE_LIMIT_MS)
    }
    return instance.vm
  }

  wake(instance: Instance | undefined): void {
    if (!instance || !(isAsleep(instance) || instance.dozing)) return
    const appId = instance.desire?.spec?.app_id
    if (appId) this.used(appId)
    instance.sleep = 'wake'
    this.#deps.kick(instance.id)
  }

  async #until(done: () => boolean, limitMs: number): Promise<void> {
    if (done()) return
    await new Promise<void>((resolve) => {
      const look = (): void => {
        if (!done() && !this.#stop.signal.aborted) return
        clearTimeout(timer)
        this.#waiting.delete(look)
        resolve()
      }
      const timer = setTimeout(() => {
        this.#waiting.delete(look)
        resolve()
      }, limitMs)
      this.#waiting.add(look)
    })
  }

  async #run(): Promise<void> {
    const { everyMs, log } = this.#deps
    const { signal } = this.#stop
    while (!signal.aborted) {
      await this.#round().catch((error: unknown) => log.warn('idle instances could not be looked at', { error: errorText(error) }))
      await wait(everyMs, undefined, { signal }).catch(() => {})
    }
  }

  async #round(): Promise<void> {
    const { instances, connections } = this.#deps
    const concerned = [...instances().values()].filter((instance) => instance.desire?.spec?.sleep_after_s !== undefined || isAsleep(instance))
    if (concerned.length === 0) return
    this.#connected = await connections()
    for (const instance of concerned) await this.#act(instance, this.#verdict(instance))
  }

  async #act(instance: Instance, verdict: Verdict): Promise<void> {
    if (verdict === 'wake') this.wake(instance)
    if (verdict !== 'due' || await this.#visited(instance) || instance.sleep !== null) return
    instance.sleep = 'due'
    this.#deps.kick(instance.id)
  }

  /** By way of other nodes, of which no log here tells: lately enough to be use of the app. */
  async #visited(instance: Instance): Promise<boolean> {
    const { app_id: appId = '', sleep_after_s: afterS = 0 } = instance.desire?.spec ?? {}
    const ago = await this.#deps.visitedAgo(instance)
    if (ago === null || ago >= afterS * 1000) return false
    this.#lastUse.set(appId, Math.max(this.#lastUse.get(appId) ?? 0, this.#deps.clock.monotonicMs() - ago))
    return true
  }

  #verdict(instance: Instance): Verdict {
    const { clock, edgeAddress } = this.#deps
    const spec = instance.desire?.spec
    if (!spec || instance.desire?.desired !== 'running') return null
    if (!this.#deps.wakeable()) return isAsleep(instance) ? 'wake' : null
    const now = clock.monotonicMs()
    const used = this.#lastUse.get(spec.app_id)
    const { start } = instance.record
    const ran = start?.started ? ageMs(clock, start.started) : 0
    return judge({
      appId: spec.app_id, sleepAfterMs: spec.sleep_after_s === undefined ? null : spec.sleep_after_s * 1000, asleep: isAsleep(instance),
      settled: isRoutable(instance) && spec.volumes.length === 0 && instance.sleep === null && this.#deps.room(spec.memory_mib),
      sessions: instance.vm?.openSessions() ?? 0,
      connected: this.#connected.has(edgeAddress(instance) ?? ''),
      // What was before this agent nobody knows: it counts from its own start.
      awakeMs: Math.min(ran, now - (this.#awakeSince.get(instance.id) ?? this.#bornMs)),
    }, used === undefined ? null : now - used)
  }

  async #quiet(instance: Instance): Promise<boolean> {
    const address = this.#deps.edgeAddress(instance)
    if (instance.vm === null || instance.vm.openSessions() > 0 || await this.#visited(instance)) return false
    return address === null || !(await this.#deps.connections()).has(address)
  }
}

/** Where the disk is short, files of sleeping instances are room: those boot cold. */
export async function forgetSleepers(vmm: Pick<VmmDriver, 'cleanup'>, instances: () => ReadonlyMap<string, Instance>): Promise<void> {
  for (const instance of instances().values()) if (isAsleep(instance) && instance.sleep === null) await vmm.cleanup(instance.id).catch(() => {})
}

const snapshotKey = (nodeKey: Buffer, salt: string): SnapshotKey => Buffer.from(hkdfSync('sha256', nodeKey, salt, 'shellwego memory of a sleeping instance v1', 32))

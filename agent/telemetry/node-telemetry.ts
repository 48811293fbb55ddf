/** Measures the machine and the requests at its edge, and hands the sums to the stream of usage. */
import type { Server } from 'node:http'
import { setTimeout as wait } from 'node:timers/promises'
import type { EdgeRequest, RequestLog } from '../drivers/route.ts'
import { instant, type Instance } from '../reconcile/instance.ts'
import type { Instant } from '../reconcile/model.ts'
import type { Clock } from '../runtime/clock.ts'
import { errorText, type Logger } from '../runtime/log.ts'
import { transaction, type Database } from '../state/database.ts'
import type { UsageWal } from '../state/usage-wal.ts'
import { AppFinder } from './app-finder.ts'
import { startExposition, type NodeFigures } from './exposition.ts'
import { readHost, readPools } from './host-counters.ts'
import { hostMeasure, type HostReading } from './host-meter.ts'
import { RequestTail, type Position } from './request-tail.ts'
import { Spawns } from './spawns.ts'
import { Traffic } from './traffic.ts'

const SCHEMA = 'CREATE TABLE IF NOT EXISTS request_position (one INTEGER PRIMARY KEY CHECK (one = 1), file TEXT NOT NULL, at INTEGER NOT NULL) STRICT'
const SAVE = 'INSERT INTO request_position (one, file, at) VALUES (1, ?, ?) ON CONFLICT (one) DO UPDATE SET file = excluded.file, at = excluded.at'
const MINUTE_MS = 60_000
const CLOSE_MS = 3_000

export interface NodeTelemetryDeps {
  wal: UsageWal
  database: Database
  clock: Clock
  log: Logger
  requests: RequestLog | null
  /** Where disks and volumes lie, by what they are called. */
  pools: Readonly<Record<string, string>>
  port: number | null
  instances: () => ReadonlyMap<string, Instance>
  edgeAddress: (instance: Instance) => string | null
  appOf: (host: string) => string | null
  /** Instances that are compared: what they answer is told apart, and soon. */
  divided?: () => ReadonlySet<string>
  /** What this edge sends requests to on other nodes. */
  elsewhere?: () => Iterable<readonly [address: string, appId: string, instanceId: string]>
  /** Told of each request, by app. */
  onRequest: (appId: string) => void
  timing?: { readMs: number; keepMs: number; hostMs: number }
}

export class NodeTelemetry {
  readonly #deps: NodeTelemetryDeps
  readonly #timing: { readMs: number; keepMs: number; hostMs: number }
  readonly #traffic = new Traffic()
  readonly #spawns = new Spawns()
  readonly #finder: AppFinder
  readonly #tail: RequestTail | null
  readonly #stop = new AbortController()
  #server: Server | null = null
  #host: HostReading | null = null
  #running: Promise<unknown> = Promise.resolve()
  #divided: ReadonlySet<string> = new Set()
  #kept = 0

  constructor(deps: NodeTelemetryDeps) {
    this.#deps = deps
    this.#timing = deps.timing ?? { readMs: 1_000, keepMs: 30_000, hostMs: MINUTE_MS }
    this.#finder = new AppFinder(() => this.#addresses(), deps.appOf)
    deps.database.exec(SCHEMA)
    const { requests } = deps
    this.#tail = requests && new RequestTail(requests.folder, this.#lastPosition(), (line) => this.#take(requests.parse(line)))
  }

  async start(): Promise<void> {
    const { port, log } = this.#deps
    if (port !== null) {
      this.#server = await startExposition(port, () => this.#figures()).catch((error: unknown) => {
        log.warn('Prometheus finds nothing here', { port, error: errorText(error) })
        return null
      })
    }
    const { readMs, keepMs, hostMs } = this.#timing
    this.#running = Promise.all([
      this.#loop(readMs, () => this.#read()), this.#loop(Math.min(keepMs, CLOSE_MS), () => this.#keepDue()), this.#loop(hostMs, () => this.#measureHost()),
    ])
  }

  /** What was read and not yet kept is read again at the next start. */
  async stop(): Promise<void> {
    this.#stop.abort()
    this.#server?.close()
    await this.#running
    await this.#tail?.close()
  }

  changed(instance: Instance | undefined): void {
    if (instance) this.#spawns.changed(instance, this.#deps.clock.monotonicMs())
  }

  /** Begins at once, for what is compared with later; a fault costs that round only. */
  async #loop(everyMs: number, work: () => Promise<void>): Promise<void> {
    const { signal } = this.#stop
    while (!signal.aborted) {
      await work().catch((error: unknown) => this.#deps.log.warn('a measurement failed', { error: errorText(error) }))
      await wait(everyMs, undefined, { signal }).catch(() => {})
    }
  }

  async #read(): Promise<void> {
    this.#finder.refresh(this.#deps.clock.monotonicMs())
    this.#divided = this.#deps.divided?.() ?? this.#divided
    await this.#tail?.poll()
  }

  #take(request: EdgeRequest | null): void {
    const found = request && this.#finder.find(request)
    if (!request || !found) return
    const { appId, instanceId } = found
    this.#traffic.add(appId, request, instanceId !== null && this.#divided.has(instanceId) ? instanceId : null)
    this.#deps.onRequest(appId)
  }

  async #keepDue(): Promise<void> {
    const now = this.#deps.clock.monotonicMs()
    if (this.#divided.size === 0 && now - this.#kept < this.#timing.keepMs) return
    await this.#keep()
    this.#kept = now
  }

  /** Sums and how far the files were read are one write: a crash counts nothing twice and loses nothing. */
  async #keep(): Promise<void> {
    const position = this.#tail?.position()
    if (!position) return
    const taken = this.#traffic.take()
    try {
      if (taken.length > 0) this.#deps.wal.measured(taken.map(({ midMs, sum }) => ({ at: this.#at(midMs), measure: sum })), () => this.#savePosition(position))
      else transaction(this.#deps.database, () => this.#savePosition(position))
    } catch (error) {
      this.#traffic.putBack(taken)
      throw error
    }
  }

  async #measureHost(): Promise<void> {
    const before = this.#host
    const now = await this.#reading()
    this.#host = now
    const host = hostMeasure(before, now)
    if (!before || !host) return
    const { clock } = this.#deps
    this.#deps.wal.measured([{ at: this.#at(clock.wallMs() - (now.atMs - before.atMs) / 2), measure: { host } }])
  }

  async #reading(): Promise<HostReading> {
    const [counters, pools] = await Promise.all([readHost(), readPools(this.#deps.pools)])
    return { atMs: this.#deps.clock.monotonicMs(), counters, pools, spawned: this.#spawns.read() }
  }

  async #figures(): Promise<NodeFigures> {
    const vms = new Map<string, number>()
    for (const { record: { phase } } of this.#deps.instances().values()) vms.set(phase, (vms.get(phase) ?? 0) + 1)
    return { ...await this.#reading(), traffic: this.#traffic.total, vms }
  }

  #at(wallMs: number): Instant {
    const now = instant(this.#deps.clock)
    return { bootId: now.bootId, monotonicMs: Math.round(now.monotonicMs - (now.wallMs - wallMs)), wallMs: Math.round(wallMs) }
  }

  *#addresses(): Generator<readonly [string, string, string]> {
    for (const instance of this.#deps.instances().values()) {
      const address = this.#deps.edgeAddress(instance)
      const appId = instance.desire?.spec?.app_id
      if (address && appId) yield [address, appId, instance.id]
    }
    yield* this.#deps.elsewhere?.() ?? []
  }

  #lastPosition(): Position | null {
    const row = this.#deps.database.prepare('SELECT file, at FROM request_position').get()
    return row ? { file: String(row['file']), offset: Number(row['at']) } : null
  }

  #savePosition({ file, offset }: Position): void {
    this.#deps.database.prepare(SAVE).run(file, offset)
  }
}

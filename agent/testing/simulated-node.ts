/** A node without a machine: the agent's own client, lists and reports over memory, and VMs that are only said to run. */
import { join } from 'node:path'
import type { DesiredObject, Facts, ObjectStatus } from '../../server/contract/node-api/v1.ts'
import { createPortalClient } from '../portal/client.ts'
import { DesiredLoop, type DesiredStore } from '../portal/desired-loop.ts'
import type { Transport } from '../portal/http.ts'
import { loadNodeKey } from '../portal/node-key.ts'
import { PortalSession } from '../portal/session.ts'
import { StatusReporter } from '../portal/status-reporter.ts'
import type { GuardState } from '../reconcile/guard.ts'
import { absentStatus } from '../reconcile/status.ts'
import type { Clock } from '../runtime/clock.ts'
import { silentLogger, type Logger } from '../runtime/log.ts'
import { openDatabase } from '../state/database.ts'
import { DesiredTable } from '../state/desired-table.ts'
import { createSecretBox } from '../state/secret-box.ts'

export interface SimulatedNodeOptions {
  /** Holds `token`, the join token; the node's key is made here. */
  dir: string
  transport: Transport
  clock: Clock
  version: string
  hostname: string
  /** Its place in the mesh, where it has one. */
  mesh?: Facts['mesh']
  /** A new list or changes of one were taken over. */
  onApplied: () => void
  log?: Logger
}

const FACTS: Omit<Facts, 'hostname'> = {
  cpu: 16, memory_mib: 65_536, disk_mib: 1_000_000, kernel: 'simulated', driver: 'fake', accelerator: 'tcg', isolation: 'emulated', network: 'bridge',
}
const RUNNING: Pick<ObjectStatus, 'phase' | 'code' | 'reason' | 'restarts' | 'image_digest'> = { phase: 'running', code: null, reason: null, restarts: 0, image_digest: null }

export class SimulatedNode {
  readonly session: PortalSession
  readonly #options: SimulatedNodeOptions
  readonly #table: DesiredTable
  readonly #status: StatusReporter
  readonly #loops: { run(): Promise<void>; stop(): void }[]
  #guard: GuardState = { epoch: null, index: 0, candidate: null }

  constructor(options: SimulatedNodeOptions) {
    const { dir, transport, clock, version, hostname, mesh, log = silentLogger } = options
    this.#options = options
    const key = loadNodeKey(join(dir, 'node.key'))
    const box = createSecretBox(key.secret)
    this.#table = new DesiredTable(openDatabase(':memory:', ''), box)
    const client = createPortalClient(transport, key)
    const meta = new Map<string, string>()
    const store = { getMeta: (name: string) => meta.get(name) ?? null, setMeta: (name: string, value: string) => void meta.set(name, value) }
    this.session = new PortalSession({
      client, key, store, box, facts: { ...FACTS, hostname, ...(mesh ? { mesh } : {}) }, version, joinTokenFile: join(dir, 'token'), clock, log, onStanding: () => {},
    })
    const [strays, lease] = [{ tell: async () => {} }, { now: () => 0, answered: () => {} }]
    this.#status = new StatusReporter({ client, session: this.session, source: this.#source(), bootId: clock.bootId(), log, strays, lease })
    const desired = new DesiredLoop({
      client, session: this.session, store: this.#store(), clock, log, onApplied: options.onApplied, onSuspicious: () => {},
    })
    this.#loops = [this.session, this.#status, desired]
  }

  start(): void {
    for (const loop of this.#loops) void loop.run()
  }

  stop(): void {
    for (const loop of this.#loops) loop.stop()
  }

  #store(): DesiredStore {
    const table = this.#table
    return {
      guard: () => this.#guard,
      saveGuard: (state) => { this.#guard = state },
      known: () => table.known(),
      tombstones: () => table.tombstones(),
      held: () => table.held(),
      generationOf: (kind, id) => table.generationOf(kind, id),
      sameSpec: (object) => table.sameSpec(object),
      applyDesired: (change) => {
        table.apply(change, (state) => { this.#guard = state })
        for (const object of change.upserts) this.#status.changed(`${object.kind}:${object.id}`)
      },
    }
  }

  #source(): ConstructorParameters<typeof StatusReporter>[0]['source'] {
    const one = (key: string): ObjectStatus | null => this.#statuses().get(key) ?? null
    return {
      one, all: () => [...this.#statuses().values()], observed: () => ({ epoch: this.#guard.epoch ?? '', index: this.#guard.index }),
      node: () => ({ load: 0.1, memory_free_mib: 60_000, disk_free_mib: 900_000, conditions: [] }),
    }
  }

  /** What is wished for is so at once. */
  #statuses(): Map<string, ObjectStatus> {
    const vms = this.#table.vmDesires().map(({ id, generation, desired }): ObjectStatus => statusOf('vm', { id, generation, desired }))
    const routes = [...this.#table.routeDesires().values()]
      .map(({ id, generation, present }): ObjectStatus => statusOf('route', { id, generation, desired: present ? 'present' : 'absent' }))
    return new Map([...vms, ...routes].map((status) => [`${status.kind}:${status.id}`, status]))
  }
}

const statusOf = (kind: 'vm' | 'route', { id, generation, desired }: Pick<DesiredObject, 'id' | 'generation'> & { desired: string }): ObjectStatus => {
  if (desired === 'absent') return absentStatus(kind, id, generation)
  if (kind === 'route') return { ...absentStatus(kind, id, generation), ...RUNNING }
  return { ...absentStatus(kind, id, generation), ...RUNNING, health: 'ok', vm_start_id: `start-${id}-${generation}`, running_ms: 1_000, since_ms: 1_000 }
}

/** Wires one agent out of its parts. */
import { join } from 'node:path'
import type { Server } from 'node:http'
import type { StatusRequest } from '../server/contract/node-api/v1.ts'
import type { AgentDrivers, AgentOptions } from './agent-options.ts'
import type { GatewayDns } from './dns/gateways.ts'
import { nameServers } from './dns/name-servers.ts'
import type { DnsServer } from './dns/server.ts'
import { OPEN_POLICY } from './drivers/network.ts'
import { Peers } from './edge/peers.ts'
import { RouteReport } from './edge/route-report.ts'
import { createRouteTable, type RouteTable } from './edge/route-table.ts'
import { RouteSync } from './edge/route-sync.ts'
import { startEdgeServers } from './edge/servers.ts'
import { createPortalClient, type PortalClient } from './portal/client.ts'
import { DesiredLoop } from './portal/desired-loop.ts'
import { createTransport, type Transport } from './portal/http.ts'
import { startImageMirror } from './portal/image-mirror.ts'
import { LogShipper } from './portal/log-shipper.ts'
import { loadNodeKey } from './portal/node-key.ts'
import { PortalSession } from './portal/session.ts'
import { StatusReporter } from './portal/status-reporter.ts'
import { createStrayTeller } from './portal/stray-teller.ts'
import { UsageStream } from './portal/usage-stream.ts'
import type { ReconcileContext } from './reconcile/context.ts'
import { Housekeeping } from './reconcile/housekeeping.ts'
import { NetworkSync } from './reconcile/network-sync.ts'
import { networkRequest, type Instance } from './reconcile/instance.ts'
import { probeEndpoint } from './reconcile/probe.ts'
import { Reconciler } from './reconcile/reconciler.ts'
import { absentStatus, vmStatus } from './reconcile/status.ts'
import type { Clock } from './runtime/clock.ts'
import { SessionLine } from './sessions/session-line.ts'
import { SessionTable } from './sessions/session-table.ts'
import type { Logger } from './runtime/log.ts'
import { Semaphore } from './runtime/semaphore.ts'
import { edgeConnections } from './sleep/connections.ts'
import { forgetSleepers, Sleeper } from './sleep/sleeper.ts'
import { openExpendable } from './state/database.ts'
import { openLedger, type Ledger } from './state/ledger.ts'
import { LOG_SCHEMA, LogStore } from './state/log-store.ts'
import { createSecretBox } from './state/secret-box.ts'
import { openUsageWal, type UsageWal } from './state/usage-wal.ts'
import { oneServing, type Upgrader } from './release/node-upgrader.ts'
import { nodeReport } from './telemetry/node-conditions.ts'
import { NodeTelemetry } from './telemetry/node-telemetry.ts'
import { UsageMeter } from './telemetry/usage-meter.ts'
import { BackupKeeper } from './backups/keeper.ts'
import { VolumeKeeper } from './volumes/keeper.ts'

const IMAGE_LIMIT_BYTES = 10 * 2 ** 30
/** Somebody waits for what instances answer that are compared. */
const COMPARED_MS = 2_000
const IMAGE_STORE_BYTES = 20 * 2 ** 30

export class Agent {
  readonly #drivers: AgentDrivers
  readonly #options: AgentOptions
  readonly #clock: Clock
  readonly #log: Logger
  readonly ledger: Ledger
  readonly reconciler: Reconciler
  readonly session: PortalSession
  readonly routes: RouteTable
  readonly #transport: Transport
  readonly #client: PortalClient
  readonly #upgrader: Upgrader | null
  readonly #status: StatusReporter
  readonly #loops: { run(): Promise<void>; stop(): void }[]
  readonly #meter: UsageMeter
  readonly #telemetry: NodeTelemetry
  readonly sleeper: Sleeper
  readonly volumes: VolumeKeeper
  readonly #backups: BackupKeeper
  readonly #gatewayDns: GatewayDns
  readonly #routeSync: RouteSync
  readonly #routeReport: RouteReport
  readonly #networkSync: NetworkSync
  readonly #peers: Peers
  readonly #house: Housekeeping
  readonly #logDatabase: ReturnType<typeof openExpendable>
  #edgeDns: DnsServer | null = null
  readonly #servers: Server[] = []
  #suspicious: string | null = null
  #running: Promise<void[]> = Promise.resolve([])

  constructor(drivers: AgentDrivers, options: AgentOptions, clock: Clock, log: Logger) {
    this.#drivers = drivers
    this.#options = options
    this.#clock = clock
    this.#log = log
    const key = loadNodeKey(join(options.dir, 'node.key'))
    const box = createSecretBox(key.secret)
    this.ledger = openLedger(join(options.dir, 'ledger.db'), box)
    this.#logDatabase = openExpendable(join(options.dir, 'logs.db'), LOG_SCHEMA)
    const logs = new LogStore(this.#logDatabase, log)
    const wal = openUsageWal(this.ledger.database, clock)
    this.#meter = new UsageMeter({ wal, network: drivers.network, clock, log })
    this.#house = new Housekeeping({
      disks: drivers.disks, images: drivers.images, floorMib: options.diskFloorMib, keepImageBytes: IMAGE_STORE_BYTES, log,
      inUse: () => this.#imagesInUse(), onShort: () => forgetSleepers(drivers.vmm, () => this.reconciler.instances()),
    })
    this.#backups = this.#backupKeeper()
    this.volumes = this.#volumeKeeper()
    this.sleeper = this.#sleeperFor(key.secret)
    this.reconciler = new Reconciler(this.#reconcileContext(logs, wal))
    this.routes = this.#routeTable()
    this.#telemetry = this.#nodeTelemetry(wal)
    this.#routeReport = new RouteReport({
      routes: () => this.ledger.routeDesires(), driver: drivers.routes, sync: () => this.#routeSync, changed: (id) => this.#status.changed(`route:${id}`),
    })
    const wishes = { hosts: () => this.routes.edgeHosts(), served: () => this.routes.served() }
    this.#routeSync = new RouteSync(drivers.routes, wishes, log, () => this.#routeReport.refresh())
    this.#networkSync = new NetworkSync(drivers.network, () => this.ledger.networkDesire() ?? OPEN_POLICY, log)
    this.#peers = this.#otherNodes()
    this.#gatewayDns = nameServers({
      network: drivers.network, instances: () => this.reconciler.instances(), remote: () => this.#networkSync.policy().remote, log,
      asked: (named, away) => this.sleeper.asked(named, this.#peers.call(away)),
    })
    this.#transport = createTransport(options.portal.url, options.portal.ca)
    const client = this.#client = createPortalClient(this.#transport, key)
    this.session = new PortalSession({
      client, key, store: this.ledger, box, facts: options.facts, version: options.version, joinTokenFile: options.joinTokenFile, clock, log,
      onEdge: options.onEdge, onStanding: (standing) => this.reconciler.freeze(standing === 'frozen'),
    })
    const source = { all: () => this.#allStatuses(), one: (name: string) => this.#statusOf(name), observed: () => this.#observed(), node: () => this.#node() }
    const [strays, lease] = [createStrayTeller(client, this.ledger, log), this.volumes.leaseClock()]
    this.#status = new StatusReporter({ client, session: this.session, source, bootId: clock.bootId(), log, strays, lease })
    this.#upgrader = this.#makeUpgrader()
    this.#loops = [
      this.session,
      this.#status,
      new DesiredLoop({
        client, session: this.session, store: this.ledger, clock, log,
        onApplied: () => this.#desiredApplied(), onSuspicious: (message) => { this.#suspicious = message },
        onAnswer: (answer) => this.#upgrader?.heard(answer),
      }),
      new UsageStream({ client, session: this.session, wal, log, intervalMs: () => this.#usageEveryMs() }),
      new LogShipper({ client, session: this.session, store: logs, log, batchMs: options.timing.logsMs }),
      new SessionLine({ client, session: this.session, portal: options.portal, log, table: new SessionTable((id) => this.sleeper.awake(id)) }),
    ]
  }

  #otherNodes(): Peers {
    return new Peers({
      network: this.#drivers.network, routes: () => this.ledger.routeDesires(), policy: () => this.#networkSync.policy(), log: this.#log,
      moved: () => this.#routeSync.moved(), called: (address) => this.sleeper.called(address),
    })
  }

  #nodeTelemetry(wal: UsageWal): NodeTelemetry {
    const { requests = null } = this.#drivers
    const { pools = { data: this.#options.dir }, metricsPort: port = null } = this.#options
    return new NodeTelemetry({
      wal, database: this.ledger.database, clock: this.#clock, log: this.#log, requests, pools, port,
      instances: () => this.reconciler.instances(), edgeAddress: (instance) => this.#edgeAddress(instance), appOf: (host) => this.routes.appOf(host),
      divided: () => this.routes.divided(), elsewhere: () => this.#peers.apps(), onRequest: (appId) => { this.sleeper.used(appId); this.#peers.used(appId) },
    })
  }

  #routeTable(): RouteTable {
    const { edge } = this.#options
    return createRouteTable({
      routes: () => this.ledger.routeDesires(),
      keyOf: (id) => this.ledger.routeSecrets(id)['certificate_key'] ?? null,
      instances: () => this.reconciler.instances(),
      edgeAddress: (instance) => this.#edgeAddress(instance),
      others: () => this.#peers,
      domain: edge?.domain ?? '', appsDomain: edge?.appsDomain ?? '', publicAuthority: Boolean(edge?.acme), fallbackAddress: edge?.fallbackAddress ?? '',
    })
  }

  async start(): Promise<void> {
    await this.#house.start()
    const { edge } = this.#options
    await this.#drivers.trial.clear()
    this.volumes.start(this.#volumesOnRecord())
    this.#backups.start()
    this.#peers.changed()
    await this.reconciler.start()
    this.#peers.start()
    // Only now: before, every app would seem to have no instance. The edge waits for us meanwhile.
    if (edge) {
      const { servers, dns } = await startEdgeServers(edge, this.routes, this.#peers, (name) => this.sleeper.hold(name))
      this.#servers.push(...servers)
      this.#edgeDns = dns
    }
    const { imageMirrorPort: mirror, portal } = this.#options
    const headers = (method: string, path: string) => this.#client.signedHeaders(method, path)
    if (mirror) this.#servers.push(await startImageMirror({ port: mirror, portal, headers, log: this.#log }))
    this.#meter.start(this.#options.timing.usageMs, () => this.reconciler.instances().values())
    await this.#telemetry.start()
    void this.#gatewayDns.sync()
    this.#routeSync.start()
    this.sleeper.start()
    this.#running = Promise.all(this.#loops.map((loop) => loop.run()))
    this.#upgrader?.start()
    this.#log.info('agent started', { vms: this.reconciler.instances().size })
  }

  /** Leaves the VMs alone and ends. */
  async stop(): Promise<void> {
    for (const loop of this.#loops) loop.stop()
    this.#upgrader?.stop()
    this.sleeper.stop()
    this.#meter.stop()
    this.#house.stop()
    this.#routeSync.stop()
    this.#networkSync.stop()
    this.#peers.stop()
    this.reconciler.detach()
    this.volumes.stop()
    this.#backups.stop()
    this.#transport.close()
    for (const server of this.#servers) server.close()
    await Promise.all([this.#edgeDns?.close(), this.#gatewayDns.close(), this.#telemetry.stop()])
    this.ledger.close()
    this.#logDatabase.close()
  }

  /** Stops every VM in order and takes our objects off the host; the portal is not asked. */
  async shutdown(): Promise<void> {
    await this.reconciler.start()
    await this.reconciler.stopAll()
    await this.#drivers.trial.clear()
    await this.#drivers.network.shutdown()
    await this.stop()
  }

  #sleeperFor(nodeKey: Buffer): Sleeper {
    const { bootSlots, connections = edgeConnections, timing, diskFloorMib } = this.#options
    return new Sleeper({
      nodeKey, connections, wakesAtOnce: 2 * bootSlots, everyMs: timing.idleMs ?? 1_000, clock: this.#clock, log: this.#log,
      instances: () => this.reconciler.instances(), edgeAddress: (instance) => this.#edgeAddress(instance), behind: (name) => this.routes.behind(name),
      kick: (id) => this.reconciler.kick(id), room: (mib) => this.#house.freeMib() - mib >= diskFloorMib,
      wakeable: () => this.#peers.allWake(), visitedAgo: ({ id }) => this.#drivers.network.visitedAgo(id),
      away: (name) => this.#peers.call(this.routes.elsewhere(name)),
    })
  }

  #makeUpgrader(): Upgrader | null {
    const talkTo = () => oneServing(this.reconciler.instances().values(), this.#drivers.network, this.#options.uidBase)
    return this.#options.upgrade?.({ ledger: this.ledger, talkTo, changed: () => this.#status.changed('node:upgrade') }) ?? null
  }

  #volumeKeeper(): VolumeKeeper {
    const [{ volumes: driver, buckets }, { dir, diskFloorMib: floorMib }] = [this.#drivers, this.#options]
    return new VolumeKeeper({
      driver, buckets, ledger: this.ledger, clock: this.#clock, log: this.#log, floorMib, fenceFolder: join(dir, 'fence'),
      vmOf: (vmId) => this.reconciler.instances().get(vmId)?.vm ?? null, startOf: (vmId) => this.ledger.startOf(vmId),
      spoken: () => this.session.current()?.fencing === true, changed: (id) => this.#status.changed(`volume:${id}`),
    })
  }

  #backupKeeper(): BackupKeeper {
    const { volumes, trial, buckets } = this.#drivers
    return new BackupKeeper({
      volumes, trial: trial.use, buckets, ledger: this.ledger, clock: this.#clock, log: this.#log, floorMib: this.#options.diskFloorMib,
      changed: (id) => this.#status.changed(`backup:${id}`),
    })
  }

  #reconcileContext(logs: LogStore, wal: UsageWal): ReconcileContext {
    const { vmm, images, network, disks } = this.#drivers
    return {
      ledger: this.ledger, vmm, images, network, disks, clock: this.#clock, log: this.#log, logs, volumes: this.volumes,
      probe: this.#options.probe ?? probeEndpoint,
      bootSlots: new Semaphore(this.#options.bootSlots),
      uidBase: this.#options.uidBase,
      diskFloorMib: this.#options.diskFloorMib,
      maxImageBytes: IMAGE_LIMIT_BYTES,
      drainMs: this.#options.timing.drainMs,
      sleep: this.sleeper.forSteps(),
      usage: { sample: (instance) => this.#meter.sample(instance), ended: (startId) => wal.ended(startId) },
      changed: (vmId) => {
        this.#status.changed(`vm:${vmId}`)
        this.#telemetry.changed(this.reconciler.instances().get(vmId))
        this.#routeSync.moved()
        this.sleeper.changed()
        void this.#gatewayDns.sync()
      },
    }
  }

  #desiredApplied(): void {
    this.volumes.refresh()
    this.#backups.refresh()
    // Before any instance of the same list is attached.
    this.#networkSync.changed()
    this.#peers.changed()
    this.reconciler.listApplied()
    this.#routeSync.changed()
    this.#routeReport.refresh()
    for (const object of this.ledger.tombstones()) this.#status.changed(`${object.kind}:${object.id}`)
  }

  #edgeAddress(instance: Instance): string | null {
    const spec = instance.desire?.spec
    return spec?.port ? this.#drivers.network.edgeAddress(networkRequest(instance.record, spec, this.#options.uidBase)) : null
  }

  /** What runs, and what a stopped instance's disk was written over. */
  #imagesInUse(): Set<string> {
    return new Set([...this.reconciler.instances().values()].flatMap(({ record }) =>
      [record.start?.image?.digest, record.disk?.digest].filter((digest) => digest !== undefined)))
  }

  #observed(): { epoch: string; index: number } {
    const guard = this.ledger.guard()
    return { epoch: guard.epoch ?? '', index: guard.index }
  }

  #usageEveryMs(): number {
    const { usageMs } = this.#options.timing
    return this.routes.divided().size > 0 ? Math.min(COMPARED_MS, usageMs) : usageMs
  }

  #allStatuses() {
    return this.ledger.known().flatMap((object) => this.#statusOf(`${object.kind}:${object.id}`) ?? [])
  }

  #statusOf(name: string) {
    const [kind, id = ''] = [name.slice(0, name.indexOf(':')), name.slice(name.indexOf(':') + 1)]
    if (kind === 'route') return this.#routeReport.status(id)
    if (kind === 'volume') return this.volumes.status(id) ?? this.#absent(kind, id)
    if (kind === 'backup') return this.#backups.status(id) ?? this.#absent(kind, id)
    const instance = this.reconciler.instances().get(id)
    if (instance) return vmStatus(instance, this.#clock)
    return this.#absent('vm', id)
  }

  #absent(kind: 'vm' | 'volume' | 'backup', id: string) {
    const generation = this.ledger.generationOf(kind, id)
    return generation === null ? null : absentStatus(kind, id, generation)
  }

  /** Until a start was released its volumes are its own, whether its VM lives or not. */
  #volumesOnRecord(): Map<string, string[]> {
    return new Map(this.ledger.vmRecords().map(({ id, start }) => [id, (start?.volumes ?? []).map((volume) => volume.id)]))
  }

  #node(): StatusRequest['node'] {
    const [upgrade, fencing] = [this.#upgrader?.report(), this.volumes.fencing()]
    return { ...nodeReport(this.#house.freeMib(), {
      diskPressure: this.#house.pressure(), suspicious: this.#suspicious, edge: this.#routeSync.fault(),
      network: this.#networkSync.fault() ?? this.#peers.fault(),
    }), ...(upgrade ? { upgrade } : {}), ...(fencing ? { fencing } : {}) }
  }
}

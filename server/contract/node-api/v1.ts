/** Wire truth of the node API, version 1: what the agent and the portal say to each other. Leaf module, zod only. */
import { z } from 'zod'
import { HostRecord, TrafficRecord } from './measures.ts'
import { BackupObjectSpec, BackupStatus } from './backup.ts'
import { EdgeSettings } from './edge.ts'
import { MeshFacts, NetworkObjectSpec } from './network.ts'
import { AgentOffer, UpgradeReport } from './upgrade.ts'
import { VolumeMount, VolumeObjectSpec, VolumeStatus } from './volume.ts'

export const NODE_API_LIMITS = { pollWaitS: 55, leaseS: 40, heartbeatS: 10, logBatchBytes: 1 << 20, usageBatch: 500 } as const

/**
 * What an agent understands beyond what every agent of the release before does: `?can=share` at /register and /session, where a portal that
 * does not know it reads past it. `share`: routes that divide requests in shares.
 */
export const NODE_ABILITIES = ['share'] as const

export const Facts = z.strictObject({
  hostname: z.string().max(253),
  cpu: z.number().int().positive(),
  memory_mib: z.number().int().positive(),
  disk_mib: z.number().int().nonnegative(),
  kernel: z.string(),
  driver: z.string(),
  accelerator: z.enum(['kvm', 'tcg']),
  isolation: z.enum(['hardware', 'emulated']),
  network: z.enum(['bridge', 'user']),
  /** Absent where there is no WireGuard. */
  mesh: MeshFacts.optional(),
  /** Of an agent that was installed; one that runs beside its portal goes with it. */
  release: z.string().max(64).optional(),
})
export type Facts = z.infer<typeof Facts>

export const RegisterRequest = z.strictObject({
  join_token: z.string(),
  install_id: z.string().min(8).max(64),
  /** Ed25519 public key, SPKI DER, base64. */
  public_key: z.string().max(200),
  boot_id: z.string().max(64),
  agent_version: z.string().max(32),
  facts: Facts,
})
export type RegisterRequest = z.infer<typeof RegisterRequest>

export const RegisterReply = z.object({
  node_id: z.string(), session_id: z.string(), credential: z.string(), credential_ttl_s: z.number(),
  lease_ttl_s: z.number(), heartbeat_s: z.number(), poll_wait_s: z.number(), epoch: z.string(), server_time: z.string(),
  /** A portal of the release before does not say it. */
  edge: EdgeSettings.optional(),
  /** It may be told of fences. */
  fencing: z.literal(true).optional(),
})
export type RegisterReply = z.infer<typeof RegisterReply>

/** POST /node/v1/session: a restarted agent opens a new session; the reply is {@link RegisterReply} with a rotated credential. */
export const SessionRequest = z.strictObject({ boot_id: z.string(), agent_version: z.string(), facts: Facts })
export type SessionRequest = z.infer<typeof SessionRequest>

export const HealthCheck = z.strictObject({
  /** HTTP path, or null for a TCP connect. */
  path: z.string().startsWith('/').max(512).nullable(),
  interval_s: z.number().min(0.1).max(300),
  timeout_s: z.number().min(0.1).max(60),
  healthy: z.number().int().min(1).max(10),
  unhealthy: z.number().int().min(1).max(10),
  /** Time from process start in which failures do not count. */
  grace_s: z.number().int().min(1).max(3600),
})
export type HealthCheck = z.infer<typeof HealthCheck>

export const VmObjectSpec = z.strictObject({
  org_id: z.string(), app_id: z.string(), app_name: z.string(), release: z.number().int(), deployment_id: z.string().nullable(),
  /** Pinned `…@sha256:…` once the portal knows the digest. */
  image: z.string(),
  /** Replaces entrypoint and cmd of the image when given. */
  command: z.array(z.string()).min(1).nullable(),
  env: z.record(z.string(), z.string()),
  secrets: z.record(z.string(), z.string()),
  vcpu: z.number().int().min(1).max(64),
  memory_mib: z.number().int().min(32),
  disk_mib: z.number().int().min(16),
  /** Port the app listens on; null serves nothing. */
  port: z.number().int().min(1).max(65535).nullable(),
  /** IPv4 private network of the organization. */
  network: z.strictObject({ id: z.string(), address: z.string(), gateway: z.string(), mac: z.string() }),
  /** Names answered inside the organization's network: `<internal_name>.internal`. */
  internal_name: z.string(),
  health: HealthCheck,
  restart: z.strictObject({ policy: z.enum(['always', 'on-failure', 'never']), max_in_window: z.number().int(), window_s: z.number().int() }),
  stop: z.strictObject({ timeout_s: z.number().int().min(0).max(300) }),
  volumes: z.array(VolumeMount).max(8).default([]),
  /** Without requests, commands and terminals for this long it is put to sleep; absent: never. */
  sleep_after_s: z.number().int().min(1).max(86_400).optional(),
})
export type VmObjectSpec = z.infer<typeof VmObjectSpec>

/**
 * One on another node of the mesh that may serve: `serving`; `doubtful`, when its node was not heard of for a while; `starting`, worth a
 * visitor's wait. Any other is left out.
 */
export const RemoteInstance = z.strictObject({
  id: z.string(), node_id: z.string(), app_id: z.string(), address: z.ipv4(), state: z.enum(['serving', 'doubtful', 'starting']),
  /** It sleeps where nobody asks for it, and serves all the same: its node is to be asked for it. */
  sleeps: z.literal(true).optional(),
})
export type RemoteInstance = z.infer<typeof RemoteInstance>
const Instances = z.strictObject({
  instances: z.array(z.string()),
  /** Some of them get this percentage of the requests together, the others the rest; who is alone gets all. Left out: each gets as many. */
  share: z.strictObject({ instances: z.array(z.string()), percent: z.number().int().min(1).max(100) }).optional(),
  /** Those on other nodes, of which the edge has the way there. */
  remote: z.array(RemoteInstance).optional(),
})
const RouteHeaders = z.strictObject({ set: z.record(z.string(), z.string()), remove: z.array(z.string()) })
export const RouteObjectSpec = z.strictObject({
  /** `*.x` is every name one label below x. */
  host: z.string().max(253),
  /** `portal` sends the host to the console; otherwise the ids of the instances that may serve it. */
  target: z.union([z.literal('portal'), Instances]),
  /** What follows is only there where it is wanted: such a host gets a route of its own, all others share one. */
  redirect: z.strictObject({ to: z.string(), status: z.number().int(), keep_path: z.boolean() }).optional(),
  paths: z.array(z.strictObject({ path: z.string(), strip_prefix: z.boolean(), target: Instances })).optional(),
  request_headers: RouteHeaders.optional(),
  response_headers: RouteHeaders.optional(),
  /** A certificate not made by the edge; its key is the secret `certificate_key`. */
  certificate: z.strictObject({ chain: z.string() }).optional(),
  org_id: z.string().optional(),
  /** Whose requests they are when no instance answers. */
  app_id: z.string().optional(),
  secrets: z.record(z.string(), z.string()).optional(),
})
export type RouteObjectSpec = z.infer<typeof RouteObjectSpec>

const object = { id: z.string(), generation: z.number().int().positive() }
export const DesiredObject = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('vm'), ...object, desired: z.enum(['running', 'stopped', 'absent']), spec: VmObjectSpec.nullable() }),
  z.strictObject({ kind: z.literal('route'), ...object, desired: z.enum(['present', 'absent']), spec: RouteObjectSpec.nullable() }),
  z.strictObject({ kind: z.literal('volume'), ...object, desired: z.enum(['present', 'absent']), spec: VolumeObjectSpec.nullable() }),
  /** All backups of one volume in one bucket; its tombstone leaves the bucket as it is. */
  z.strictObject({ kind: z.literal('backup'), ...object, desired: z.enum(['present', 'absent']), spec: BackupObjectSpec.nullable() }),
  z.strictObject({ kind: z.literal('network'), ...object, desired: z.literal('present'), spec: NetworkObjectSpec }),
])
export type DesiredObject = z.infer<typeof DesiredObject>
export type ObjectKind = DesiredObject['kind']

const list = { agent: AgentOffer.optional(), epoch: z.string(), index: z.number().int(), objects: z.array(DesiredObject) }
/**
 * GET /node/v1/desired?index=I&wait=55s: the node's complete list; tombstones stay until the agent confirmed them. With `&changes=1` and an
 * index of this epoch only what changed after it, and every tombstone; `held` is how many objects and generations the node has after that.
 */
export const DesiredReply = z.discriminatedUnion('complete', [
  z.object({ complete: z.literal(true), ...list }),
  z.object({ complete: z.literal(false), ...list, since: z.number().int(), held: z.object({ objects: z.number().int(), generations: z.number().int() }) }),
])
export type DesiredReply = z.infer<typeof DesiredReply>
export type DesiredList = Extract<DesiredReply, { complete: true }>
export type DesiredChanges = Extract<DesiredReply, { complete: false }>

export const VmPhase = z.enum(['pending', 'pulling', 'preparing', 'booting', 'running', 'sleeping', 'stopping', 'stopped', 'backoff', 'failed'])
export type VmPhase = z.infer<typeof VmPhase>

export const StatusCode = z.enum([
  'image_not_found', 'image_auth', 'registry_unavailable', 'digest_mismatch', 'image_too_large', 'image_invalid', 'no_command',
  'no_space', 'boot_timeout', 'guest_panic', 'memory_too_small', 'oom', 'process_exited', 'health_timeout', 'crash_loop',
  'network_failed', 'vmm_failed', 'needs_root_networking', 'route_failed', 'volume_failed', 'volume_in_use', 'volume_not_ready', 'volume_fenced',
  'below_used', 'snapshot_damaged', 'backup_unreachable', 'backup_refused', 'backup_failed', 'backup_damaged',
])
export type StatusCode = z.infer<typeof StatusCode>

export const ObjectStatus = z.strictObject({
  kind: z.enum(['vm', 'route', 'volume', 'backup']),
  id: z.string(),
  generation: z.number().int(),
  /** For a route: `running` when live, `failed` otherwise. For a volume: `running` when it is as wished. */
  phase: z.union([VmPhase, z.literal('absent')]),
  code: StatusCode.nullable(),
  /** For people: what happened and what to do. Never holds a secret. */
  reason: z.string().max(2000).nullable(),
  health: z.enum(['starting', 'ok', 'bad']).nullable(),
  restarts: z.number().int(),
  vm_start_id: z.string().nullable(),
  image_digest: z.string().nullable(),
  since_ms: z.number().int().nonnegative(),
  /** Milliseconds since the process of this start began; the portal dates the allocation segment with it. */
  running_ms: z.number().int().nonnegative().nullable(),
  /** Of these, how many it slept, this time included; absent of what never slept. */
  slept_ms: z.number().int().nonnegative().optional(),
  /** Of a volume that exists. */
  volume: VolumeStatus.optional(),
  backup: BackupStatus.optional(),
})
export type ObjectStatus = z.infer<typeof ObjectStatus>

export const StatusRequest = z.strictObject({
  session_id: z.string(), seq: z.number().int().positive(), observed_epoch: z.string(), observed_index: z.number().int(), boot_id: z.string(),
  heartbeat: z.boolean(),
  objects: z.array(ObjectStatus).max(5000),
  node: z.strictObject({
    load: z.number(), memory_free_mib: z.number().int(), disk_free_mib: z.number().int(),
    conditions: z.array(z.strictObject({ type: z.enum(['disk_pressure', 'memory_pressure', 'suspicious_desired', 'edge_down', 'network_fault']), message: z.string().max(500) })),
    /** `armed`: strict volumes whose instances die with the lease, whatever becomes of the agent. Only to portals that spoke of fencing. */
    fencing: z.strictObject({ armed: z.array(z.string()).max(5000), fault: z.string().max(500).nullable() }).optional(),
    /** Present while an offer is, and until its end was heard. */
    upgrade: UpgradeReport.optional(),
  }),
})
export type StatusRequest = z.infer<typeof StatusRequest>
export const StatusReply = z.object({
  acked_seq: z.number().int(), next_heartbeat_s: z.number(), lease_ttl_s: z.number(),
  /** Machines a restored portal does not know: it asks for their specs (see stray.ts). */
  strays: z.array(z.string()).optional(),
  /** By volume of this node: the lowest fence that may still write. The lease counts only for those. */
  fencing: z.object({ least: z.record(z.string(), z.number().int()) }).optional(),
})
export type StatusReply = z.infer<typeof StatusReply>

/** Cumulative counters of one VM start; the sequence makes each record count exactly once. */
export const UsageRecord = z.strictObject({
  seq: z.number().int().positive(), vm_start_id: z.string(), workload_id: z.string(), ago_ms: z.number().int().nonnegative(),
  cum: z.strictObject({ cpu_us: z.number().int().nonnegative(), disk_rd: z.number().int().nonnegative(),
    disk_wr: z.number().int().nonnegative(), net_rx: z.number().int().nonnegative(), net_tx: z.number().int().nonnegative() }),
  /** Momentary value, for charts only. */
  memory_used_mib: z.number().nonnegative(),
})
export type UsageRecord = z.infer<typeof UsageRecord>
/** Records of all kinds share one row of numbers. */
export const UsageRequest = z.strictObject({
  stream_id: z.string().max(64), records: z.array(z.union([UsageRecord, TrafficRecord, HostRecord])).max(NODE_API_LIMITS.usageBatch),
})
export type UsageRequest = z.infer<typeof UsageRequest>
export const UsageReply = z.object({ acked_seq: z.number().int() })

/** POST /node/v1/logs, NDJSON: one {@link LogRecord} per line. Deduplicated by (vm_start_id, seq). */
export const LogRecord = z.union([
  z.strictObject({ w: z.string(), start: z.string(), seq: z.number().int().nonnegative(), t: z.number().int(), s: z.enum(['stdout', 'stderr', 'system']), line: z.string().max(16384) }),
  z.strictObject({ w: z.string(), start: z.string(), seq: z.number().int().nonnegative(), t: z.number().int(), gap: z.number().int().positive() }),
])
export type LogRecord = z.infer<typeof LogRecord>
export const LogsReply = z.object({ acked: z.record(z.string(), z.number().int()) })

export const NodeErrorCode = z.enum([
  'bad_request', 'clock_skew', 'bad_signature', 'replayed_nonce', 'credential_expired', 'revoked', 'node_unknown', 'join_token_invalid', 'join_token_used',
  'join_token_expired', 'join_token_elsewhere', 'agent_too_old', 'agent_too_new',
  'identity_mismatch', 'superseded_session', 'seq_gap', 'counter_decreased', 'unavailable', 'too_many_requests',
])
export type NodeErrorCode = z.infer<typeof NodeErrorCode>
export const NodeError = z.object({ code: NodeErrorCode, message: z.string(), retry_after_ms: z.number().optional(),
  expected: z.number().optional(), server_time: z.string().optional() })
export type NodeError = z.infer<typeof NodeError>

/**
 * Every call but register carries `Authorization: Bearer <credential>`, `X-Node-Id`, `X-Timestamp` (ms), `X-Nonce`, and
 * `X-Signature`: base64 Ed25519 over these lines: method, path with query, hex SHA-256 of the body, timestamp, nonce.
 */
export const signaturePayload = (p: { method: string; path: string; bodySha256: string; timestamp: string; nonce: string }): string =>
  [p.method, p.path, p.bodySha256, p.timestamp, p.nonce].join('\n')

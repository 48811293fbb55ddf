/** The agent's whole configuration, read once from the environment. */
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { totalmem, cpus } from 'node:os'
import { isAbsolute, join } from 'node:path'
import { z } from 'zod'

const port = (fallback: number) => z.coerce.number().int().min(1).max(65535).default(fallback)
const hostname = z.string().regex(/^[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*$/, 'must be a lower-case host name')
const absolutePath = z.string().refine(isAbsolute, 'must be an absolute path')

const Environment = z.object({
  SHELLWEGO_DATA: absolutePath,
  SHELLWEGO_PORTAL_URL: z.url({ protocol: /^https?$/ }),
  SHELLWEGO_PORTAL_CA: absolutePath.optional(),
  SHELLWEGO_PORTAL_UPSTREAM: z.string().regex(/^[^:/\s]+:\d+$/, 'must be host:port').optional(),
  SHELLWEGO_JOIN_TOKEN_FILE: absolutePath.optional(),
  /** Kernel and init of the VMs; an installed agent has them in its release. */
  SHELLWEGO_GUEST_DIR: absolutePath.optional(),
  /** Loopback port under which this node finds the portal's built-in images; for nodes that are not beside it. */
  SHELLWEGO_IMAGE_MIRROR_PORT: z.coerce.number().int().min(1).max(65535).optional(),
  SHELLWEGO_BUILTIN_REGISTRY: z.string().regex(/^[^:/\s]+:\d+$/, 'must be host:port').optional(),
  SHELLWEGO_ALLOW_REGISTRIES: z.string().default(''),
  SHELLWEGO_ACCEL: z.enum(['auto', 'kvm', 'tcg']).default('auto'),
  SHELLWEGO_VMM: z.enum(['auto', 'qemu', 'firecracker']).default('auto'),
  SHELLWEGO_FIRECRACKER: absolutePath.default('/usr/local/bin/firecracker'),
  SHELLWEGO_EDGE_ADMIN: absolutePath.optional(),
  SHELLWEGO_EDGE_STORAGE: absolutePath.optional(),
  SHELLWEGO_HTTPS_PORT: port(443),
  SHELLWEGO_HTTP_PORT: port(80),
  SHELLWEGO_DOMAIN: hostname.default('console.localhost'),
  SHELLWEGO_APPS_DOMAIN: hostname.default('apps.localhost'),
  SHELLWEGO_DNS_PORT: port(10053),
  SHELLWEGO_ASK_PORT: port(10081),
  SHELLWEGO_METRICS_PORT: z.coerce.number().int().min(1).max(65535).optional(),
  SHELLWEGO_ACME_EMAIL: z.email().optional(),
  SHELLWEGO_ACME_CA: z.url().optional(),
  SHELLWEGO_ACME_CA_ROOT: absolutePath.optional(),
  SHELLWEGO_NETWORK: z.enum(['auto', 'bridge', 'user']).default('auto'),
  SHELLWEGO_MESH_PORT: port(51820),
  SHELLWEGO_MESH_ENDPOINT: z.string().regex(/^[A-Za-z0-9.-]+:\d{1,5}$/, 'must be host:port').optional(),
  SHELLWEGO_VM_UID_BASE: z.coerce.number().int().min(10_000).max(4_000_000_000).default(2_100_000),
  SHELLWEGO_ZFS_DATASET: z.string().regex(/^[A-Za-z0-9][A-Za-z0-9_.:-]*(\/[A-Za-z0-9][A-Za-z0-9_.:-]*)*$/, 'must be the name of a ZFS dataset, as tank/shellwego').optional(),
  SHELLWEGO_DISK_FLOOR_MIB: z.coerce.number().int().min(0).default(1024),
  SHELLWEGO_NODE_CPU: z.coerce.number().int().min(1).optional(),
  SHELLWEGO_NODE_MEMORY_MIB: z.coerce.number().int().min(64).optional(),
  SHELLWEGO_LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error']).default('info'),
})

export interface AgentConfig {
  data: string
  agentDir: string
  vmsDir: string
  /** Throw-away VMs, apart from those the reconciler knows. */
  trialsDir: string
  disksDir: string
  volumesDir: string
  /** Volumes lie there instead. */
  zfsDataset: string | null
  imagesDir: string
  guestDir: string
  /** Made on another machine: its kernel arguments are measured here. */
  guestTravelled: boolean
  imageMirrorPort: number | null
  /** `tls`: whom the edge must meet at `upstream`, by which root (a file; null is the system's); null where it speaks plain HTTP, on one machine. */
  portal: { url: string; ca: string | null; upstream: string; tls: PortalTls | null }
  joinTokenFile: string | null
  builtinRegistry: string | null
  allowRegistries: string[]
  accel: string
  /** Which VMM starts VMs, and where Firecracker lies, its jailer beside it. */
  vmm: { wish: 'auto' | 'qemu' | 'firecracker'; firecracker: string }
  /** Keeps the loopback addresses of two agents on one machine apart. */
  space: number
  edge: EdgeConfig | null
  dnsPort: number
  /** Where Prometheus finds the node's figures, on loopback. */
  metricsPort: number | null
  network: 'auto' | 'bridge' | 'user'
  /** Where other nodes reach this one's WireGuard; null finds it out. */
  mesh: { port: number; endpoint: string | null }
  vmUidBase: number
  diskFloorMib: number
  capacity: { cpu: number; memoryMib: number }
  logLevel: 'debug' | 'info' | 'warn' | 'error'
}

export interface PortalTls { name: string; rootFile: string | null }

export interface EdgeConfig {
  adminSocket: string
  storage: string
  httpsPort: number
  httpPort: number
  domain: string
  appsDomain: string
  askPort: number
  acme: { email: string; ca: string | null; caRoot: string | null } | null
}

export class ConfigError extends Error {}

export function readConfig(env: Record<string, string | undefined>): AgentConfig {
  const present = Object.fromEntries(Object.entries(env).filter(([key, value]) => key.startsWith('SHELLWEGO_') && value !== ''))
  const parsed = Environment.safeParse(present)
  if (!parsed.success) {
    const faults = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${present[String(issue.path[0])] === undefined ? 'must be set' : issue.message}`)
    throw new ConfigError(`The agent cannot start:\n  ${faults.join('\n  ')}`)
  }
  const e = parsed.data
  return {
    data: e.SHELLWEGO_DATA,
    agentDir: join(e.SHELLWEGO_DATA, 'agent'),
    vmsDir: join(e.SHELLWEGO_DATA, 'vms'),
    trialsDir: join(e.SHELLWEGO_DATA, 'trials'),
    disksDir: join(e.SHELLWEGO_DATA, 'disks'),
    volumesDir: join(e.SHELLWEGO_DATA, 'volumes'),
    zfsDataset: e.SHELLWEGO_ZFS_DATASET ?? null,
    imagesDir: join(e.SHELLWEGO_DATA, 'images'),
    guestDir: e.SHELLWEGO_GUEST_DIR ?? join(e.SHELLWEGO_DATA, 'guest'),
    guestTravelled: e.SHELLWEGO_GUEST_DIR !== undefined,
    imageMirrorPort: e.SHELLWEGO_IMAGE_MIRROR_PORT ?? null,
    portal: { url: e.SHELLWEGO_PORTAL_URL.replace(/\/+$/, ''), ca: readCa(e.SHELLWEGO_PORTAL_CA), ...upstreamOf(e) },
    joinTokenFile: e.SHELLWEGO_JOIN_TOKEN_FILE ?? null,
    builtinRegistry: e.SHELLWEGO_BUILTIN_REGISTRY ?? (e.SHELLWEGO_IMAGE_MIRROR_PORT ? `127.0.0.1:${e.SHELLWEGO_IMAGE_MIRROR_PORT}` : null),
    allowRegistries: e.SHELLWEGO_ALLOW_REGISTRIES.split(',').map((entry) => entry.trim()).filter(Boolean),
    accel: e.SHELLWEGO_ACCEL,
    vmm: { wish: e.SHELLWEGO_VMM, firecracker: e.SHELLWEGO_FIRECRACKER },
    space: createHash('sha256').update(e.SHELLWEGO_DATA).digest().readUInt8(0) % 64,
    edge: edgeConfig(e),
    dnsPort: e.SHELLWEGO_DNS_PORT,
    metricsPort: e.SHELLWEGO_METRICS_PORT ?? null,
    network: e.SHELLWEGO_NETWORK,
    mesh: { port: e.SHELLWEGO_MESH_PORT, endpoint: e.SHELLWEGO_MESH_ENDPOINT ?? null },
    vmUidBase: e.SHELLWEGO_VM_UID_BASE,
    diskFloorMib: e.SHELLWEGO_DISK_FLOOR_MIB,
    capacity: { cpu: e.SHELLWEGO_NODE_CPU ?? cpus().length, memoryMib: e.SHELLWEGO_NODE_MEMORY_MIB ?? Math.floor(totalmem() / 2 ** 20) },
    logLevel: e.SHELLWEGO_LOG_LEVEL,
  }
}

function edgeConfig(e: z.infer<typeof Environment>): EdgeConfig | null {
  if (!e.SHELLWEGO_EDGE_ADMIN) return null
  return {
    adminSocket: e.SHELLWEGO_EDGE_ADMIN,
    storage: e.SHELLWEGO_EDGE_STORAGE ?? join(e.SHELLWEGO_DATA, 'edge'),
    httpsPort: e.SHELLWEGO_HTTPS_PORT,
    httpPort: e.SHELLWEGO_HTTP_PORT,
    domain: e.SHELLWEGO_DOMAIN,
    appsDomain: e.SHELLWEGO_APPS_DOMAIN,
    askPort: e.SHELLWEGO_ASK_PORT,
    acme: e.SHELLWEGO_ACME_EMAIL
      ? { email: e.SHELLWEGO_ACME_EMAIL, ca: e.SHELLWEGO_ACME_CA ?? null, caRoot: e.SHELLWEGO_ACME_CA_ROOT ?? null }
      : null,
  }
}

/** An upstream that is set by hand is met in plain HTTP: it stands beside us. */
function upstreamOf(e: z.infer<typeof Environment>): Pick<AgentConfig['portal'], 'upstream' | 'tls'> {
  if (e.SHELLWEGO_PORTAL_UPSTREAM) return { upstream: e.SHELLWEGO_PORTAL_UPSTREAM, tls: null }
  const { hostname: host, port: explicit, protocol } = new URL(e.SHELLWEGO_PORTAL_URL)
  const secure = protocol === 'https:'
  return { upstream: `${host}:${explicit || (secure ? '443' : '80')}`, tls: secure ? { name: host, rootFile: e.SHELLWEGO_PORTAL_CA ?? null } : null }
}

function readCa(path: string | undefined): string | null {
  if (!path) return null
  try {
    return readFileSync(path, 'utf8')
  } catch {
    throw new ConfigError(`The agent cannot start:\n  SHELLWEGO_PORTAL_CA: the file ${path} cannot be read`)
  }
}

/** Debian packages, installed without the daemons that come with them. */
import { existsSync } from 'node:fs'
import { CommandError, mustRun } from '../drivers/vmm/command.ts'
import { sleep } from '../runtime/backoff.ts'
import { withoutDaemons } from './daemon-policy.ts'

/** Debian package -> a file of it, whose presence proves that it is installed. What every node needs. */
export const NODE_PACKAGES = {
  ...(process.arch === 'arm64'
    ? { 'qemu-system-arm': '/usr/bin/qemu-system-aarch64' }
    : { 'qemu-system-x86': '/usr/bin/qemu-system-x86_64', 'seabios': '/usr/share/seabios/bios-256k.bin' }),
  'qemu-utils': '/usr/bin/qemu-img',
  'ipxe-qemu': '/usr/lib/ipxe/qemu',
  'e2fsprogs': '/sbin/mke2fs',
  'kmod': '/sbin/modprobe',
  'nftables': '/usr/sbin/nft',
  'iproute2': '/sbin/ip',
  'caddy': '/usr/bin/caddy',
  'skopeo': '/usr/bin/skopeo',
  'umoci': '/usr/bin/umoci',
  'ca-certificates': '/etc/ssl/certs/ca-certificates.crt',
} as const satisfies Record<string, string>

/** Nodes that reach each other; where the kernel has no WireGuard a program does it. */
export const MESH_PACKAGES = { 'wireguard-tools': '/usr/bin/wg', 'wireguard-go': '/usr/bin/wireguard-go' } as const satisfies Record<string, string>

const APT_OPTIONS = ['-o', 'DPkg::Lock::Timeout=600', '-y', '--no-install-recommends'] as const
const ATTEMPTS = 10
const RETRY_MS = 3000

const missingOf = (packages: Record<string, string>): string[] => Object.entries(packages).filter(([, proof]) => !existsSync(proof)).map(([name]) => name)

/** Another apt may hold a lock that apt itself does not wait for. In a group of its own: Ctrl-C does not end it half way. */
async function apt(...args: string[]): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      await mustRun(['apt-get', ...args], { env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }, detached: true })
      return
    } catch (error) {
      const isLocked = error instanceof CommandError && /Could not get lock|Unable to lock/.test(error.result.stdout + error.result.stderr)
      if (!isLocked || attempt === ATTEMPTS) throw error
      await sleep(RETRY_MS)
    }
  }
}

export const updatePackageLists = (): Promise<void> => apt('update')

export async function ensurePackages(packages: Record<string, string>, isRoot: boolean): Promise<void> {
  const missing = missingOf(packages)
  if (missing.length === 0) return
  if (!isRoot) {
    throw new Error(`Debian packages are missing. Run this, then start again:\n\n  sudo apt-get update && sudo apt-get install -y --no-install-recommends ${missing.join(' ')}\n`)
  }
  process.stdout.write(`installing Debian packages: ${missing.join(' ')}\n`)
  await withoutDaemons(async () => {
    try {
      await apt('install', ...APT_OPTIONS, ...missing)
    } catch {
      await updatePackageLists()
      await apt('install', ...APT_OPTIONS, ...missing)
    }
  })
  const still = missingOf(packages)
  if (still.length > 0) throw new Error(`apt-get installed ${still.join(', ')}, yet the files expected of them are absent`)
}

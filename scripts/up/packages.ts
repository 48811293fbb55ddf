import { existsSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { CommandError, run } from '../host/run.ts'
import { withoutDaemons } from './daemon-policy.ts'

/** Debian package -> a file of it, whose presence proves that it is installed. */
export const RUNTIME_PACKAGES = {
  ...(process.arch === 'arm64'
    ? { 'qemu-system-arm': '/usr/bin/qemu-system-aarch64' }
    : { 'qemu-system-x86': '/usr/bin/qemu-system-x86_64', 'seabios': '/usr/share/seabios/bios-256k.bin' }),
  'qemu-utils': '/usr/bin/qemu-img',
  'ipxe-qemu': '/usr/lib/ipxe/qemu',
  'busybox-static': '/bin/busybox',
  'e2fsprogs': '/sbin/mke2fs',
  'cpio': '/usr/bin/cpio',
  'lz4': '/usr/bin/lz4',
  'zstd': '/usr/bin/zstd',
  'kmod': '/sbin/modprobe',
  'gcc': '/usr/bin/gcc',
  'libc6-dev': '/usr/include/stdio.h',
  'nftables': '/usr/sbin/nft',
  'iproute2': '/sbin/ip',
  'caddy': '/usr/bin/caddy',
  'docker-registry': '/usr/bin/docker-registry',
  'skopeo': '/usr/bin/skopeo',
  'umoci': '/usr/bin/umoci',
  'fakeroot': '/usr/bin/fakeroot',
  'redis-tools': '/usr/bin/redis-check-rdb',
  'ca-certificates': '/etc/ssl/certs/ca-certificates.crt',
} as const satisfies Record<string, string>

/** Nodes that reach each other; where the kernel has no WireGuard a program does it. */
export const MESH_PACKAGES = { 'wireguard-tools': '/usr/bin/wg', 'wireguard-go': '/usr/bin/wireguard-go' } as const satisfies Record<string, string>

/** An ordinary user keeps the owners of image files in a user namespace. */
export const TRIAL_PACKAGES = { ...RUNTIME_PACKAGES, uidmap: '/usr/bin/newuidmap' } as const satisfies Record<string, string>

export const BROWSER_PACKAGES = {
  'chromium': '/usr/bin/chromium',
  'fonts-liberation': '/usr/share/fonts/truetype/liberation',
} as const satisfies Record<string, string>

const APT_OPTIONS = ['-o', 'DPkg::Lock::Timeout=600', '-y', '--no-install-recommends'] as const
const ATTEMPTS = 10
const RETRY_MS = 3000

function missingOf(packages: Record<string, string>): string[] {
  return Object.entries(packages).filter(([, proof]) => !existsSync(proof)).map(([name]) => name)
}

/** Another apt may hold a lock that apt itself does not wait for. */
async function apt(...args: string[]): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      await run(['apt-get', ...args], { env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }, uninterrupted: true })
      return
    } catch (error) {
      const isLocked = error instanceof CommandError && /Could not get lock|Unable to lock/.test(error.output)
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
  console.log(`installing Debian packages: ${missing.join(' ')}`)
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

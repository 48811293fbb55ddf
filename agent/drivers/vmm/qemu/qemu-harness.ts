/** Real QEMU for the tests of this folder: one guest build, one image, a fresh folder per file. */
import { createHash, randomBytes } from 'node:crypto'
import { cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { isExecutable, isInstalled } from '../../command.ts'
import { buildGuest, type BuildGuestOptions } from '../../../guest/build.ts'
import { guestAssets } from '../../../guest/assets.ts'
import type { VmSpec } from '../../vmm.ts'
import { makeBusyboxImage, makeExt4 } from '../fixture.ts'
import type { Harness } from '../vmm.contract.ts'
import { createQemuDriver, type QemuDriverOptions } from './driver.ts'
import { killNow, waitGone } from '../process.ts'

const NEEDED = ['qemu-system-x86_64', 'gcc', 'dpkg-deb', 'lz4', 'setpriv', 'setsid']
const FORWARDED_PORT = 21_000
const UNPRIVILEGED_UID = 30_001

/** The reason why real VMs cannot run here, or null. */
export function missingTools(): string | null {
  const missing = [...NEEDED, 'mke2fs'].filter((name) => !isInstalled(name))
  if (!isExecutable('/bin/busybox')) missing.push('busybox-static')
  return missing.length > 0 ? `not installed: ${missing.join(', ')}` : null
}

export interface QemuHarness extends Harness {
  folder: string
  vmsDir: string
  guestDir: string
  withOptions: (options: Partial<QemuDriverOptions>) => ReturnType<typeof createQemuDriver>
  /** A guest folder whose kernel gets these arguments too. */
  guestWith: (extra: string) => Promise<string>
  dispose: () => Promise<void>
}

const shell = (script: string): string[] => ['sh', '-c', script]
const untilStopped = 'while :; do sleep 0.05; done'

const programs: Harness['programs'] = {
  report: shell(`trap 'echo bye; exit 0' TERM; echo "greeting=$GREETING secret=$SECRET workdir=$(pwd) user=$(id -u)"; ${untilStopped}`),
  lines: (count) => shell(`i=0; while [ $i -lt ${count} ]; do i=$((i+1)); echo "line $i"; done; ${untilStopped}`),
  ticker: shell('i=0; while :; do i=$((i+1)); echo "tick $i"; usleep 3000; done'),
  exit: (code) => shell(`exit ${code}`),
  ignoresStopSignal: shell(`trap '' TERM; echo alive; ${untilStopped}`),
  missing: ['/no/such/program'],
}

/** Guests that differ from those of the product. */
interface OtherGuest { name: string; extra: NonNullable<BuildGuestOptions['extra']>; kernelArguments: string }

/** Where a run's own guest is, once it was built for all files of it. */
export const BUILT_GUEST = 'SHELLWEGO_TEST_GUEST'

export async function buildTestGuest(other?: OtherGuest): Promise<string> {
  const checkout = createHash('sha256').update(import.meta.dirname).digest('hex').slice(0, 8)
  const common = join(tmpdir(), `shellwego-test-guest-${process.getuid?.() ?? 0}-${checkout}`)
  const outDir = other ? `${common}-${other.name}` : common
  await buildGuest({ outDir, cacheDir: join(common, 'packages'), ...(other ? { extra: other.extra } : {}) })
  return outDir
}

export async function qemuHarness(other?: OtherGuest): Promise<QemuHarness> {
  const built = (other ? undefined : process.env[BUILT_GUEST]) ?? await buildTestGuest(other)
  const folder = await mkdtemp(join(tmpdir(), 'shellwego-vm-'))
  const guestDir = other ? await copyGuest(built, join(folder, 'guest'), other.kernelArguments) : built
  const vmsDir = join(folder, 'vms')
  const rootfs = await makeBusyboxImage(folder)
  const hungGuest = await copyGuest(guestDir, join(folder, 'hung'), 'rdinit=/none panic=0')
  const withOptions = (options: Partial<QemuDriverOptions>) => createQemuDriver({ vmsDir, guestDir, ...options })
  return {
    folder, vmsDir, guestDir, withOptions, programs,
    execs: { streams: shell('cat; echo oops >&2; exit 7'), hang: ['sleep', '60'] },
    appUid: '999',
    patienceMs: 20_000,
    driver: () => withOptions({}),
    hungDriver: () => withOptions({ guestDir: hungGuest, bootDeadlineMs: 2500, bootRetries: 1 }),
    guestWith: (extra) => copyGuest(guestDir, join(folder, `guest-${randomBytes(4).toString('hex')}`), extra),
    spec: async (process) => {
      const id = `vm-${randomBytes(4).toString('hex')}`
      const scratch = join(folder, `${id}.scratch`)
      await makeExt4(scratch, 32)
      return specOf(id, rootfs, scratch, process)
    },
    diskBytes: async (spec) => Buffer.concat([await readFile(spec.scratch), ...(await filesBelow(join(vmsDir, spec.id)))]),
    leftovers: async (id) => (await readdir(vmsDir).catch(() => [])).filter((name) => name === id),
    dispose: async () => {
      for (const identity of await withOptions({}).list()) {
        killNow(identity)
        await waitGone(identity, 10_000)
        await withOptions({}).cleanup(identity.id)
      }
      await rm(folder, { recursive: true, force: true })
    },
  }
}

function specOf(id: string, rootfs: string, scratch: string, process: Partial<VmSpec['process']> & { argv: string[] }): VmSpec {
  return {
    id, startId: `${id}-1`, hostname: 'guest-one', vcpu: 1, memoryMib: 128, rootfs, scratch, volumes: [], volumeKeys: {},
    network: { kind: 'user', mac: '52:54:00:12:34:56', forward: { listenAddress: loopbackAddress(), listenPort: FORWARDED_PORT, guestPort: 8080 } },
    process: { env: {}, workdir: '/', user: '', stopSignal: 'SIGTERM', ...process },
    uid: globalThis.process.getuid?.() === 0 ? UNPRIVILEGED_UID : null,
  }
}

/** One address per VM, as in the product: test runs side by side never meet. */
function loopbackAddress(): string {
  const [high = 0, low = 0] = randomBytes(2)
  return `127.77.${high}.${low}`
}

async function copyGuest(from: string, to: string, extra: string): Promise<string> {
  await cp(from, to, { recursive: true, filter: (path) => !path.endsWith('packages') })
  const path = guestAssets(to).kernelArguments
  await writeFile(path, `${(await readFile(path, 'utf8')).trim()} ${extra}\n`)
  return to
}

async function filesBelow(folder: string): Promise<Buffer[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => [])
  return Promise.all(entries.filter((entry) => entry.isFile()).map((entry) => readFile(join(entry.parentPath, entry.name))))
}

/** The real driver against doubles of jailer and Firecracker. Needs root for users and devices, and Firecracker's description of its API. */
import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { guestAssets } from '../../guest/assets.ts'
import { FirecrackerDriver, type FirecrackerDriverOptions } from '../../drivers/vmm/firecracker/driver.ts'
import { cgroupRoot } from '../../drivers/vmm/firecracker/cgroup.ts'
import type { Harness } from '../../drivers/vmm/vmm.contract.ts'
import type { VmSpec } from '../../drivers/vmm.ts'
import { killNow, waitGone } from '../../drivers/vmm/process.ts'
import { APP_UID, contractExecs, contractPrograms } from '../vm-programs.ts'

export const SPEC_FILE = join(import.meta.dirname, '../../../../shared/specs/firecracker/firecracker.yaml')
const KERNEL_ARGUMENTS = 'console=ttyS0 quiet panic=-1 reboot=t no_timer_check tsc_early_khz=2000000\n'
const UID = 30_101

/** The reason why the doubles cannot run here, or null. */
export function missingForDoubles(): string | null {
  if (!existsSync(SPEC_FILE)) return 'shared/specs/firecracker is not beside the checkout'
  if (process.getuid?.() !== 0) return 'needs root'
  return cgroupRoot() === null ? 'control groups of version 2 are not mounted' : null
}

export interface FirecrackerHarness extends Harness {
  folder: string
  withOptions: (options: Partial<FirecrackerDriverOptions>) => FirecrackerDriver
  /** A guest folder whose kernel gets these arguments too. */
  guestWith: (extra: string) => Promise<string>
  rootOf: (id: string) => string
  calls: (id: string) => Promise<{ method: string; path: string; body: Record<string, unknown> }[]>
  dispose: () => Promise<void>
}

export async function firecrackerHarness(): Promise<FirecrackerHarness> {
  const folder = await mkdtemp(join(tmpdir(), 'shellwego-fc-'))
  const jails = join(folder, 'jails')
  const guestDir = await makeGuest(join(folder, 'guest'), '')
  const hungGuest = await makeGuest(join(folder, 'hung'), 'double_hang')
  const binaries = await makeBinaries(folder)
  const rootfs = join(folder, 'root.ext4')
  await writeFile(rootfs, 'an image', { mode: 0o444 })
  const withOptions = (options: Partial<FirecrackerDriverOptions>): FirecrackerDriver =>
    new FirecrackerDriver({ folder: jails, guestDir, ...binaries, ...options })
  const rootOf = (id: string): string => join(jails, 'firecracker', id, 'root')
  return {
    folder, withOptions, rootOf,
    guestWith: (extra) => makeGuest(join(folder, `guest-${randomBytes(4).toString('hex')}`), extra),
    programs: contractPrograms, execs: contractExecs, appUid: APP_UID, patienceMs: 20_000,
    driver: () => withOptions({}),
    hungDriver: () => withOptions({ guestDir: hungGuest, bootDeadlineMs: 300, bootRetries: 1 }),
    spec: async (process) => {
      const id = `vm-${randomBytes(4).toString('hex')}`
      const scratch = join(folder, `${id}.scratch`)
      await writeFile(scratch, Buffer.alloc(4096), { mode: 0o600 })
      return specOf(id, rootfs, scratch, process)
    },
    diskBytes: async (spec) => Buffer.concat([await readFile(spec.scratch), ...(await filesBelow(rootOf(spec.id)))]),
    leftovers: async (id) => [
      ...(await readdir(jails, { recursive: true }).catch(() => [])), ...(await readdir(join(cgroupRoot() ?? '', 'shellwego.slice')).catch(() => [])),
    ].filter((path) => path.includes(id)),
    calls: async (id) => (await readFile(join(rootOf(id), 'calls.jsonl'), 'utf8')).trim().split('\n').map((line) => JSON.parse(line) as never),
    dispose: async () => {
      const driver = withOptions({})
      for (const identity of await driver.list()) {
        killNow(identity)
        await waitGone(identity, 10_000)
        await driver.cleanup(identity.id)
      }
      await rm(folder, { recursive: true, force: true })
    },
  }
}

function specOf(id: string, rootfs: string, scratch: string, process: Partial<VmSpec['process']> & { argv: string[] }): VmSpec {
  return {
    id, startId: `${id}-1`, hostname: 'guest-one', vcpu: 1, memoryMib: 128, rootfs, scratch, volumes: [], volumeKeys: {}, network: null, uid: UID,
    process: { env: {}, workdir: '/', user: '', stopSignal: 'SIGTERM', ...process },
  }
}

async function makeGuest(folder: string, extra: string): Promise<string> {
  const assets = guestAssets(folder)
  await mkdir(folder)
  await writeFile(assets.kernel, 'a kernel')
  await writeFile(assets.initramfs, 'an initramfs')
  await writeFile(assets.kernelArguments, `${KERNEL_ARGUMENTS.trim()} ${extra}\n`)
  return folder
}

async function makeBinaries(folder: string): Promise<{ firecracker: string; jailer: string }> {
  const [firecracker, jailer] = [join(folder, 'firecracker'), join(folder, 'jailer')]
  await writeFile(firecracker, '#!/bin/sh\necho "Firecracker v1.16.1"\n', { mode: 0o755 })
  const exports = `DOUBLE_SPEC='${SPEC_FILE}' DOUBLE_CALLS=1 DOUBLE_WITHOUT_CONTROLLERS=1`
  await writeFile(jailer, `#!/bin/sh\n${exports} exec '${process.execPath}' '${join(import.meta.dirname, 'jailer.ts')}' "$@"\n`, { mode: 0o755 })
  return { firecracker, jailer }
}

async function filesBelow(folder: string): Promise<Buffer[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => [])
  return Promise.all(entries.filter((entry) => entry.isFile()).map((entry) => readFile(join(entry.parentPath, entry.name))))
}

/** Restored disks are tried where they will be used: a throw-away VM without a network mounts one and reads every file in it. */
import { randomBytes } from 'node:crypto'
import { copyFile, mkdir, open, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { Semaphore } from '../../runtime/semaphore.ts'
import { runCommand } from '../command.ts'
import { VolumeError, type Trial, type TrialFacts, type TrialRoom } from '../volume.ts'
import { VmmError, type ExecResult, type VmHandlers, type VmmDriver, type VmSpec } from '../vmm.ts'

interface TrialVmOptions {
  /** Over a folder of its own, so that nobody takes its VMs for instances. */
  vmm: VmmDriver
  /** The guest's static program, which also reads files. */
  init: string
  /** The same folder; what lies in it goes. */
  folder: string
  uid: number | null
}

type Disk = Parameters<Trial>[0]

const MEMORY_MIB = 160
const DISK_MIB = 8
const LIMIT_MS = 3_600_000
const VOLUME = 'restored'
const MOUNT = '/restored'
const DEAF: VmHandlers = { onStarted: () => {}, onLog: () => {}, onExit: () => {} }

export function createTrialVm(options: TrialVmOptions): TrialRoom {
  const oneByOne = new Semaphore(1)
  return {
    use: (disk) => oneByOne.run(async () => {
      await clear(options)
      return tryOut(options, disk).finally(() => clear(options))
    }),
    clear: () => oneByOne.run(() => clear(options)),
  }
}

/** Also what an agent that ended in the middle left behind. */
async function clear({ vmm, folder }: TrialVmOptions): Promise<void> {
  for (const identity of await vmm.list()) {
    await (await vmm.attach(identity, DEAF, {}))?.kill()
    await vmm.cleanup(identity.id)
  }
  await rm(folder, { recursive: true, force: true })
}

async function tryOut(options: TrialVmOptions, disk: Disk): Promise<TrialFacts> {
  const vm = await options.vmm.start(await specOf(options, disk), {}, DEAF).catch((error: unknown) => { throw unmountable(error) })
  try {
    return judge(await vm.exec(['/check', MOUNT], { timeoutMs: LIMIT_MS }))
  } finally {
    await vm.kill()
    await options.vmm.cleanup(vm.identity.id)
  }
}

async function specOf({ init, folder, uid }: TrialVmOptions, { path, key }: Disk): Promise<VmSpec> {
  const root = join(folder, 'root')
  await mkdir(folder, { recursive: true, mode: 0o711 })
  await mkdir(root)
  await copyFile(init, join(root, 'check'))
  const id = `trial-${randomBytes(4).toString('hex')}`
  return {
    id, startId: `${id}-1`, hostname: 'trial', vcpu: 1, memoryMib: MEMORY_MIB, uid, network: null,
    rootfs: await makeDisk(join(folder, 'root.ext4'), ['-d', root]), scratch: await makeDisk(join(folder, 'scratch.ext4'), []),
    volumes: [{ id: VOLUME, path, mountPath: MOUNT, readOnly: false, encrypted: key !== null }], volumeKeys: key === null ? {} : { [VOLUME]: key },
    process: { argv: ['/check'], env: {}, workdir: '/', user: '', stopSignal: 'SIGKILL' },
  }
}

async function makeDisk(path: string, extra: readonly string[]): Promise<string> {
  const file = await open(path, 'w', 0o600)
  await file.truncate(DISK_MIB << 20).finally(() => file.close())
  await runCommand(['mke2fs', '-q', '-F', '-t', 'ext4', '-m', '0', '-E', 'root_owner=0:0', ...extra, path], { timeoutMs: 60_000 })
  return path
}

/** Everything else that stops a VM from starting says nothing about the disk. */
function unmountable(error: unknown): unknown {
  const mount = error instanceof VmmError && error.code === 'guest_panic' ? /cannot mount the volume[^\n]*/.exec(error.message) : null
  return mount === null ? error : new VolumeError('backup_damaged', `A virtual machine cannot use it: ${mount[0].slice(0, 200)}.`)
}

function judge({ exitCode, stdout, stderr, timedOut }: ExecResult): TrialFacts {
  const [, files, bytes, faults] = /^files (\d+) bytes (\d+) faults (\d+)$/m.exec(stdout) ?? []
  if (exitCode === 0 && files !== undefined && bytes !== undefined) return { files: Number(files), bytes: Number(bytes) }
  if (faults === undefined) throw new VmmError('vmm_failed', `The virtual machine did not read the files (${timedOut ? 'too late' : stderr.trim().slice(0, 200)}).`)
  throw new VolumeError('backup_damaged', `A virtual machine cannot read ${faults} of its files and folders, as ${stdout.split('\n', 1)[0]?.slice(0, 200) ?? ''}.`)
}

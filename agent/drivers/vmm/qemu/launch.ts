/** Starts QEMU outside the agent's process tree (`setsid --fork`): the agent's end, however it comes, is not the VM's. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chown, mkdir, open, rm, stat, type FileHandle } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import type { GuestAssets } from '../../../guest/assets.ts'
import { withKeyFile } from '../../key-file.ts'
import { VmmError, type NetworkAttachment } from '../../vmm.ts'
import { dropPrivileges, machineArguments, type Accelerator } from './arguments.ts'
import { Qmp, type QmpEvent } from './qmp.ts'

export interface LaunchOptions {
  qemu: string
  runFolder: string
  name: string
  uid: number | null
  accelerator: Accelerator
  vcpu: number
  memoryMib: number
  kernelArguments: string
  assets: GuestAssets
  disks: { root: string; scratch: string; config: string; volumes: readonly { path: string; key: string | null }[] } | null
  network: NetworkAttachment | null
  incoming?: boolean
  onEvent: (event: QmpEvent) => void
}

const FIRST_FD = 3
const QMP_DEADLINE_MS = 20_000

/** Resolves when QEMU listens on its control socket; by then it has read the keys, and their files are gone. */
export function launchQemu(options: LaunchOptions): Promise<Qmp> {
  const keys = options.disks?.volumes.map(({ key }) => key) ?? []
  return withKeyFiles(keys, options.uid, (keyFiles) => launch(options, keyFiles))
}

async function withKeyFiles<T>(keys: readonly (string | null)[], uid: number | null, work: (files: (string | null)[]) => Promise<T>): Promise<T> {
  const [first, ...rest] = keys
  if (first === undefined) return work([])
  const next = (file: string | null): Promise<T> => withKeyFiles(rest, uid, (files) => work([file, ...files]))
  return first === null ? next(null) : withKeyFile(first, uid, next)
}

async function launch(options: LaunchOptions, keyFiles: readonly (string | null)[]): Promise<Qmp> {
  await prepareRunFolder(options)
  const handles: FileHandle[] = []
  const openFile = async (path: string, flags = 'r'): Promise<number> => {
    handles.push(await open(path, flags))
    return FIRST_FD + handles.length - 1
  }
  try {
    const kernel = await openFile(options.assets.kernel)
    const initramfs = await openFile(options.assets.initramfs)
    const disks = options.disks && {
      root: await openFile(options.disks.root),
      scratch: await openFile(options.disks.scratch, 'r+'),
      config: await openFile(options.disks.config),
      volumes: await inTurn(options.disks.volumes, async ({ path }, index) => ({
        fd: await openFile(path, 'r+'), keyFile: keyFiles[index] ?? null, device: (await stat(path)).isBlockDevice(),
      })),
    }
    const argv = [
      ...dropPrivileges(options.uid, await kvmGroup(options.accelerator)),
      options.qemu,
      ...machineArguments({ ...options, files: { kernel, initramfs, disks } }),
    ]
    return await spawnAndConnect(argv, handles.map(({ fd }) => fd), options)
  } finally {
    await Promise.all(handles.map((handle) => handle.close()))
  }
}

/** Descriptors are numbered in the order of opening. */
async function inTurn<I, T>(items: readonly I[], work: (item: I, index: number) => Promise<T>): Promise<T[]> {
  const results: T[] = []
  for (const [index, item] of items.entries()) results.push(await work(item, index))
  return results
}

async function prepareRunFolder({ runFolder, uid }: LaunchOptions): Promise<void> {
  await rm(runFolder, { recursive: true, force: true })
  await mkdir(runFolder, { mode: 0o700 })
  if (uid !== null) await chown(runFolder, uid, uid)
}

async function kvmGroup(accelerator: Accelerator): Promise<number | null> {
  return accelerator === 'kvm' ? (await stat('/dev/kvm')).gid : null
}

/** Standard error closes when QEMU has ended, so it tells both that and why. */
async function spawnAndConnect(argv: string[], fds: number[], options: LaunchOptions): Promise<Qmp> {
  const child = spawn('setsid', ['--fork', ...argv], { cwd: options.runFolder, stdio: ['ignore', 'ignore', 'pipe', ...fds] })
  const failure: { text: string; ended: boolean } = { text: '', ended: false }
  const stderr = child.stderr
  if (stderr === null) throw new VmmError('vmm_failed', 'no standard error')
  stderr.setEncoding('utf8').on('data', (text: string) => { failure.text += text })
  stderr.once('close', () => { failure.ended = true })
  await Promise.race([once(child, 'spawn'), once(child, 'error').then(([error]) => { throw launchError(String(error)) })])
  try {
    return await connectWhenUp(options, failure)
  } finally {
    stderr.destroy()
    child.unref()
  }
}

async function connectWhenUp(options: LaunchOptions, failure: { text: string; ended: boolean }): Promise<Qmp> {
  const end = performance.now() + QMP_DEADLINE_MS
  while (performance.now() < end) {
    const qmp = await Qmp.connect(options.runFolder, options.onEvent).catch(() => null)
    if (qmp) return qmp
    if (failure.ended) throw launchError(failure.text)
    await sleep(5)
  }
  throw launchError(`QEMU did not open its control socket. ${failure.text}`)
}

export function launchError(text: string): VmmError {
  const code = /no space left on device|ENOSPC/i.test(text) ? 'no_space' : 'vmm_failed'
  return new VmmError(code, text.trim().slice(-1000) || 'QEMU ended at once')
}

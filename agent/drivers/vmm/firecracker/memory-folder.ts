/** The folder of a jail in which a guest's memory may lie in clear: a tmpfs of that VM's own, empty but for the moments of sleep. */
import { constants } from 'node:fs'
import { chown, mkdir, open, readFile, readdir, rm, type FileHandle } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { runCommand } from '../../command.ts'
import { SnapshotError, VmmError } from '../../vmm.ts'
import type { ImageFiles } from './memory-image.ts'
import { JAIL } from './machine.ts'

/** What the VM is, in a file beside its memory. */
const STATE_MIB = 16
const INODES = 16

export interface MemoryFolder {
  mib: number
  /** Whether the kernel can keep it out of swap. */
  pinned: boolean
}

/** A VM that was woken goes on upon the file it came from, which counts although it has no name any more. */
export const folderMib = (memoryMib: number, woken: boolean): number => memoryMib * (woken ? 2 : 1) + STATE_MIB

/** Before the jailer runs: a VM sees no mount that is made later. */
export async function mountMemory(root: string, uid: number, { mib, pinned }: MemoryFolder): Promise<void> {
  const path = join(root, JAIL.memoryFolder)
  await mkdir(path, { mode: 0o700 })
  const options = [`size=${mib}m`, `nr_inodes=${INODES}`, 'mode=0700', `uid=${uid}`, `gid=${uid}`, 'noexec', 'nosuid', 'nodev', ...(pinned ? ['noswap'] : [])]
  await runCommand(['mount', '-t', 'tmpfs', '-o', options.join(','), 'tmpfs', path])
}

/** As seen from here; an agent that began after the VM, in mounts of its own (systemd), goes by way of the VM's. */
export async function viewOf(root: string, pid: number): Promise<string> {
  const path = join(root, JAIL.memoryFolder)
  if ((await mountPoints()).includes(path)) return path
  return `/proc/${pid}/root${JAIL.memoryFolder}`
}

export async function emptyMemory(view: string): Promise<void> {
  for (const name of await readdir(view).catch(() => [])) await rm(join(view, name), { force: true, recursive: true })
}

/** As the VM's own user left them: nothing is followed out of the folder. */
export async function withMemoryFiles<T>(view: string, memoryMib: number, use: (files: ImageFiles) => Promise<T>): Promise<T> {
  return withFiles(view, constants.O_RDONLY, async (files) => {
    const { size } = await files.memory.stat()
    if (size !== memoryMib * 2 ** 20) throw new VmmError('vmm_failed', `Firecracker wrote ${size} bytes for ${memoryMib} MiB of memory`)
    return use(files)
  })
}

/** New ones, for the VM's own user to read. */
export async function makeMemoryFiles(view: string, uid: number, memoryMib: number, fill: (files: ImageFiles) => Promise<void>): Promise<void> {
  await withFiles(view, constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL, async (files) => {
    await files.memory.truncate(memoryMib * 2 ** 20)
    await fill(files)
    for (const path of Object.values(JAIL.snapshot)) await chown(join(view, basename(path)), uid, uid)
  }).catch((error: unknown) => {
    throw error instanceof Error && 'code' in error && error.code === 'ENOSPC' ? new SnapshotError('the snapshot is larger than the memory of its VM') : error
  })
}

async function withFiles<T>(view: string, flags: number, use: (files: ImageFiles) => Promise<T>): Promise<T> {
  const opened: FileHandle[] = []
  const at = async (path: string): Promise<FileHandle> => {
    const file = await open(join(view, basename(path)), flags | constants.O_NOFOLLOW | constants.O_NONBLOCK, 0o600)
    opened.push(file)
    if (!(await file.stat()).isFile()) throw new VmmError('vmm_failed', `${basename(path)} of a snapshot is no file`)
    return file
  }
  try {
    return await use({ state: await at(JAIL.snapshot.state), memory: await at(JAIL.snapshot.memory) })
  } finally {
    for (const file of opened) await file.close()
  }
}

const MOUNT_POINT = 4

export async function mountPoints(): Promise<string[]> {
  return (await readFile('/proc/self/mountinfo', 'utf8')).split('\n').map((line) => line.split(' ')[MOUNT_POINT] ?? '')
}

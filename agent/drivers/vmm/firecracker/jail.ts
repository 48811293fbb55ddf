/** What a jail holds: every file the VM may see, linked or mounted, with the VM's own user as owner of what is its alone. */
import { chmod, chown, link, mkdir, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { GuestAssets } from '../../../guest/assets.ts'
import { runCommand } from '../../command.ts'
import { openVolume } from './encrypted.ts'
import { JAIL, volumePath } from './machine.ts'
import { mountMemory, mountPoints, type MemoryFolder } from './memory-folder.ts'
import { jailFolder, jailRoot, type Jails, type VmRecord } from './record.ts'

export interface JailContent {
  uid: number
  assets: GuestAssets
  /** Null: a throw-away VM without disks. */
  disks: { root: string; scratch: string; config: Buffer; keys: Readonly<Record<string, string>> } | null
  /** Null: it never sleeps. */
  memory: MemoryFolder | null
}

const READABLE = 0o444

/** From nothing: the jailer refuses a jail in which its devices and pid file lie already. */
export async function buildJail(jails: Jails, record: VmRecord, content: JailContent): Promise<string> {
  await removeJail(jails, record)
  const root = jailRoot(jails, record)
  const { uid, disks, memory } = content
  await mkdir(root, { recursive: true, mode: 0o700 })
  const at = (path: string): string => join(root, path)
  await shared(content.assets.kernel, at(JAIL.kernel))
  await shared(content.assets.initramfs, at(JAIL.initramfs))
  await runCommand(['mkfifo', '-m', '0600', at(JAIL.log)])
  await chown(at(JAIL.log), uid, uid)
  if (disks) {
    await shared(disks.root, at(JAIL.root))
    await own(disks.scratch, at(JAIL.scratch), uid)
    await writeFile(at(JAIL.config), disks.config, { mode: 0o400 })
    await chown(at(JAIL.config), uid, uid)
    for (const [index, volume] of record.volumes.entries()) {
      const path = volume.encrypted ? await openVolume(volume, disks.keys[volume.id] ?? '') : volume.path
      await own(path, at(volumePath(index)), uid)
    }
  }
  if (memory) await mountMemory(root, uid, memory)
  return root
}

/** Mounts first: what is mounted in a jail is not the jail's to delete. */
export async function removeJail(jails: Jails, record: Pick<VmRecord, 'execName' | 'jailId'>): Promise<void> {
  const folder = jailFolder(jails, record)
  const mounts = (await mountPoints()).filter((path) => path.startsWith(`${folder}/`)).reverse()
  for (const path of mounts) await runCommand(['umount', path])
  await rm(folder, { recursive: true, force: true })
}

/** Read by many VMs, written by none. */
async function shared(source: string, target: string): Promise<void> {
  const { mode } = await stat(source)
  if ((mode & READABLE) !== READABLE) await chmod(source, mode | READABLE)
  await place(source, target)
}

async function own(source: string, target: string, uid: number): Promise<void> {
  const found = await stat(source)
  if (found.isBlockDevice()) return makeDevice(target, found.rdev, uid)
  await place(source, target)
  await chown(target, uid, uid)
  await chmod(target, 0o600)
}

/** A link costs nothing; another file system is mounted into the jail instead. */
async function place(source: string, target: string): Promise<void> {
  try {
    await link(source, target)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EXDEV') throw error
    await writeFile(target, '')
    await runCommand(['mount', '--bind', source, target])
  }
}

/** As the kernel packs them: twelve bits of major, twenty of minor. */
export const deviceNumbers = (rdev: number): [major: number, minor: number] => [(rdev >>> 8) & 0xfff, (rdev & 0xff) | ((rdev >>> 12) & 0xfff00)]

async function makeDevice(target: string, rdev: number, uid: number): Promise<void> {
  const [major, minor] = deviceNumbers(rdev)
  await runCommand(['mknod', '-m', '0600', target, 'b', String(major), String(minor)])
  await chown(target, uid, uid)
}

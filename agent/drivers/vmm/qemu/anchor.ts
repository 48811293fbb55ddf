/** One folder per VM with a record that is written before anything else and removed after everything else. */
import { chmod, mkdir, open, readdir, readFile, rename, rm, rmdir } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import type { VmIdentity } from '../../vmm.ts'
import { findByArgument, isAlive, type ProcessRef } from '../process.ts'

const anchorSchema = z.object({
  id: z.string(),
  startId: z.string(),
  memoryMib: z.number(),
  /** Volumes in the order of their disks. */
  volumes: z.array(z.string()).default([]),
  /** Those of them that are encrypted. */
  encrypted: z.array(z.string()).default([]),
  /** What a snapshot of it fits; null where none is made. */
  machine: z.string().nullable().default(null),
  process: z.object({ pid: z.number(), pidStart: z.string(), bootId: z.string() }).nullable(),
})
export type Anchor = z.infer<typeof anchorSchema>

export const vmFiles = (folder: string) => ({
  anchor: join(folder, 'vm.json'),
  config: join(folder, 'config.img'),
  /** Its memory while it sleeps. */
  snapshot: join(folder, 'memory.sealed'),
  /** Sockets: the one place QEMU's own user may write. */
  run: join(folder, 'run'),
})

/** The `-name` of its QEMU process. */
export const processName = (id: string, startId: string): string => `shellwego-${id}-${startId}`

export function vmFolder(vmsDir: string, id: string): string {
  if (!/^[A-Za-z0-9][A-Za-z0-9_.-]{0,99}$/.test(id)) throw new TypeError(`not a VM id: ${id}`)
  return join(vmsDir, id)
}

export async function writeAnchor(folder: string, anchor: Anchor): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o711 })
  await chmod(folder, 0o711)
  const { anchor: path } = vmFiles(folder)
  const file = await open(`${path}.new`, 'w', 0o600)
  try {
    await file.writeFile(JSON.stringify(anchor))
    await file.sync()
  } finally {
    await file.close()
  }
  await rename(`${path}.new`, path)
}

export async function readAnchor(folder: string): Promise<Anchor | null> {
  try {
    return anchorSchema.parse(JSON.parse(await readFile(vmFiles(folder).anchor, 'utf8')))
  } catch {
    return null
  }
}

/** The live process of an anchor, also when the agent died between starting it and noting its pid. */
export async function liveProcess(anchor: Anchor): Promise<ProcessRef | null> {
  if (anchor.process !== null) return isAlive(anchor.process) ? anchor.process : null
  return findByArgument(processName(anchor.id, anchor.startId))
}

export async function listAnchors(vmsDir: string): Promise<Anchor[]> {
  const names = await readdir(vmsDir).catch(() => [])
  const anchors = await Promise.all(names.map((name) => readAnchor(join(vmsDir, name))))
  return anchors.filter((anchor) => anchor !== null)
}

/** The anchor goes last: while anything is left, a listing still explains it. */
export async function removeFolder(folder: string): Promise<void> {
  const { anchor } = vmFiles(folder)
  const names = await readdir(folder).catch(() => [])
  for (const name of names) {
    if (join(folder, name) !== anchor) await rm(join(folder, name), { recursive: true, force: true })
  }
  await rm(anchor, { force: true })
  await rmdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw error
  })
}

export const identityOf = (anchor: Anchor, process: ProcessRef): VmIdentity => ({ id: anchor.id, startId: anchor.startId, ...process })

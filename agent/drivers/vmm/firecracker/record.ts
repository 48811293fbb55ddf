/** One file per VM, written before its jail and removed after it: whatever is left is explained. */
import { mkdir, open, readdir, readFile, rename, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { z } from 'zod'
import type { VmIdentity } from '../../vmm.ts'
import { isAlive, refOf, type ProcessRef } from '../process.ts'
import { cgroupRoot, VmCgroup } from './cgroup.ts'
import { groupMemoryMib, jailIdOf } from './jailer.ts'

const volumeSchema = z.object({ id: z.string(), path: z.string(), readOnly: z.boolean(), encrypted: z.boolean() })
const recordSchema = z.object({
  id: z.string(),
  startId: z.string(),
  jailId: z.string(),
  /** Of the binary it runs, which a later agent may have replaced: jail and pid file are named after it. */
  execName: z.string(),
  volumes: z.array(volumeSchema),
  memoryMib: z.number().default(0),
  /** What a snapshot of it would fit; null of one that an earlier version started. */
  machine: z.string().nullable().default(null),
  /** It goes on upon the file its memory came from, which takes as much again. */
  woken: z.boolean().default(false),
  process: z.object({ pid: z.number(), pidStart: z.string(), bootId: z.string() }).nullable(),
})
export type VmRecord = z.infer<typeof recordSchema>

/** Where all VMs of a driver are; disks must lie on the same file system to be linked, else they are mounted. */
export interface Jails { folder: string; cgroupRoot: string }

export const jailFolder = (jails: Jails, { execName, jailId }: Pick<VmRecord, 'execName' | 'jailId'>): string => join(jails.folder, execName, jailId)
export const jailRoot = (jails: Jails, record: Pick<VmRecord, 'execName' | 'jailId'>): string => join(jailFolder(jails, record), 'root')
export const cgroupOf = (jails: Jails, { jailId }: Pick<VmRecord, 'jailId'>): VmCgroup => new VmCgroup(jails.cgroupRoot, jailId)

const recordsFolder = (jails: Jails): string => join(jails.folder, 'vms')
const recordPath = (jails: Jails, id: string): string => join(recordsFolder(jails), `${jailIdOf(id)}.json`)

/** Where its memory sleeps; beside its record, because its jail is made anew when it wakes. */
export const snapshotPath = (jails: Jails, id: string): string => join(recordsFolder(jails), `${jailIdOf(id)}.sealed`)

export function jailsIn(folder: string): Jails {
  return { folder, cgroupRoot: cgroupRoot() ?? '/sys/fs/cgroup' }
}

export async function writeRecord(jails: Jails, record: VmRecord): Promise<void> {
  const path = recordPath(jails, record.id)
  await mkdir(dirname(path), { recursive: true, mode: 0o700 })
  const file = await open(`${path}.new`, 'w', 0o600)
  try {
    await file.writeFile(JSON.stringify(record))
    await file.sync()
  } finally {
    await file.close()
  }
  await rename(`${path}.new`, path)
}

export async function readRecord(jails: Jails, id: string): Promise<VmRecord | null> {
  const record = await parseRecord(recordPath(jails, id))
  return record?.id === id ? record : null
}

export async function listRecords(jails: Jails): Promise<VmRecord[]> {
  const names = (await readdir(recordsFolder(jails)).catch(() => [])).filter((name) => name.endsWith('.json'))
  const records = await Promise.all(names.map((name) => parseRecord(join(recordsFolder(jails), name))))
  return records.filter((record) => record !== null)
}

/** Of all VMs, those that sleep too. */
export const promisedMib = async (jails: Jails): Promise<number> =>
  (await listRecords(jails)).reduce((sum, { memoryMib, woken }) => sum + groupMemoryMib(memoryMib, woken ? 2 : 1), 0)

export const removeRecord = (jails: Jails, id: string): Promise<void> => rm(recordPath(jails, id), { force: true })

async function parseRecord(path: string): Promise<VmRecord | null> {
  try {
    return recordSchema.parse(JSON.parse(await readFile(path, 'utf8')))
  } catch {
    return null
  }
}

/** The live process of a record, also when the agent died between starting it and noting its pid: the jailer noted it too. */
export async function liveProcess(jails: Jails, record: VmRecord): Promise<ProcessRef | null> {
  const known = record.process ?? (await processOfJail(jails, record))
  return known && isAlive(known) && cgroupOf(jails, record).holds(known.pid) ? known : null
}

export async function processOfJail(jails: Jails, record: VmRecord): Promise<ProcessRef | null> {
  const text = await readFile(join(jailRoot(jails, record), `${record.execName}.pid`), 'utf8').catch(() => '')
  return /^\d+$/.test(text.trim()) ? refOf(Number(text)) : null
}

export const identityOf = (record: VmRecord, process: ProcessRef): VmIdentity => ({ id: record.id, startId: record.startId, ...process })

/** What the kernel says of the machine. Totals since boot, but memory and storage, which are what they are now. */
import { readFile, statfs } from 'node:fs/promises'

export interface HostCounters {
  cpuUs: number
  capacityUs: number
  memoryUsedMib: number
  memoryTotalMib: number
  diskRead: number
  diskWrite: number
  netRx: number
  netTx: number
  dropped: number
}
export interface PoolUse { pool: string; usedMib: number; totalMib: number }

const TICK_US = 10_000
const SECTOR = 512
const DISK = /^(sd[a-z]+|vd[a-z]+|xvd[a-z]+|nvme\d+n\d+|mmcblk\d+)$/
/** Bridges, TAPs and tunnels of ours carry what a real interface carries again. */
const VIRTUAL = /^(lo|swg|tap|veth|docker|br-)/

export const parseStat = (text: string): { cpuUs: number; capacityUs: number } => {
  const fields = (/^cpu +(.+)$/m.exec(text)?.[1] ?? '').split(' ').slice(0, 8).map(Number)
  const total = fields.reduce((sum, ticks) => sum + ticks, 0)
  const idle = (fields[3] ?? 0) + (fields[4] ?? 0)
  return { cpuUs: (total - idle) * TICK_US, capacityUs: total * TICK_US }
}

export const parseMeminfo = (text: string): { memoryUsedMib: number; memoryTotalMib: number } => {
  const kib = (name: string): number => Number(new RegExp(`^${name}: +(\\d+)`, 'm').exec(text)?.[1] ?? 0)
  return { memoryUsedMib: Math.round((kib('MemTotal') - kib('MemAvailable')) / 1024), memoryTotalMib: Math.round(kib('MemTotal') / 1024) }
}

export const parseDiskstats = (text: string): { diskRead: number; diskWrite: number } => {
  const disks = text.split('\n').map((line) => line.trim().split(/\s+/)).filter(([, , name = '']) => DISK.test(name))
  const sum = (at: number): number => disks.reduce((all, fields) => all + Number(fields[at] ?? 0) * SECTOR, 0)
  return { diskRead: sum(5), diskWrite: sum(9) }
}

/** Traffic of real interfaces; packets dropped on any, those of instances included. */
export const parseNetDev = (text: string): { netRx: number; netTx: number; dropped: number } => {
  const found = { netRx: 0, netTx: 0, dropped: 0 }
  for (const [, name = '', values = ''] of text.matchAll(/^ *([^:\s]+): *(.+)$/gm)) {
    const fields = values.trim().split(/\s+/).map(Number)
    if (name !== 'lo') found.dropped += (fields[3] ?? 0) + (fields[11] ?? 0)
    if (VIRTUAL.test(name)) continue
    found.netRx += fields[0] ?? 0
    found.netTx += fields[8] ?? 0
  }
  return found
}

export async function readHost(proc = '/proc'): Promise<HostCounters> {
  const read = (name: string): Promise<string> => readFile(`${proc}/${name}`, 'utf8').catch(() => '')
  const [cpu, memory, disks, net] = await Promise.all([read('stat'), read('meminfo'), read('diskstats'), read('net/dev')])
  return { ...parseStat(cpu), ...parseMeminfo(memory), ...parseDiskstats(disks), ...parseNetDev(net) }
}

export async function readPools(pools: Readonly<Record<string, string>>): Promise<PoolUse[]> {
  const all = await Promise.all(Object.entries(pools).map(async ([pool, path]) => {
    const found = await statfs(path).catch(() => null)
    if (!found) return null
    const mib = (blocks: number): number => Math.round(blocks * found.bsize / 2 ** 20)
    return { pool, usedMib: mib(found.blocks - found.bfree), totalMib: mib(found.blocks) }
  }))
  return all.filter((pool) => pool !== null)
}

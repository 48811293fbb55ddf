/** What the agent leaves for the fence process: until when strict instances may live, and how each of them is found. No dependencies. */
import { readFileSync, renameSync, writeFileSync } from 'node:fs'

export interface FencedVm {
  vmId: string
  /** A whole argument of its QEMU process, known before that starts. */
  argument: string
  /** Folders of control groups that are its own, where there are any. */
  cgroups: readonly string[]
}

export interface LeaseFile {
  bootId: string
  /** Milliseconds since boot, sleep of the host included. */
  deadlineMs: number
  vms: readonly FencedVm[]
}

export interface Beat { pid: number; bootId: string; atMs: number }

export const bootMs = (): number => Math.round(Number(readFileSync('/proc/uptime', 'utf8').split(' ')[0]) * 1000)
export const currentBootId = (): string => readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()

/** Whole or not at all; it need not outlive a crash of the host, which no VM does either. */
export function writeWhole(path: string, content: LeaseFile | Beat): void {
  writeFileSync(`${path}.new`, JSON.stringify(content), { mode: 0o600 })
  renameSync(`${path}.new`, path)
}

/** Null: there is none, or it is not ours to read. */
export function readWhole<T extends LeaseFile | Beat>(path: string): T | null {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as T
  } catch {
    return null
  }
}

export const fenceFiles = (folder: string) => ({ lease: `${folder}/lease.json`, beat: `${folder}/beat.json` })

/** What a heartbeat says of the machine itself. */
import { freemem, loadavg } from 'node:os'
import type { StatusRequest } from '../../server/contract/node-api/v1.ts'

type NodeReport = StatusRequest['node']

const MEMORY_FLOOR_MIB = 256
const LONGEST = 500

export interface NodeFaults { diskPressure: string | null; suspicious: string | null; edge: string | null; network: string | null }

export function nodeReport(diskFreeMib: number, { diskPressure, suspicious, edge, network }: NodeFaults): NodeReport {
  const memoryFreeMib = Math.floor(freemem() / 2 ** 20)
  const memory = memoryFreeMib < MEMORY_FLOOR_MIB ? `Only ${memoryFreeMib} MiB of memory are free on this node.` : null
  const all = [['disk_pressure', diskPressure], ['memory_pressure', memory], ['suspicious_desired', suspicious], ['edge_down', edge], ['network_fault', network]] as const
  const conditions = all.flatMap(([type, message]) => (message ? [{ type, message: message.slice(0, LONGEST) }] : []))
  return { load: loadavg()[0] ?? 0, memory_free_mib: memoryFreeMib, disk_free_mib: diskFreeMib, conditions }
}

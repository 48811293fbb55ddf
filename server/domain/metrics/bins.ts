import type { AppTraffic, AppUsage, NodeTraffic, NodeUsage } from '../../../prisma/generated/client.ts'
import type { HostBin, TrafficBin, UsageBin } from './rules/series.ts'

export const toUsageBin = (row: AppUsage | NodeUsage): UsageBin => ({
  at: row.at, spanMs: Number(row.spanMs), cpuUs: Number(row.cpuUs), capacityUs: Number(row.capacityUs), memory: Number(row.memory),
  diskRead: Number(row.diskRead), diskWrite: Number(row.diskWrite), netRx: Number(row.netRx), netTx: Number(row.netTx),
})

export const toHostBin = (row: NodeUsage): HostBin => ({
  ...toUsageBin(row), memoryTotal: Number(row.memoryTotal), storage: Number(row.storage), storageTotal: Number(row.storageTotal),
})

export const toTrafficBin = (row: AppTraffic | NodeTraffic): TrafficBin => ({
  at: row.at, status: row.status.map(Number), latency: row.latency.map(Number), latencyUs: Number(row.latencyUs), bytesOut: Number(row.bytesOut),
})

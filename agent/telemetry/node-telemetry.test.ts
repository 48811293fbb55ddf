import { appendFileSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { spawnBins } from '../../server/contract/metrics.ts'
import { HostRecord, TrafficRecord } from '../../server/contract/node-api/measures.ts'
import { parseRequest } from '../drivers/route/caddy/request-log.ts'
import { emptyRecord } from '../reconcile/model.ts'
import { sleep } from '../runtime/backoff.ts'
import { systemClock } from '../runtime/clock.ts'
import { silentLogger } from '../runtime/log.ts'
import { openDatabase } from '../state/database.ts'
import { openUsageWal } from '../state/usage-wal.ts'
import { nodeFamilies } from './exposition.ts'
import { parseDiskstats, parseMeminfo, parseNetDev, parseStat } from './host-counters.ts'
import { hostMeasure, type HostReading } from './host-meter.ts'
import { NodeTelemetry } from './node-telemetry.ts'
import { Spawns } from './spawns.ts'
import { Traffic } from './traffic.ts'

const COUNTERS = { cpuUs: 10, capacityUs: 100, memoryUsedMib: 30, memoryTotalMib: 100, diskRead: 5, diskWrite: 6, netRx: 7, netTx: 8, dropped: 9 }
const reading = (atMs: number, over: Partial<typeof COUNTERS> = {}): HostReading =>
  ({ atMs, counters: { ...COUNTERS, ...over }, pools: [{ pool: 'a', usedMib: 1, totalMib: 100 }, { pool: 'b', usedMib: 9, totalMib: 10 }], spawned: { spawns: spawnBins(), spawn_us: 0 } })

const setUp = () => {
  const dir = mkdtempSync(join(tmpdir(), 'telemetry-'))
  const database = openDatabase(join(dir, 'ledger.db'), '')
  onTestFinished(() => {
    database.close()
    rmSync(dir, { recursive: true })
  })
  mkdirSync(join(dir, 'requests'))
  const wal = openUsageWal(database, systemClock())
  const open = () => new NodeTelemetry({
    wal, database, clock: systemClock(), log: silentLogger, requests: { folder: join(dir, 'requests'), parse: parseRequest }, pools: { data: dir }, port: null,
    instances: () => new Map(), edgeAddress: () => null, appOf: (host) => (host === 'shop.test' ? 'app_1' : null), onRequest: () => {}, timing: { readMs: 5, keepMs: 20, hostMs: 30 },
  })
  const visit = (count: number, host = 'shop.test') => {
    const line = JSON.stringify({ ts: Date.now(), user_id: `2ms 10.0.0.1 ${host}:443`, duration: 1, size: 10, status: 200 })
    appendFileSync(join(dir, 'requests', 'log'), `${line}\n`.repeat(count))
  }
  const counted = () => wal.pending(500).flatMap((record) => ('app_id' in record ? [record] : [])).reduce((sum, record) => sum + (record.status[1] ?? 0), 0)
  return { open, visit, counted, wal }
}

test('requests are handed on once, over restarts at any moment; hosts of nobody are left out', async () => {
  const { open, visit, counted, wal } = setUp()
  for (let life = 0; life < 5; life += 1) {
    const telemetry = open()
    await telemetry.start()
    visit(10)
    visit(3, 'stranger.test')
    await sleep(life * 15)
    await telemetry.stop()
  }
  const last = open()
  await last.start()
  await expect.poll(counted, { timeout: 5_000 }).toBe(50)
  await expect.poll(() => wal.pending(500).some((record) => 'host' in record), { timeout: 5_000 }).toBe(true)
  await last.stop()
  expect(counted()).toBe(50)
  for (const record of wal.pending(500)) expect('host' in record ? HostRecord.safeParse(record).success : TrafficRecord.safeParse(record).success).toBe(true)
})

test('what instances answer that are compared is told apart in seconds; together it is what the app answered', () => {
  const traffic = new Traffic()
  const request = (endedMs: number, status = 200) => ({ endedMs, host: 'shop.test', upstream: null, status, latencyUs: 4_000, bytesOut: 1 })
  traffic.add('app_1', request(1_000))
  for (const at of [1_000, 4_999, 5_000]) traffic.add('app_1', request(at, 503), 'inst_1')
  traffic.add('app_1', request(1_000), 'inst_2')
  const taken = traffic.take()
  expect(taken.map(({ midMs, sum }) => [midMs, sum.instance_id, sum.status])).toEqual([
    [30_000, undefined, [0, 1, 0, 0, 0]], [2_500, 'inst_1', [0, 0, 0, 0, 2]], [7_500, 'inst_1', [0, 0, 0, 0, 1]], [2_500, 'inst_2', [0, 1, 0, 0, 0]],
  ])
  traffic.add('app_1', request(3_000), 'inst_1')
  traffic.putBack(taken)
  expect(traffic.take().find(({ midMs, sum }) => sum.instance_id === 'inst_1' && midMs === 2_500)?.sum.status).toEqual([0, 1, 0, 0, 2])
})

test('a record of the machine is what grew; a counter that fell began again', () => {
  expect(hostMeasure(null, reading(0))).toBeNull()
  expect(hostMeasure(reading(0), reading(60_000, { cpuUs: 40, netRx: 3 })))
    .toMatchObject({ span_ms: 60_000, cpu_us: 30, net_rx: 3, disk_used_mib: 9, disk_total_mib: 10 })
})

test('what the kernel writes is read', () => {
  expect(parseStat('cpu  100 0 50 800 50 0 0 0 0 0\ncpu0 1 2 3 4')).toEqual({ cpuUs: 1_500_000, capacityUs: 10_000_000 })
  expect(parseMeminfo('MemTotal:  2048000 kB\nMemFree: 1 kB\nMemAvailable:  1024000 kB\n')).toEqual({ memoryUsedMib: 1_000, memoryTotalMib: 2_000 })
  expect(parseDiskstats('   8  0 sda 1 2 10 4 5 6 20 8 0 0 0\n   8  1 sda1 1 2 10 4 5 6 20 8\n   7 0 loop0 1 1 99 1 1 1 99 1\n')).toEqual({ diskRead: 5_120, diskWrite: 10_240 })
  expect(parseNetDev('Inter-| Receive\n face |bytes\n    lo: 9 9 9 9 0 0 0 0 9 9 9 9 0 0 0 0\n  eth0: 100 1 0 2 0 0 0 0 200 1 0 3 0 0 0 0\n swgt1: 7 1 0 4 0 0 0 0 7 1 0 0 0 0 0 0\n'))
    .toEqual({ netRx: 100, netTx: 200, dropped: 9 })
})

test('a spawn is timed from booting to the running process, once', () => {
  const spawns = new Spawns()
  const clock = systemClock()
  const at = { bootId: clock.bootId(), monotonicMs: 0, wallMs: 0 }
  const start = { startId: 's1', generation: 1, done: [], stopTimeoutS: 1, image: null, network: null, identity: null, started: null, ended: null }
  const record = (phase: 'booting' | 'running', started: boolean) => ({
    id: 'vm', record: { ...emptyRecord('vm', 1, at), phase, start: { ...start, started: started ? at : null } },
  })
  spawns.changed(record('booting', false), 1_000)
  spawns.changed(record('booting', false), 1_100)
  spawns.changed(record('running', true), 1_400)
  spawns.changed(record('running', true), 9_000)
  expect(spawns.total).toMatchObject({ spawn_us: 400_000 })
  expect(spawns.total.spawns.reduce((a, b) => a + b)).toBe(1)
})

test('Prometheus is shown the names of the reference, and nothing of any app', () => {
  const traffic = new Traffic()
  traffic.add('app_secret', { endedMs: 0, host: 'shop.test', upstream: null, status: 204, latencyUs: 4_000, bytesOut: 1 })
  const families = nodeFamilies({ ...reading(0), traffic: traffic.total, vms: new Map([['running', 2]]) })
  expect(families.map((one) => one.name)).toEqual(expect.arrayContaining([
    'shellwego_microvm_spawn_duration_seconds', 'shellwego_node_memory_pressure', 'shellwego_network_dropped_packets', 'shellwego_storage_pool_usage']))
  expect(JSON.stringify(families)).not.toMatch(/app_secret|shop/)
})

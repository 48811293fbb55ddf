import http from 'node:http'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { latencyBins, spawnBins } from '../contract/metrics.ts'
import { recordUsage } from '../domain/metering/index.ts'
import { closeMetrics, getMetricsAccess, openMetrics } from '../domain/metrics/index.ts'
import { makeUser } from '../testing/actors.ts'
import { tokenOf } from '../testing/api.ts'
import { makeEstate, type Estate } from '../testing/estate.ts'
import { withRuntime } from '../testing/runtime.ts'
import { countAnswer, handleMetrics } from './metrics.ts'
import { listen } from './node/testing.ts'

withRuntime({ SHELLWEGO_SANDBOX_PORT: 23_110, PORT: 23_111 })
let estate: Estate
let portal: Awaited<ReturnType<typeof listen>>
beforeAll(async () => {
  estate = await makeEstate()
  portal = await listen((req, res) => {
    countAnswer('metrics', res)
    void handleMetrics(req, res)
  })
}, 60_000)
afterAll(() => portal.close())

const scrape = (token?: string, method = 'GET') => new Promise<{ status: number; type: string; text: string }>((resolve, reject) => {
  http.request({ port: portal.port, path: '/metrics', method, headers: token === undefined ? {} : { authorization: `Bearer ${token}` } }, (res) => {
    let text = ''
    res.on('data', (chunk: Buffer) => { text += chunk.toString() }).on('end', () => resolve({ status: res.statusCode ?? 0, type: res.headers['content-type'] ?? '', text }))
  }).on('error', reject).end()
})

test('until staff made a token there is nothing; then only that token opens it, and a new one ends it', async () => {
  const staff = await makeUser({ staff: true })
  expect((await scrape()).status).toBe(404)
  expect((await scrape(await tokenOf(staff.actor))).status).toBe(404)
  const first = (await staff.call(openMetrics, {})).token
  expect([(await scrape()).status, (await scrape(await tokenOf(staff.actor))).status, (await scrape(`${first}x`)).status]).toEqual([401, 401, 401])
  expect((await scrape(first)).status).toBe(200)
  expect((await scrape(first, 'POST')).status).toBe(405)
  expect(await staff.call(getMetricsAccess, {})).toMatchObject({ enabled: true, hint: first.slice(-4), last_used_at: expect.any(String) as string })
  const second = (await staff.call(openMetrics, {})).token
  expect([(await scrape(first)).status, (await scrape(second)).status]).toEqual([401, 200])
  expect(await staff.call(closeMetrics, {})).toMatchObject({ enabled: false })
  await expect(staff.call(closeMetrics, {})).rejects.toMatchObject({ code: 'not_found' })
  expect((await scrape(second)).status).toBe(404)
})

const LINE = /^(# (HELP|TYPE) shellwego_[a-z_]+ .+|shellwego_[a-z_]+(\{[a-z_]+="[^"]*"(,[a-z_]+="[^"]*")*\})? (-?[0-9.e+-]+|\+Inf))$/

test('it tells the fleet by the names of the reference, in the text format, and nothing of any customer', async () => {
  const staff = await makeUser({ staff: true })
  const { token } = await staff.call(openMetrics, {})
  const nodeId = estate.ids.node_id ?? ''
  const spawns = spawnBins()
  spawns[3] = 2
  const host = {
    span_ms: 60_000, cpu_us: 1, capacity_us: 2, memory_used_mib: 512, memory_total_mib: 1_024, disk_used_mib: 10, disk_total_mib: 40,
    disk_read: 0, disk_write: 0,
    net_rx: 0, net_tx: 0, dropped: 7, spawns, spawn_us: 500_000,
  }
  const traffic = { app_id: estate.ids.app_id ?? '', status: [0, 5, 0, 0, 1], latency: latencyBins().map((_, at) => (at === 2 ? 6 : 0)), latency_us: 24_000, bytes_out: 99 }
  await recordUsage(nodeId, { stream_id: 'm', records: [{ seq: 1, ago_ms: 30_000, host }, { seq: 2, ago_ms: 30_000, ...traffic }] })
  const { text, type } = await scrape(token)
  expect(type).toBe('text/plain; version=0.0.4; charset=utf-8')
  expect(text.trimEnd().split('\n').filter((line) => !LINE.test(line))).toEqual([])
  const value = (name: string, labels = '') => Number(new RegExp(`^${name}\\{node="${nodeId}"[^}]*${labels}[^}]*\\} (\\S+)$`, 'm').exec(text)?.[1])
  expect(value('shellwego_node_memory_pressure')).toBe(0.5)
  expect(value('shellwego_storage_pool_usage')).toBe(0.25)
  expect(value('shellwego_network_dropped_packets')).toBe(7)
  expect(value('shellwego_microvm_spawn_duration_seconds_count')).toBe(2)
  expect(value('shellwego_microvm_spawn_duration_seconds_sum')).toBe(0.5)
  expect(value('shellwego_edge_requests_total', 'status="5xx"')).toBe(1)
  expect(value('shellwego_edge_request_duration_seconds_bucket', 'le="0.005"')).toBe(6)
  expect(text).toContain('shellwego_portal_requests_total{door="metrics",status="2xx"}')
  for (const secret of [estate.marker, ...Object.entries(estate.ids).filter(([name]) => name !== 'node_id').map(([, id]) => id)]) expect(text).not.toContain(secret)
})

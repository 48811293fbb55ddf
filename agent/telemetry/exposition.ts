/** What the agent shows Prometheus: the machine and its edge as a whole, nothing of any tenant. */
import { createServer, type Server } from 'node:http'
import { LATENCY_BOUNDS_MS, SPAWN_BOUNDS_MS } from '../../server/contract/metrics.ts'
import { PROMETHEUS_TYPE, prometheusText, type MetricFamily } from '../../server/contract/prometheus.ts'
import type { AppTraffic } from './traffic.ts'
import type { HostReading } from './host-meter.ts'

export interface NodeFigures extends HostReading { traffic: Pick<AppTraffic, 'status' | 'latency' | 'latency_us' | 'bytes_out'>; vms: ReadonlyMap<string, number> }

const seconds = (bounds: readonly number[]): number[] => bounds.map((ms) => ms / 1_000)
const counter = (name: string, help: string, value: number): MetricFamily => ({ name, help, type: 'counter', samples: [{ value }] })

export function nodeFamilies({ counters: c, pools, spawned, traffic, vms }: NodeFigures): MetricFamily[] {
  return [
    { name: 'shellwego_microvm_spawn_duration_seconds', help: 'From the start of a microVM to the start of its process.', type: 'histogram',
      histograms: [{ bounds: seconds(SPAWN_BOUNDS_MS), bins: spawned.spawns, sum: spawned.spawn_us / 1e6 }] },
    { name: 'shellwego_node_memory_pressure', help: 'Share of the memory that is in use, 0 to 1.', type: 'gauge',
      samples: [{ value: c.memoryTotalMib === 0 ? 0 : c.memoryUsedMib / c.memoryTotalMib }] },
    counter('shellwego_network_dropped_packets', 'Packets dropped on the interfaces of the machine and its instances since boot.', c.dropped),
    { name: 'shellwego_storage_pool_usage', help: 'Share of a storage pool that is full, 0 to 1.', type: 'gauge',
      samples: pools.map(({ pool, usedMib, totalMib }) => ({ labels: { pool }, value: totalMib === 0 ? 0 : usedMib / totalMib })) },
    { name: 'shellwego_microvms', help: 'MicroVMs by phase.', type: 'gauge', samples: [...vms].map(([phase, value]) => ({ labels: { phase }, value })) },
    counter('shellwego_node_cpu_seconds_total', 'Processor time used since boot.', c.cpuUs / 1e6),
    counter('shellwego_node_network_receive_bytes_total', 'Bytes received on real interfaces since boot.', c.netRx),
    counter('shellwego_node_network_transmit_bytes_total', 'Bytes sent on real interfaces since boot.', c.netTx),
    { name: 'shellwego_edge_requests_total', help: 'Requests for apps that ended at the edge, by class of status.', type: 'counter',
      samples: traffic.status.map((value, at) => ({ labels: { status: `${at + 1}xx` }, value })) },
    { name: 'shellwego_edge_request_duration_seconds', help: 'Until an instance began to answer.', type: 'histogram',
      histograms: [{ bounds: seconds(LATENCY_BOUNDS_MS), bins: traffic.latency, sum: traffic.latency_us / 1e6 }] },
    counter('shellwego_edge_response_bytes_total', 'Bytes of answers for apps sent by the edge.', traffic.bytes_out),
  ]
}

/** On loopback only. A page of a browser cannot read it: it asks under another name than ours. */
export function startExposition(port: number, figures: () => Promise<NodeFigures>): Promise<Server> {
  const server = createServer((request, response) => {
    const host = (request.headers.host ?? '').replace(/:\d+$/, '')
    if (!['127.0.0.1', 'localhost'].includes(host)) return void response.writeHead(421).end()
    if (request.method !== 'GET' || request.url !== '/metrics') return void response.writeHead(404).end()
    figures().then((found) => response.writeHead(200, { 'content-type': PROMETHEUS_TYPE }).end(prometheusText(nodeFamilies(found))),
      () => response.writeHead(500).end())
  })
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', () => resolve(server))
  })
}

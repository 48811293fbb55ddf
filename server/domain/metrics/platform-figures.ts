import { LATENCY_BOUNDS_MS, SPAWN_BOUNDS_MS } from '../../contract/metrics.ts'
import type { MetricFamily } from '../../contract/prometheus.ts'
import { runtime } from '../../core/runtime.ts'

interface NodeRow {
  id: string; hostname: string; status: string; memory: number | null; storage: number | null; dropped: string; spawns: string[] | null; spawn_us: string
  requests: string[] | null; latency: string[] | null; latency_us: string; bytes_out: string
}

const DAY_S = 86_400
/** Totals from the sums by day, which rise for as long as they are kept; shares from the last ten minutes. */
const NODES = `
  SELECT n.id, n.hostname, n.status, now.memory, now.storage, coalesce(u.dropped, 0) AS dropped, u.spawns, coalesce(u.spawn_us, 0) AS spawn_us,
    t.requests, t.latency, coalesce(t.latency_us, 0) AS latency_us, coalesce(t.bytes_out, 0) AS bytes_out
  FROM node n
  LEFT JOIN LATERAL (SELECT memory::float8 / nullif(memory_total, 0) AS memory, storage::float8 / nullif(storage_total, 0) AS storage FROM node_usage
    WHERE node_id = n.id AND step_s = 60 AND at > $1 ORDER BY at DESC LIMIT 1) now ON true
  LEFT JOIN LATERAL (SELECT sum(dropped) AS dropped, bins_sum(spawns) AS spawns, sum(spawn_us) AS spawn_us FROM node_usage WHERE node_id = n.id AND step_s = ${DAY_S}) u ON true
  LEFT JOIN LATERAL (SELECT bins_sum(status) AS requests, bins_sum(latency) AS latency, sum(latency_us) AS latency_us, sum(bytes_out) AS bytes_out
    FROM node_traffic WHERE node_id = n.id AND step_s = ${DAY_S}) t ON true
  ORDER BY n.id`

const seconds = (bounds: readonly number[]): number[] => bounds.map((ms) => ms / 1_000)
const filled = (bins: readonly string[] | null, count: number): number[] => Array.from({ length: count }, (_, at) => Number(bins?.[at] ?? 0))

/** The fleet as a whole and by node. Nothing in it names an organization, an app or a host of theirs. */
export const platformFamilies = async (): Promise<MetricFamily[]> => {
  const { databases: { systemPool }, clock } = runtime()
  const { rows: nodes } = await systemPool.query<NodeRow>(NODES, [new Date(clock.now().getTime() - 600_000)])
  const { rows: phases } = await systemPool.query<{ phase: string; n: number }>('SELECT phase, count(*)::int AS n FROM instance WHERE ended_at IS NULL GROUP BY 1 ORDER BY 1')
  return [...ofNodes(nodes), {
    name: 'shellwego_microvms', help: 'MicroVMs by phase.', type: 'gauge', samples: phases.map(({ phase, n }) => ({ labels: { phase }, value: n })),
  }]
}

const ofNodes = (nodes: readonly NodeRow[]): MetricFamily[] => {
  const labels = ({ id, hostname }: NodeRow) => ({ node: id, hostname })
  const share = (pick: (node: NodeRow) => number | null) => nodes.flatMap((node) => {
    const value = pick(node)
    return value === null ? [] : [{ labels: labels(node), value }]
  })
  const known = [...new Set(nodes.map((n) => n.status))].sort()
  return [
    { name: 'shellwego_nodes', help: 'Machines by what is known of them.', type: 'gauge',
      samples: known.map((status) => ({ labels: { status }, value: nodes.filter((n) => n.status === status).length })) },
    { name: 'shellwego_microvm_spawn_duration_seconds', help: 'From the start of a microVM to the start of its process.', type: 'histogram',
      histograms: nodes.map((n) => ({
        labels: labels(n), bounds: seconds(SPAWN_BOUNDS_MS), bins: filled(n.spawns, SPAWN_BOUNDS_MS.length + 1), sum: Number(n.spawn_us) / 1e6,
      })) },
    { name: 'shellwego_node_memory_pressure', help: 'Share of the memory that is in use, 0 to 1.', type: 'gauge', samples: share((n) => n.memory) },
    { name: 'shellwego_network_dropped_packets', help: 'Packets dropped on the interfaces of the machine and its instances.', type: 'counter', samples: share((n) => Number(n.dropped)) },
    { name: 'shellwego_storage_pool_usage', help: 'Share of the fullest storage pool that is full, 0 to 1.', type: 'gauge', samples: share((n) => n.storage) },
    { name: 'shellwego_edge_requests_total', help: 'Requests for apps that ended at the edge, by class of status.', type: 'counter',
      samples: nodes.flatMap((n) => filled(n.requests, 5).map((value, at) => ({ labels: { ...labels(n), status: `${at + 1}xx` }, value }))) },
    { name: 'shellwego_edge_request_duration_seconds', help: 'Until an instance began to answer.', type: 'histogram',
      histograms: nodes.map((n) => ({
        labels: labels(n), bounds: seconds(LATENCY_BOUNDS_MS), bins: filled(n.latency, LATENCY_BOUNDS_MS.length + 1), sum: Number(n.latency_us) / 1e6,
      })) },
    { name: 'shellwego_edge_response_bytes_total', help: 'Bytes of answers for apps sent by the edge.', type: 'counter', samples: share((n) => Number(n.bytes_out)) },
  ]
}

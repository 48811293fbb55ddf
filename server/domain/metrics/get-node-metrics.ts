import { z } from 'zod'
import { notFound } from '../../core/error.ts'
import { query } from '../../core/operation.ts'
import { NodeId } from '../nodes/index.ts'
import { toHostBin, toTrafficBin } from './bins.ts'
import { askedWindow, describeWindow } from './read-window.ts'
import { hostSeries, latencySeries, requestSeries, requestsOf, usageSeries } from './rules/series.ts'
import { Measures, RANGE } from './wire.ts'

export const getNodeMetrics = query({
  name: 'nodes.metrics', summary: 'What a machine used, and the requests at its edge, over time', scope: 'staff',
  input: z.strictObject({ node_id: NodeId, metric: z.enum(['cpu', 'memory', 'storage', 'disk', 'network', 'requests', 'latency']), ...RANGE }),
  output: Measures,
  rest: { method: 'GET', path: '/nodes/{node_id}/metrics', tag: 'Nodes' },
  run: async ({ db, now }, { node_id: nodeId, metric, ...range }) => {
    if (!await db.node.findUnique({ where: { id: nodeId }, select: { id: true } })) throw notFound('node')
    const window = askedWindow(range, now)
    const where = { nodeId, stepS: window.stepMs / 1_000, at: { gte: window.from, lt: window.to } }
    const said = { metric, ...describeWindow(window) }
    if (metric === 'requests' || metric === 'latency') {
      const bins = (await db.nodeTraffic.findMany({ where, orderBy: { at: 'asc' } })).map(toTrafficBin)
      return { ...said, series: (metric === 'requests' ? requestSeries : latencySeries)(bins, window, now), requests: requestsOf(bins) }
    }
    const bins = (await db.nodeUsage.findMany({ where, orderBy: { at: 'asc' } })).map(toHostBin)
    const series = metric === 'memory' || metric === 'storage' ? hostSeries(metric, bins, window, now) : usageSeries(metric, bins, window, now)
    return { ...said, series, requests: null }
  },
})

import type { IncomingMessage, ServerResponse } from 'node:http'
import { binOf, emptyBins, LATENCY_BOUNDS_MS, latencyBins } from '../contract/metrics.ts'
import { PROMETHEUS_TYPE, prometheusText, type MetricFamily } from '../contract/prometheus.ts'
import { mayRead, platformFamilies } from '../domain/metrics/index.ts'
import { DOORS, type Door } from './doors.ts'
import { sendText } from './http/reply.ts'
import { waitingNodes } from './node/index.ts'

const SECONDS = LATENCY_BOUNDS_MS.map((ms) => ms / 1_000)
type Counted = Door | 'page'
interface Answers { status: number[]; latency: number[]; ms: number }

const answers = new Map<Counted, Answers>([...(Object.keys(DOORS) as Door[]), 'page' as const].map((door) => [door, { status: emptyBins(5), latency: latencyBins(), ms: 0 }]))

/** Of this process, until its end. Long polls and streams are counted, their length is not a latency: until the answer began. */
export const countAnswer = (door: Door | null, res: ServerResponse): void => {
  const began = performance.now()
  const all = answers.get(door ?? 'page')
  const writeHead = res.writeHead.bind(res)
  let answeredMs = 0
  res.writeHead = (...args: unknown[]) => {
    answeredMs = performance.now() - began
    return Reflect.apply(writeHead, undefined, args) as ServerResponse
  }
  res.once('close', () => {
    if (!all || !res.headersSent) return
    const [at, bin] = [Math.min(5, Math.max(1, Math.floor(res.statusCode / 100))) - 1, binOf(LATENCY_BOUNDS_MS, answeredMs)]
    all.status[at] = (all.status[at] ?? 0) + 1
    all.latency[bin] = (all.latency[bin] ?? 0) + 1
    all.ms += answeredMs
  })
}

const ofProcess = (): MetricFamily[] => [
  { name: 'shellwego_portal_requests_total', help: 'Answers of the portal by way in and class of status.', type: 'counter',
    samples: [...answers].flatMap(([door, { status }]) => status.map((value, at) => ({ labels: { door, status: `${at + 1}xx` }, value }))) },
  { name: 'shellwego_portal_request_duration_seconds', help: 'Until the portal began to answer.', type: 'histogram',
    histograms: [...answers].map(([door, { latency, ms }]) => ({ labels: { door }, bounds: SECONDS, bins: latency, sum: ms / 1_000 })) },
  { name: 'shellwego_portal_waiting_nodes', help: 'Agents that wait for news.', type: 'gauge', samples: [{ value: waitingNodes() }] },
  { name: 'shellwego_portal_resident_memory_bytes', help: 'Memory of the portal\'s process.', type: 'gauge', samples: [{ value: process.memoryUsage.rss() }] },
]

/** `GET /metrics`: not there until staff made a token for it. */
export const handleMetrics = async (req: IncomingMessage, res: ServerResponse): Promise<void> => {
  const text = { 'content-type': 'text/plain; charset=utf-8' }
  const token = /^Bearer (\S+)$/.exec(req.headers.authorization ?? '')?.[1] ?? null
  const allowed = await mayRead(token)
  if (allowed === null) return sendText(res, 404, 'Not found.\n', text)
  if (!allowed) return sendText(res, 401, 'A token is needed.\n', { ...text, 'www-authenticate': 'Bearer realm="metrics"' })
  if (req.method !== 'GET') return sendText(res, 405, 'Use GET.\n', { ...text, allow: 'GET' })
  sendText(res, 200, prometheusText([...await platformFamilies(), ...ofProcess()]), { 'content-type': PROMETHEUS_TYPE })
}

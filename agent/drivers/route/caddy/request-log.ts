/**
 * Pure: lets the edge write one short line per request into files that roll, and reads such a line. A file, for it needs nobody at the other
 * end: with the agent away lines wait, with the edge killed they are there. No path, no address, no header is written.
 */
import { join } from 'node:path'
import { z } from 'zod'
import type { EdgeRequest } from '../../route.ts'
import type { Json } from './json.ts'
import { UNANSWERED } from './upstreams.ts'

export const requestLogFolder = (storage: string): string => join(storage, 'requests')

interface JsonObject { [key: string]: Json }
interface EdgeServers extends JsonObject { edge: JsonObject & { routes: Json[] } }
interface EdgeConfigJson extends JsonObject {
  logging: { logs: { [name: string]: JsonObject } }
  apps: JsonObject & { http: JsonObject & { servers: EdgeServers } }
}
/** What `caddyConfig` makes always has these. */
const asEdgeConfig = (config: Json): EdgeConfigJson => config as EdgeConfigJson

/** Caddy 2.6 lets no field of our own into its access log; what it writes as the user is looked up when the request has ended, so it can be this. */
const facts: Json = {
  handler: 'map',
  source: `{http.reverse_proxy.upstream.latency} {http.reverse_proxy.upstream.host} {http.request.host} {http.vars.${UNANSWERED}}`,
  destinations: ['{http.auth.user.id}'],
  mappings: [{ input_regexp: '(.*)', outputs: ['${1}'] }],
}

export function withRequestLog(config: Json, storage: string): Json {
  const { logging, apps, ...rest } = asEdgeConfig(config)
  const { edge } = apps.http.servers
  const before = logging.logs['default'] ?? {}
  const excluded = Array.isArray(before['exclude']) ? before['exclude'] : []
  return {
    ...rest,
    logging: { logs: { ...logging.logs, default: { ...before, exclude: [...excluded, 'http.log.access'] }, requests: requestLog(storage) } },
    apps: { ...apps, http: { ...apps.http, servers: { ...apps.http.servers, edge: { ...edge, logs: {}, routes: [{ handle: [facts] }, ...edge.routes] } } } },
  }
}

const gone: Json = { filter: 'delete' }
const requestLog = (storage: string): JsonObject => ({
  include: ['http.log.access'],
  writer: { output: 'file', filename: join(requestLogFolder(storage), 'log'), roll_size_mb: 32, roll_gzip: false, roll_keep: 4 },
  encoder: {
    format: 'filter', fields: { request: gone, resp_headers: gone },
    wrap: { format: 'json', time_format: 'unix_milli_float', level_key: '', name_key: '', message_key: '' },
  },
})

const Line = z.object({ ts: z.number(), user_id: z.string(), duration: z.number(), size: z.number(), status: z.number().int() })
const UNIT_US: Record<string, number> = { 'ns': 0.001, 'µs': 1, 'ms': 1_000, 's': 1_000_000, 'm': 60_000_000, 'h': 3_600_000_000 }

/** A duration as Go writes it, `1m2.5s`; null of anything else. */
export function goDurationUs(text: string): number | null {
  if (!/^([0-9.]+(ns|µs|ms|s|m|h))+$/.test(text)) return null
  return Math.round([...text.matchAll(/([0-9.]+)(ns|µs|ms|s|m|h)/g)].reduce((sum, [, value, unit = '']) => sum + Number(value) * (UNIT_US[unit] ?? 0), 0))
}

/** Null of a line that is no request's, or was cut off. */
export function parseRequest(text: string): EdgeRequest | null {
  let line: unknown
  try {
    line = JSON.parse(text)
  } catch {
    return null
  }
  const parsed = Line.safeParse(line)
  if (!parsed.success) return null
  const { ts, user_id: user, duration, size, status } = parsed.data
  const [latency = '', upstream = '', host = '', unanswered = ''] = user.split(' ')
  const answeredUs = unanswered === '' ? goDurationUs(latency) : null
  return {
    endedMs: ts, status, bytesOut: size, host: host.toLowerCase(), upstream: upstream === '' ? null : upstream,
    // Until the instance began to answer; where none did, as long as the visitor waited.
    latencyUs: answeredUs ?? Math.round(duration * 1e6),
  }
}

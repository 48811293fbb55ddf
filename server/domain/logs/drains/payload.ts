import type { LogLine } from '../../../contract/log.ts'
import type { DrainKind } from '../../../contract/log-drain.ts'

export interface Batch { orgId: string; app: { id: string; name: string }; lines: readonly LogLine[] }
export interface Payload { url: string; body: string; contentType: string }

const LOKI_PATH = '/loki/api/v1/push'
const NS_PER_MS = 1_000_000n

/** An address without a path is that of the server. */
const lokiUrl = (address: string): string => {
  const url = new URL(address)
  if (url.pathname === '/') url.pathname = LOKI_PATH
  return url.href
}

/** Nanoseconds that differ for lines of the same moment, and are the same again when a line is sent again: Loki keeps it once. */
const loki = ({ orgId, app, lines }: Batch): string => {
  const streams = Map.groupBy(lines, (line) => `${line.instance_id} ${line.stream} ${line.level}`)
  return JSON.stringify({
    streams: [...streams.values()].map((own) => ({
      stream: { organization: orgId, app: app.name, app_id: app.id, instance: own[0]?.instance_id, stream: own[0]?.stream, level: own[0]?.level },
      values: own.map((line) => [String(BigInt(Date.parse(line.at)) * NS_PER_MS + BigInt(line.id) % NS_PER_MS), line.line]),
    })),
  })
}

const jsonLines = ({ orgId, app, lines }: Batch): string =>
  lines.map((line) => `${JSON.stringify({ ...line, organization_id: orgId, app_id: app.id, app: app.name })}\n`).join('')

export const payloadFor = (kind: DrainKind, url: string, batch: Batch): Payload =>
  (kind === 'loki' ? { url: lokiUrl(url), body: loki(batch), contentType: 'application/json' } : { url, body: jsonLines(batch), contentType: 'application/x-ndjson' })

import type { IncomingMessage, ServerResponse } from 'node:http'
import type { z } from 'zod'
import type { RequestMeta } from '../../core/context.ts'
import { DomainError, fromZod } from '../../core/error.ts'
import { takePlace } from './access.ts'
import { openEventStream } from './event-stream.ts'
import { eventSource, FollowEventsInput } from './follow-events.ts'
import { FollowLogsInput, logSource } from './follow-logs.ts'
import { pump, type Source } from './pump.ts'

/** Every route that streams; each has its rows in the refusal matrix. */
export const STREAMS = ['/v1/events', '/v1/apps/{app_id}/logs'] as const
const LOGS_PATH = /^\/v1\/apps\/([^/]+)\/logs$/

/** Live answers: `GET /v1/apps/{app_id}/logs?follow=true` and `GET /v1/events?follow=true`. False when the request asks for something else. */
export const handleLive = async (req: IncomingMessage, res: ServerResponse, meta: RequestMeta, url: URL): Promise<boolean> => {
  if (req.method !== 'GET' || url.searchParams.get('follow') !== 'true') return false
  const appId = LOGS_PATH.exec(url.pathname)?.[1]
  if (appId === undefined && url.pathname !== STREAMS[0]) return false
  const { actor } = meta
  if (actor.type !== 'user' && actor.type !== 'service_account') throw new DomainError('unauthenticated', 'Sign in, or send a valid token.')
  refuseForeignPage(req)
  const source = appId === undefined
    ? await eventSource(meta, checked(FollowEventsInput, parameters(req, url)))
    : await logSource(meta, checked(FollowLogsInput, { ...parameters(req, url), app_id: decodeURIComponent(appId) }))
  await stream(res, meta, actor.type === 'user' ? actor.userId : actor.serviceAccountId, source)
  return true
}

const stream = async (res: ServerResponse, meta: RequestMeta, userId: string, source: Source): Promise<void> => {
  const leave = takePlace(userId)
  try {
    await pump(openEventStream(res, meta.requestId), source, meta.actor)
  } finally {
    leave()
  }
}

const hostOf = (origin: string): string | null => {
  try { return new URL(origin).host } catch { return null }
}

/** A cookie is sent by the browser whoever wrote the page, a customer's app below the same domain too: only the console's own may listen with it. */
const refuseForeignPage = ({ headers }: IncomingMessage): void => {
  if (headers.authorization) return
  const { origin, 'sec-fetch-site': site } = headers
  const foreign = (origin !== undefined && hostOf(origin) !== headers.host) || site === 'cross-site' || site === 'same-site'
  if (foreign) throw new DomainError('csrf_refused', 'Live streams open only in the console, or with a token.')
}

/** A browser that comes back sends the last id it has seen; it wins over the address. */
const parameters = (req: IncomingMessage, url: URL): Record<string, string> => {
  const { follow: _follow, ...given } = Object.fromEntries(url.searchParams)
  const seen = req.headers['last-event-id']
  return typeof seen === 'string' && seen !== '' ? { ...given, cursor: seen } : given
}

const checked = <T extends z.ZodType>(schema: T, value: unknown): z.output<T> => {
  const parsed = schema.safeParse(value)
  if (!parsed.success) throw fromZod(parsed.error)
  return parsed.data
}

import type { IncomingMessage, ServerResponse } from 'node:http'
import { DomainError } from '../../core/error.ts'
import { newId } from '../../core/id.ts'
import { log } from '../../core/log.ts'
import { findProvider, receiveEvent } from '../../domain/payments/index.ts'
import { readBody } from '../http/body.ts'
import { webhookHeld, webhookProven, webhookRefused } from '../http/admission.ts'
import { addressOf } from '../http/meta.ts'
import { sendJson, sendProblem } from '../http/reply.ts'

const BODY_LIMIT = 1024 * 1024
/** A provider that signs nothing proves itself by the last part of its address, which it was given with each request. */
const HOOK = /^\/hooks\/([a-z0-9_-]{1,40})(?:\/([A-Za-z0-9._~-]{1,200}))?\/?$/

const handle = async (req: IncomingMessage, res: ServerResponse, path: string): Promise<void> => {
  const [, name, token] = HOOK.exec(path) ?? []
  const rail = name ? findProvider(name) : null
  if (!rail) throw new DomainError('not_found', 'No payment provider reports here.')
  if (req.method !== 'POST') throw new DomainError('method_not_allowed', 'Use POST.')
  const address = addressOf(req)
  const held = webhookHeld(address)
  if (held) throw held
  const parsed = await rail.parseWebhook(await readBody(req, BODY_LIMIT), { ...req.headers, 'x-hook-token': token })
  if (!parsed.ok) {
    await webhookRefused(address)
    log.warn({ provider: rail.name, reason: parsed.reason }, 'a webhook was refused')
    throw new DomainError('invalid_request', `The webhook was refused: ${parsed.reason}.`)
  }
  webhookProven(address)
  sendJson(res, 200, { received: true, result: await receiveEvent(rail.name, parsed.event) })
}

/** `POST /hooks/<provider>` on any host: signature on the raw bytes, one row, one job, 200. The work happens later. */
export const handleHook = async (req: IncomingMessage, res: ServerResponse): Promise<void> => {
  const requestId = newId('request')
  const { pathname } = new URL(req.url ?? '/', 'http://portal')
  try {
    await handle(req, res, pathname)
  } catch (error) {
    sendProblem(res, error, requestId, pathname)
  }
}

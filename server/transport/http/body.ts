import type { IncomingMessage } from 'node:http'
import { DomainError } from '../../core/error.ts'

/** A body over the limit is read to its end but not kept, so that the refusal reaches the caller; one far over it loses the connection. */
const DISCARDED_LIMITS = 5

/** Reads the whole body; more than `limit` bytes are refused and never stored. */
export const readBody = async (req: IncomingMessage, limit: number): Promise<Buffer> => {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of req as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size <= limit) chunks.push(chunk)
    else chunks.length = 0
    if (size > limit * DISCARDED_LIMITS) break
  }
  if (size > limit) throw new DomainError('body_too_large', `The body may hold at most ${limit} bytes.`)
  return Buffer.concat(chunks)
}

/** Parsed JSON body, `{}` when there is none. */
export const readJson = async (req: IncomingMessage, limit: number): Promise<unknown> => {
  const body = await readBody(req, limit)
  if (body.length === 0) return {}
  if (!/^application\/json\b/i.test(req.headers['content-type'] ?? '')) throw new DomainError('unsupported_media_type', 'Send the body as application/json.')
  try {
    return JSON.parse(body.toString('utf8'), (key, value: unknown) => (key === '__proto__' ? undefined : value))
  } catch (cause) {
    throw new DomainError('invalid_json', 'The body is not valid JSON.', { cause })
  }
}

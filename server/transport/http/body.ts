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

/** No schema of ours comes near these; what is beyond them is refused before any schema spends time on it. */
const MAX_DEPTH = 64
const MAX_VALUES = 20_000
const MAX_FIELDS = 1_000
const MAX_TEXT = 400_000

const tooMuch = (code: string, message: string): DomainError => new DomainError('invalid_request', message, { errors: [{ pointer: '', code, message }] })

const [QUOTE, BACKSLASH, COMMA, OPEN, CLOSE] = [0x22, 0x5c, 0x2c, new Set([0x5b, 0x7b]), new Set([0x5d, 0x7d])]

/** Before it is parsed: how deep it is and how many values it holds, from its brackets and commas alone. */
const refuseMonstrousText = (body: Buffer): void => {
  let [depth, values, inText] = [0, 0, false]
  for (let i = 0; i < body.length; i++) {
    const byte = body[i] ?? 0
    if (byte === QUOTE) inText = !inText
    else if (inText) {
      if (byte === BACKSLASH) i += 1
    } else if (byte === COMMA) values += 1
    else if (OPEN.has(byte)) depth += 1
    else if (CLOSE.has(byte)) depth -= 1
    if (depth > MAX_DEPTH) throw tooMuch('too_deep', `The body may be nested ${MAX_DEPTH} deep.`)
    if (values > MAX_VALUES) throw tooMuch('too_many', `The body may hold at most ${MAX_VALUES} values.`)
  }
}

/** What the text does not show: long texts and objects of many fields. */
const refuseMonsters = (root: unknown): void => {
  let level: unknown[] = [root]
  while (level.length > 0) {
    const next: unknown[] = []
    for (const value of level) {
      if (typeof value === 'string' && value.length > MAX_TEXT) throw tooMuch('too_long', `A text may hold at most ${MAX_TEXT} characters.`)
      if (typeof value !== 'object' || value === null) continue
      const inner: unknown[] = Array.isArray(value) ? value : Object.values(value)
      if (inner !== value && inner.length > MAX_FIELDS) throw tooMuch('too_many', `An object may hold at most ${MAX_FIELDS} fields.`)
      for (const one of inner) if (typeof one === 'object' || typeof one === 'string') next.push(one)
    }
    level = next
  }
}

const typeOf = (req: IncomingMessage): string => (req.headers['content-type'] ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? ''

/** Parsed JSON body, `{}` when there is none; `alsoTypes` are taken beside application/json. A field `__proto__` is a field like any other, and as unknown. */
export const readJson = async (req: IncomingMessage, limit: number, alsoTypes: readonly string[] = []): Promise<unknown> => {
  const body = await readBody(req, limit)
  if (body.length === 0) return {}
  const types = ['application/json', ...alsoTypes]
  if (!types.includes(typeOf(req))) throw new DomainError('unsupported_media_type', `Send the body as ${types.join(' or ')}.`)
  refuseMonstrousText(body)
  let value: unknown
  try {
    value = JSON.parse(body.toString('utf8'))
  } catch (cause) {
    throw new DomainError('invalid_json', 'The body is not valid JSON.', { cause })
  }
  refuseMonsters(value)
  return value
}

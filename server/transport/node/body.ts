import { createHash } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import { promisify } from 'node:util'
import { gunzip } from 'node:zlib'
import { NodeFault } from '../../domain/nodes/index.ts'

const unzip = promisify(gunzip)

export interface BodyRule { type: string; /** As sent, so possibly compressed. */ maxBytes: number; maxUnzippedBytes: number }
export interface NodeBody { text: string; /** Of the bytes as sent: what the agent signed. */ sha256: string }

export const EMPTY_SHA256 = createHash('sha256').digest('hex')

const tooLarge = (): NodeFault => new NodeFault('bad_request', 'The body is too large.', { status: 413 })

/** Reads a body of the right type and size; a compressed one may not grow past its own limit. */
export const readBody = async (req: IncomingMessage, rule: BodyRule): Promise<NodeBody> => {
  const type = (req.headers['content-type'] ?? '').split(';', 1)[0]?.trim()
  if (type !== rule.type) throw new NodeFault('bad_request', `Send ${rule.type}.`, { status: 415 })
  const encoding = req.headers['content-encoding'] ?? 'identity'
  if (encoding !== 'identity' && encoding !== 'gzip') throw new NodeFault('bad_request', 'Only gzip is understood as content encoding.', { status: 415 })
  const sent = await collect(req, rule.maxBytes)
  const sha256 = createHash('sha256').update(sent).digest('hex')
  if (encoding === 'identity') return { text: sent.toString('utf8'), sha256 }
  const plain = await unzip(sent, { maxOutputLength: rule.maxUnzippedBytes }).catch((error: NodeJS.ErrnoException) => {
    throw error.code === 'ERR_BUFFER_TOO_LARGE' ? tooLarge() : new NodeFault('bad_request', 'The body is not valid gzip.')
  })
  return { text: plain.toString('utf8'), sha256 }
}

const collect = async (req: IncomingMessage, maxBytes: number): Promise<Buffer> => {
  if (Number(req.headers['content-length'] ?? 0) > maxBytes) throw tooLarge()
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of req as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size > maxBytes) throw tooLarge()
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

export const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    throw new NodeFault('bad_request', 'The body is not valid JSON.')
  }
}

import http from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll } from 'vitest'
import { composites, files, operations, sandboxComposites, sandboxOperations } from '../compose.ts'
import type { Actor } from '../core/context.ts'
import { runtime } from '../core/runtime.ts'
import { startSession } from '../domain/auth/index.ts'
import { startSandbox } from '../sandbox/index.ts'
import { handleLive } from '../transport/live/index.ts'
import { brandContext } from './actors.ts'
import { doorOf } from '../transport/doors.ts'
import { createRestHandler } from '../transport/rest/handler.ts'
import { handleTrpc } from '../transport/trpc/handler.ts'
import { createUpgrades } from '../transport/upgrades.ts'

export interface Answer { status: number; headers: http.IncomingHttpHeaders; text: string; body: Record<string, unknown> }
export interface Question {
  token?: string
  body?: unknown
  /** Sent as they are, instead of `body`. */
  raw?: string | Buffer
  headers?: Record<string, string>
  /** Give up reading after this many bytes: event streams never end. */
  firstBytes?: boolean
}
export interface Api {
  ask(method: string, path: string, question?: Question): Promise<Answer>
  /** Where it listens. */
  url(): string
}

const parsed = (text: string): Record<string, unknown> => {
  try { return JSON.parse(text) as Record<string, unknown> } catch { return {} }
}

const headersOf = ({ token, body, raw, headers }: Question): Record<string, string> => ({
  ...(body !== undefined || raw !== undefined ? { 'content-type': 'application/json' } : {}), ...(token ? { authorization: `Bearer ${token}` } : {}), ...headers,
})

const ask = (port: number, method: string, path: string, question: Question = {}): Promise<Answer> =>
  new Promise((resolve, reject) => {
    const req = http.request({ host: '127.0.0.1', port, method, path, headers: headersOf(question) }, (res) => {
      const chunks: Buffer[] = []
      const finish = () => {
        const text = Buffer.concat(chunks).toString('utf8')
        resolve({ status: res.statusCode ?? 0, headers: res.headers, text, body: parsed(text) })
        if (question.firstBytes) req.destroy()
      }
      res.on('data', (chunk: Buffer) => {
        chunks.push(chunk)
        if (question.firstBytes) finish()
      })
      res.on('end', finish)
    })
    req.on('error', reject)
    req.end(question.raw ?? (question.body === undefined ? undefined : JSON.stringify(question.body)))
  })

/** REST and tRPC over real HTTP on loopback, as the portal serves them, for one test file. `withRuntime()` comes first. */
export const withApi = (): Api => {
  let port = 0
  let stop: (() => Promise<void>) | null = null
  beforeAll(async () => {
    await brandContext()
    const sandbox = await startSandbox()
    const rest = createRestHandler({
      operations: [...operations, ...sandboxOperations], composites: [...composites, ...sandboxComposites], files, live: handleLive,
    })
    const server = http.createServer((req, res) => void (doorOf(req.url ?? '') === 'trpc' ? handleTrpc : rest)(req, res))
    const upgrades = createUpgrades()
    server.on('upgrade', upgrades.handle)
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    port = (server.address() as AddressInfo).port
    stop = async () => {
      upgrades.close()
      server.close()
      server.closeAllConnections()
      await sandbox.stop()
    }
  })
  afterAll(() => stop?.())
  return { ask: (method, path, question) => ask(port, method, path, question), url: () => `http://127.0.0.1:${port}` }
}

/** A bearer token of that person, and the session behind it. */
export const tokenOf = async (actor: Actor): Promise<string> => {
  if (actor.type !== 'user') throw new Error('only people have tokens')
  const { token } = await runtime().databases.asSystem('identity', (db) => startSession(db, actor.userId, 'api', { ip: null, userAgent: 'test' }))
  return token
}

/** Firecracker's API: HTTP over a UNIX socket, one connection that stays open, one call at a time. */
import { Agent, request, type ClientRequest, type IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { join } from 'node:path'
import { z } from 'zod'
import { VmmError } from '../../vmm.ts'
import { connectSocket } from '../guest/socket.ts'
import type { ApiCall } from './api-types.ts'

/** Above this Firecracker answers 413. */
const BODY_LIMIT_BYTES = 51_200
const CALL_LIMIT_MS = 10_000
const ANSWER_LIMIT_BYTES = 1 << 20

const faultSchema = z.object({ fault_message: z.string() })
const infoSchema = z.object({ id: z.string(), state: z.enum(['Not started', 'Running', 'Paused']), vmm_version: z.string(), app_name: z.string() })
export type InstanceInfo = z.infer<typeof infoSchema>

/** Of ten connections Firecracker allows this takes one, however many calls wait. */
class OneConnection extends Agent {
  readonly #folder: string

  constructor(folder: string) {
    super({ keepAlive: true, maxSockets: 1, maxFreeSockets: 1 })
    this.#folder = folder
  }

  override createConnection(_options: unknown, done?: (error: Error | null, stream: Duplex) => void): null {
    connectSocket(this.#folder, 'fc.sock').then((socket) => done?.(null, socket), (error: Error) => done?.(error, null as unknown as Duplex))
    return null
  }
}

export class FirecrackerApi {
  readonly #agent: OneConnection

  constructor(root: string) {
    this.#agent = new OneConnection(join(root, 'run'))
  }

  async info(): Promise<InstanceInfo> {
    return infoSchema.parse(JSON.parse(await this.#exchange('GET', '/', null, CALL_LIMIT_MS)))
  }

  async call({ method, path, body }: ApiCall, limitMs: number = CALL_LIMIT_MS): Promise<void> {
    await this.#exchange(method, path, JSON.stringify(body), limitMs)
  }

  close(): void {
    this.#agent.destroy()
  }

  async #exchange(method: string, path: string, body: string | null, limitMs: number): Promise<string> {
    const what = `Firecracker ${method} ${path}`
    if (body !== null && Buffer.byteLength(body) > BODY_LIMIT_BYTES) throw new VmmError('vmm_failed', `${what}: more than ${BODY_LIMIT_BYTES} bytes`)
    const headers = body === null ? {} : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) }
    const call = request({ agent: this.#agent, host: 'localhost', method, path, headers, signal: AbortSignal.timeout(limitMs) })
    try {
      const { status, text } = await answerOf(call, body)
      if (status < 300) return text
      throw faultOf(what, status, text)
    } catch (error) {
      throw error instanceof VmmError ? error : new VmmError('vmm_failed', `${what}: ${error instanceof Error ? error.message : String(error)}`)
    }
  }
}

function answerOf(call: ClientRequest, body: string | null): Promise<{ status: number; text: string }> {
  return new Promise((resolve, reject) => {
    call.on('error', reject)
    call.on('response', (response: IncomingMessage) => {
      let text = ''
      response.setEncoding('utf8').on('data', (part: string) => { if (text.length < ANSWER_LIMIT_BYTES) text += part })
      response.on('error', reject)
      response.on('end', () => resolve({ status: response.statusCode ?? 0, text }))
    })
    call.end(body ?? undefined)
  })
}

function faultOf(what: string, status: number, text: string): VmmError {
  const fault = faultSchema.safeParse(parseJson(text)).data?.fault_message ?? text.slice(0, 500)
  const code = /no space left|ENOSPC/i.test(fault) ? 'no_space' : 'vmm_failed'
  return new VmmError(code, `${what} answered ${status}: ${fault}`)
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

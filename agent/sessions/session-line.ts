/** The line to the portal on which sessions come and go. The agent dials it and keeps it open, so that a command needs no poll to arrive. */
import WebSocket from 'ws'
import { MESSAGE_LIMIT } from '../../server/contract/session-wire.ts'
import type { PortalClient } from '../portal/client.ts'
import type { PortalSession } from '../portal/session.ts'
import { fullJitterMs, sleep } from '../runtime/backoff.ts'
import { errorText, type Logger } from '../runtime/log.ts'
import type { SessionTable } from './session-table.ts'

export interface SessionLineDeps {
  client: Pick<PortalClient, 'signedHeaders'>
  session: Pick<PortalSession, 'ready'>
  table: SessionTable
  portal: { url: string; ca: string | null }
  log: Logger
}

const PATH = '/node/v1/sessions'
const HANDSHAKE_MS = 10_000
const PING_MS = 15_000
/** Without a line for so long nobody comes back to the sessions. */
const ABANDON_MS = 60_000

export class SessionLine {
  readonly #deps: SessionLineDeps
  readonly #stop = new AbortController()
  #socket: WebSocket | null = null
  #abandon: NodeJS.Timeout | null = null

  constructor(deps: SessionLineDeps) {
    this.#deps = deps
  }

  /** Ends the connection; it is dialled again. */
  drop(): void {
    this.#socket?.terminate()
  }

  stop(): void {
    this.#stop.abort()
    if (this.#abandon) clearTimeout(this.#abandon)
    this.#socket?.terminate()
    this.#deps.table.closeAll()
  }

  async run(): Promise<void> {
    let attempt = 0
    while (!this.#stop.signal.aborted) {
      await this.#deps.session.ready()
      if (this.#stop.signal.aborted) return
      const since = performance.now()
      const why = await this.#serve()
      if (this.#stop.signal.aborted) return
      attempt = performance.now() - since > PING_MS ? 0 : attempt + 1
      this.#deps.log.info('the line for sessions is closed; dialling again', { reason: why })
      await sleep(fullJitterMs(attempt, { baseMs: 250, maxMs: 10_000 }), this.#stop.signal)
    }
  }

  /** Resolves with the reason when the line is over. */
  #serve(): Promise<string> {
    const { client, table, portal } = this.#deps
    const base = new URL(portal.url)
    const prefix = base.pathname.replace(/\/$/, '')
    const socket = new WebSocket(`${base.protocol === 'https:' ? 'wss:' : 'ws:'}//${base.host}${prefix}${PATH}`, {
      headers: client.signedHeaders('GET', PATH), handshakeTimeout: HANDSHAKE_MS, maxPayload: MESSAGE_LIMIT, perMessageDeflate: false,
      ...(portal.ca ? { ca: portal.ca } : {}),
    })
    this.#socket = socket
    let alive = true
    const ping = setInterval(() => {
      if (!alive) return socket.terminate()
      alive = false
      if (socket.readyState === WebSocket.OPEN) socket.ping()
    }, PING_MS)
    return new Promise((resolve) => {
      let why = 'closed'
      socket.on('open', () => {
        if (this.#abandon) clearTimeout(this.#abandon)
        table.connect((message) => { if (socket.readyState === WebSocket.OPEN) socket.send(message) })
      })
      socket.on('pong', () => { alive = true })
      socket.on('message', (data: Buffer) => {
        alive = true
        table.receive(data)
      })
      socket.on('error', (error) => { why = errorText(error) })
      socket.on('close', () => {
        clearInterval(ping)
        table.connect(null)
        this.#abandonLater()
        resolve(why)
      })
    })
  }

  #abandonLater(): void {
    if (this.#abandon) clearTimeout(this.#abandon)
    this.#abandon = setTimeout(() => this.#deps.table.closeAll(), ABANDON_MS)
    this.#abandon.unref()
  }
}

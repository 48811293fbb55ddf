import WebSocket from 'ws'
import { TERMINAL_PROTOCOL, TICKET_PREFIX, type TerminalTicket } from '../contract/exec.ts'
import { SessionClient } from '../contract/session-client.ts'
import type { Ended } from '../contract/session-wire.ts'
import { until } from './node-sessions.ts'

export interface TestTerminal {
  client: SessionClient
  text(): string
  ended(): Ended | null
  says(text: string): Promise<void>
  over(): Promise<Ended>
  connect(ticket: TerminalTicket, more?: { reads?: boolean }): Promise<WebSocket>
}

/** How the upgrade was refused, or the open socket. */
export const dial = (base: string, { path, ticket }: Pick<TerminalTicket, 'path' | 'ticket'>, headers: Record<string, string> = {}, from = 0,
  onSocket: (socket: WebSocket) => void = () => {}): Promise<WebSocket | number> =>
  new Promise((resolve, reject) => {
    const socket = new WebSocket(`${base.replace('http', 'ws')}${path}?columns=90&rows=20&from=${from}`, [TERMINAL_PROTOCOL, `${TICKET_PREFIX}${ticket}`], { headers })
    onSocket(socket)
    socket.on('unexpected-response', (_req, res) => {
      res.resume()
      resolve(res.statusCode ?? 0)
    })
    socket.on('open', () => resolve(socket))
    socket.on('error', reject)
  })

export const testTerminal = (base: string): TestTerminal => {
  const seen: { text: string; ended: Ended | null } = { text: '', ended: null }
  let reads = true
  const client = new SessionClient({
    onOutput: (_stream, bytes, done) => {
      seen.text += Buffer.from(bytes).toString()
      if (reads) done()
    },
    onEnded: (ended) => { seen.ended = ended },
  })
  return {
    client, text: () => seen.text, ended: () => seen.ended,
    says: (text) => until(() => seen.text.includes(text), `${text} in ${seen.text.slice(-200)}`),
    over: async () => {
      await until(() => seen.ended !== null, 'the end')
      return seen.ended ?? { reason: 'lost', code: null }
    },
    connect: async (ticket, more = {}) => {
      reads = more.reads ?? true
      // What follows the handshake at once is lost on whoever listens later.
      const opened = await dial(base, ticket, {}, client.from, (socket) => {
        client.connect((message) => { if (socket.readyState === WebSocket.OPEN) socket.send(message) })
        socket.on('message', (data: Buffer) => client.receive(data))
        socket.on('close', () => client.disconnect())
      })
      if (typeof opened === 'number') throw new Error(`refused with ${opened}`)
      return opened
    },
  }
}

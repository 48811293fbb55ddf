import tls from 'node:tls'
import type { LookupFunction } from 'node:net'
import { lookup as resolve } from 'node:dns'
import WebSocket from 'ws'
import { TERMINAL_PROTOCOL, TICKET_PREFIX, type TerminalTicket } from '../server/contract/exec.ts'
import type { SessionClient } from '../server/contract/session-client.ts'
import { MESSAGE_LIMIT, type Size } from '../server/contract/session-wire.ts'
import { CommandFailure, EXIT } from './exit.ts'

/** Names under `localhost` are this machine by definition; not every resolver knows. */
const lookup: LookupFunction = (name, options, callback) => {
  if (!name.endsWith('.localhost')) return resolve(name, options, callback)
  if (options.all) callback(null, [{ address: '127.0.0.1', family: 4 }])
  else callback(null, '127.0.0.1', 4)
}

export interface SocketWish { url: string; ca: string | undefined; ticket: Pick<TerminalTicket, 'path' | 'ticket'>; from: number; size: Size | null }

/** Resolves when it is open, with the code it is closed with later. The first frames may come in one packet with the handshake: everything listens before. */
export function openSocket({ url, ca, ticket, from, size }: SocketWish, client: SessionClient): Promise<{ over: Promise<number> }> {
  const search = new URLSearchParams({ from: String(from), ...(size ? { columns: String(size.columns), rows: String(size.rows) } : {}) })
  const address = `${url.replace(/^http/, 'ws').replace(/\/$/, '')}${ticket.path}?${search}`
  return new Promise((opened, failed) => {
    const socket = new WebSocket(address, [TERMINAL_PROTOCOL, `${TICKET_PREFIX}${ticket.ticket}`], {
      lookup, handshakeTimeout: 10_000, maxPayload: MESSAGE_LIMIT, perMessageDeflate: false, ...(ca ? { ca: [...tls.rootCertificates, ca] } : {}),
    })
    const over = new Promise<number>((resolve) => {
      socket.on('close', (code) => {
        client.disconnect()
        resolve(code)
      })
    })
    socket.on('message', (data: Buffer) => client.receive(data))
    socket.on('open', () => {
      client.connect((message) => { if (socket.readyState === socket.OPEN) socket.send(message) })
      opened({ over })
    })
    socket.on('unexpected-response', (_request, answer) => {
      answer.resume()
      failed(new CommandFailure(EXIT.failed, 'refused', `The connection was refused with ${answer.statusCode ?? 0}.`))
    })
    socket.on('error', failed)
  })
}

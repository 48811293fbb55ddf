import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { WebSocketServer, type WebSocket } from 'ws'
import { CLOSE, TERMINAL_PROTOCOL, TICKET_PREFIX } from '../../contract/exec.ts'
import { frame, FRAME, json, MESSAGE_LIMIT, readFrame, Size } from '../../contract/session-wire.ts'
import type { RequestMeta } from '../../core/context.ts'
import { DomainError, toProblem } from '../../core/error.ts'
import { newId } from '../../core/id.ts'
import { brandOfHost } from '../../domain/branding/index.ts'
import { useTicket, type LiveSession, type Viewer } from '../../domain/exec/index.ts'
import { keepAlive } from '../http/keep-alive.ts'
import { refuseUpgrade } from '../http/refuse-upgrade.ts'
import { watchRight } from './watch-right.ts'
import { requireAccess } from '../live/access.ts'

const PATH = /^\/v1\/terminals\/(exec_[a-z0-9]{10,40})\/connect$/
export const isTerminalPath = (path: string): boolean => PATH.test(path)

interface Asked { session: LiveSession; meta: RequestMeta; size: Size | null; from: number; check: () => Promise<unknown> }

const hostOf = (origin: string): string | null => {
  try { return new URL(origin).host } catch { return null }
}

/** A page of somebody else cannot hold a ticket, and is refused even so. */
const refuseForeignPage = ({ headers }: IncomingMessage): void => {
  const { origin } = headers
  if (origin !== undefined && hostOf(origin) !== headers.host) throw new DomainError('csrf_refused', 'Terminals open only in the console, or with a token.')
}

const ticketOf = (req: IncomingMessage): string => {
  const offered = (req.headers['sec-websocket-protocol'] ?? '').split(',').map((one) => one.trim())
  const ticket = offered.find((one) => one.startsWith(TICKET_PREFIX))?.slice(TICKET_PREFIX.length)
  if (!ticket || !offered.includes(TERMINAL_PROTOCOL)) {
    throw new DomainError('unauthenticated', `Offer the subprotocols ${TERMINAL_PROTOCOL} and ${TICKET_PREFIX}<ticket>.`)
  }
  return ticket
}

const numberOf = (url: URL, name: string): number => Number(url.searchParams.get(name) ?? '0')

/** Everything is asked before the upgrade: where the page is from, the ticket, and once more the right that stood behind it. */
const admit = async (req: IncomingMessage): Promise<Asked> => {
  const url = new URL(req.url ?? '/', 'http://portal')
  refuseForeignPage(req)
  const { session, meta } = useTicket(ticketOf(req), PATH.exec(url.pathname)?.[1] ?? '')
  const brand = await brandOfHost(req.headers.host)
  if (brand?.id !== meta.brand.id) throw new DomainError('unknown_host', 'This ticket is of another console.')
  const { orgId, appId } = session.facts
  const check = () => requireAccess(meta, orgId, 'apps:exec', appId)
  await check()
  const from = numberOf(url, 'from')
  return {
    session, meta, check, from: Number.isSafeInteger(from) && from >= 0 ? from : 0,
    size: Size.safeParse({ columns: numberOf(url, 'columns'), rows: numberOf(url, 'rows') }).data ?? null,
  }
}

const serve = (socket: WebSocket, { session, meta, size, from, check }: Asked): void => {
  const viewer: Viewer = {
    send: (message) => socket.send(message),
    leave: (ended) => socket.close(ended ? CLOSE.ended : CLOSE.taken, ended?.reason ?? 'taken'),
  }
  keepAlive(socket)
  const unwatch = watchRight({ meta, orgId: session.facts.orgId, check, onLost: () => session.end('revoked') })
  socket.on('message', (data: Buffer, binary: boolean) => {
    const got = binary ? readFrame(data) : null
    if (got) session.fromViewer(got)
    else socket.close(1003, 'binary frames only')
  })
  socket.on('error', () => socket.terminate())
  socket.on('close', () => {
    unwatch()
    session.detach(viewer)
  })
  const at = session.attach(viewer, size, from)
  viewer.send(frame(FRAME.OPENED, 0, json(at)))
  session.resend(at.output)
}

export const createTerminalDoor = () => {
  const server = new WebSocketServer({
    noServer: true, maxPayload: MESSAGE_LIMIT, perMessageDeflate: false, handleProtocols: () => TERMINAL_PROTOCOL,
  })
  return {
    upgrade: async (req: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> => {
      try {
        const asked = await admit(req)
        server.handleUpgrade(req, socket, head, (open) => serve(open, asked))
      } catch (error) {
        if (!(error instanceof DomainError)) throw error
        refuseUpgrade(socket, error.status, toProblem(error, newId('request'), (req.url ?? '').split('?', 1)[0]), 'application/problem+json')
      }
    },
    close: () => { for (const socket of server.clients) socket.terminate() },
  }
}

import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { WebSocketServer, type WebSocket } from 'ws'
import { MESSAGE_LIMIT } from '../../contract/session-wire.ts'
import { connectLine } from '../../domain/exec/index.ts'
import { identifyNode, NodeFault, verifyCall } from '../../domain/nodes/index.ts'
import { keepAlive } from '../http/keep-alive.ts'
import { refuseUpgrade } from '../http/refuse-upgrade.ts'
import { EMPTY_SHA256 } from './body.ts'

export const SESSION_LINE_PATH = '/node/v1/sessions'

/** Agents sign the handshake as any other call; nothing is upgraded before that was checked. */
export const createSessionLine = () => {
  const server = new WebSocketServer({ noServer: true, maxPayload: MESSAGE_LIMIT, perMessageDeflate: false })
  const serve = (socket: WebSocket, nodeId: string): void => {
    const line = connectLine(nodeId, { send: (message) => socket.send(message), close: () => socket.close(4001, 'another line took its place') })
    keepAlive(socket)
    socket.on('message', (data: Buffer) => line.receive(data))
    socket.on('error', () => socket.terminate())
    socket.on('close', () => line.closed())
  }
  return {
    upgrade: async (req: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> => {
      try {
        const caller = await identifyNode(req.headers)
        verifyCall(caller, { method: 'GET', path: req.url ?? '', bodySha256: EMPTY_SHA256 })
        server.handleUpgrade(req, socket, head, (open) => serve(open, caller.nodeId))
      } catch (error) {
        if (!(error instanceof NodeFault)) throw error
        refuseUpgrade(socket, 401, { code: error.code, message: error.message })
      }
    },
    close: () => { for (const socket of server.clients) socket.terminate() },
  }
}

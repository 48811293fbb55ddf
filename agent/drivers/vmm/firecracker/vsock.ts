/** Firecracker's hybrid vsock: a UNIX socket on the host that is told a port of the guest. */
import type { Socket } from 'node:net'
import { CHANNEL_PORT } from '../../../guest/protocol.ts'
import { connectSocket } from '../guest/socket.ts'
import { JAIL } from './machine.ts'

const ANSWER_LIMIT_MS = 2000
const ANSWER_LIMIT_BYTES = 32

/** Rejects while nobody listens in the guest. */
export async function connectGuest(root: string): Promise<Socket> {
  const socket = await connectSocket(root, JAIL.vsock.slice(1))
  socket.write(`CONNECT ${CHANNEL_PORT}\n`)
  try {
    await accepted(socket)
    return socket
  } catch (error) {
    socket.destroy()
    throw error
  }
}

/** The answer `OK <port>` and nothing of what follows it is taken. */
function accepted(socket: Socket): Promise<void> {
  return new Promise((resolve, reject) => {
    let text = ''
    const settle = (error: Error | null): void => {
      clearTimeout(timer)
      socket.off('readable', read).off('error', settle).off('close', closed)
      if (error) reject(error)
      else resolve()
    }
    const closed = (): void => settle(new Error('nobody listens in the guest'))
    const timer = setTimeout(() => settle(new Error('the vsock did not answer')), ANSWER_LIMIT_MS)
    const read = (): void => {
      for (let byte = readByte(socket); byte !== null; byte = readByte(socket)) {
        text += byte
        if (text.length > ANSWER_LIMIT_BYTES) return settle(new Error('the vsock gave an odd answer'))
        if (byte === '\n') return settle(/^OK \d+\n$/.test(text) ? null : new Error(`the vsock refused: ${text.trim()}`))
      }
    }
    socket.on('readable', read).once('error', settle).once('close', closed)
  })
}

const readByte = (socket: Socket): string | null => (socket.read(1) as Buffer | null)?.toString('latin1') ?? null

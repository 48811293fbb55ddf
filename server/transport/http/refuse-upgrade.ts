import { STATUS_CODES } from 'node:http'
import type { Duplex } from 'node:stream'

/** An ordinary HTTP answer instead of an upgrade. */
export const refuseUpgrade = (socket: Duplex, status: number, body: unknown, type = 'application/json'): void => {
  const text = JSON.stringify(body)
  socket.on('error', () => {})
  socket.end(`HTTP/1.1 ${status} ${STATUS_CODES[status] ?? 'Refused'}\r\ncontent-type: ${type}\r\ncontent-length: ${Buffer.byteLength(text)}\r\nconnection: close\r\n\r\n${text}`)
}

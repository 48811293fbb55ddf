/** What runs in place of an app: says who it is, weighs what it is sent, and echoes over WebSockets. argv: name, port. */
import { createHash } from 'node:crypto'
import { createServer } from 'node:http'

const [name = '', port = ''] = process.argv.slice(2)

const server = createServer((incoming, response) => {
  const weight = createHash('sha256')
  incoming.on('data', (chunk: Buffer) => weight.update(chunk)).on('end', () => {
    response.end(JSON.stringify({ name, host: incoming.headers.host, forwarded: incoming.headers['x-forwarded-for'], scheme: incoming.headers['x-forwarded-proto'], sha256: weight.digest('hex') }))
  })
})
server.on('upgrade', (incoming, socket) => {
  const accept = createHash('sha1').update(`${incoming.headers['sec-websocket-key'] ?? ''}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`).digest('base64')
  socket.write(`HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${accept}\r\n\r\n`)
  socket.on('data', (chunk: Buffer) => socket.write(chunk)).on('error', () => socket.destroy())
})
server.listen(Number(port), '0.0.0.0')
process.once('SIGTERM', () => {
  server.close(() => process.exit(0))
  server.closeIdleConnections()
})

import type { WebSocket } from 'ws'

const PING_MS = 20_000

/** A peer that is gone without a word is noticed within two pings. */
export const keepAlive = (socket: WebSocket): void => {
  let alive = true
  const timer = setInterval(() => {
    if (!alive) return socket.terminate()
    alive = false
    socket.ping()
  }, PING_MS).unref()
  socket.on('pong', () => { alive = true })
  socket.on('message', () => { alive = true })
  socket.on('close', () => clearInterval(timer))
}

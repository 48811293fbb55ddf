import net from 'node:net'

/** Linux hands out ports from 32768 up for outgoing connections: a listener there can lose its port to one. */
const FIRST_EPHEMERAL_PORT = 32_768

export function isFree(port: number, host = '127.0.0.1'): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = net.createServer()
    probe.once('error', () => resolve(false))
    probe.listen({ port, host, exclusive: true }, () => probe.close(() => resolve(true)))
  })
}

/** The first free port from `start` up that is not in `taken`. */
export async function freePort(start: number, taken: ReadonlySet<number> = new Set(), host?: string): Promise<number> {
  for (let port = start; port < FIRST_EPHEMERAL_PORT; port++) {
    if (!taken.has(port) && await isFree(port, host)) return port
  }
  throw new Error(`no free port from ${start} to ${FIRST_EPHEMERAL_PORT - 1}`)
}

import { once } from 'node:events'
import http, { type IncomingMessage, type ServerResponse } from 'node:http'
import net, { type Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { freePort } from '../host/ports.ts'

/** What may happen to a call on its way from the agent to the portal and back. Both ways lost is what a broken link looks like. */
export const WIRE_FAULTS = ['lose requests', 'lose answers', 'lose both', 'refuse', 'cut answers', 'foreign answers', 'double requests', 'slow answers'] as const
export type WireFault = (typeof WIRE_FAULTS)[number]

export interface Wire {
  port: number
  /** The portal's port; known only when the product has its own. */
  aim: (port: number) => void
  set: (fault: WireFault | null) => void
  /** Calls by what was done to them. */
  hit: Partial<Record<WireFault, number>>
  close: () => void
}

interface Answer { status: number; headers: http.IncomingHttpHeaders; body: Buffer }

/** Apart from those a product chooses for itself. */
const FIRST_PORT = 30_500
const SLOW_MS = 4_000
/** What a hotel, a load balancer and a captive portal say in place of ours: each must be taken for no answer. */
const PAGES = [
  { status: 200, type: 'text/html; charset=utf-8', body: '<!doctype html><title>Sign in to the network</title>' },
  { status: 200, type: 'application/json', body: '{}' },
  { status: 200, type: 'application/json', body: '[]' },
  { status: 502, type: 'text/html', body: '<html><h1>502 Bad Gateway</h1></html>' },
  { status: 404, type: 'text/plain', body: 'default backend - 404' },
] as const

async function read(stream: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of stream) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks)
}

function forward(port: number, { method, url, headers }: IncomingMessage, body: Buffer): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const request = http.request({ host: '127.0.0.1', port, method, path: url, headers, agent: false }, (response) => {
      read(response).then((bytes) => resolve({ status: response.statusCode ?? 502, headers: response.headers, body: bytes }), reject)
    })
    request.once('error', reject)
    request.end(body)
  })
}

interface Teller { random: () => number; loses: (way: 'answers') => WireFault | null; hold: Losing['hold']; mark: (what: WireFault) => void; asked: () => WireFault | null }

async function answer({ random, loses, hold, mark, asked }: Teller, response: ServerResponse, { status, headers, body }: Answer): Promise<void> {
  const { socket } = response
  if (!socket) return
  const way = loses('answers')
  if (way) return hold(socket, way)
  const now = asked()
  if (now === 'cut answers' && body.length > 1) {
    mark(now)
    const half = body.subarray(0, Math.ceil(body.length / 2))
    // Cut on the wire, or by a proxy that says it is all.
    if (random() < 0.5) return void response.writeHead(status, { ...headers, 'content-length': String(body.length) }).write(half, () => socket.destroy())
    return void response.writeHead(status, { ...headers, 'content-length': String(half.length) }).end(half)
  }
  if (now === 'foreign answers') {
    mark(now)
    const page = PAGES[Math.floor(random() * PAGES.length)] ?? PAGES[0]
    return void response.writeHead(page.status, { 'content-type': page.type }).end(page.body)
  }
  if (now === 'slow answers') {
    mark(now)
    await sleep(random() * SLOW_MS)
  }
  response.writeHead(status, headers).end(body)
}

/** Stands between the agent and the portal, and does to their calls what it is told. */
export async function makeWire(random: () => number): Promise<Wire> {
  let [target, fault] = [0, null as WireFault | null]
  const lost = new Set<Socket>()
  const hit: Wire['hit'] = {}
  const mark = (what: WireFault): void => { hit[what] = (hit[what] ?? 0) + 1 }
  const asked = (): WireFault | null => fault
  const loses = (way: 'requests' | 'answers'): WireFault | null => (fault === `lose ${way}` || fault === 'lose both' ? fault : null)
  /** Nothing comes any more, and nobody says so, until the link is whole again. */
  const hold = (socket: Socket, why: WireFault): void => {
    lost.add(socket)
    mark(why)
  }

  const pass = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const way = loses('requests')
    if (way) return hold(request.socket, way)
    if (fault === 'refuse') {
      mark('refuse')
      return void request.socket.destroy()
    }
    const body = await read(request)
    const twice = asked() === 'double requests'
    const first = forward(target, request, body)
    const second = twice ? forward(target, request, body) : first
    if (twice) mark('double requests')
    // Whichever of the two answers comes to the agent, the call must have counted once.
    const [one, other] = await Promise.all([first, second])
    await answer({ random, loses, hold, mark, asked }, response, twice && random() < 0.5 ? other : one)
  }

  const server = http.createServer((request, response) => void pass(request, response).catch(() => request.socket.destroy()))
  server.requestTimeout = 0
  server.on('upgrade', (request, near: Socket, head) => upgrade(target, request, near, head, { loses, hold }))
  const port = await freePort(FIRST_PORT)
  server.listen(port, '127.0.0.1')
  await once(server, 'listening')
  return {
    port, hit,
    aim: (port) => { target = port },
    set: (next) => {
      fault = next
      for (const socket of lost) socket.destroy()
      lost.clear()
    },
    close: () => {
      server.close()
      server.closeAllConnections()
    },
  }
}

interface Losing { loses: (way: 'requests' | 'answers') => WireFault | null; hold: (socket: Socket, why: WireFault) => void }

function upgrade(port: number, { method, url, rawHeaders }: IncomingMessage, near: Socket, head: Buffer, { loses, hold }: Losing): void {
  const far = net.connect(port, '127.0.0.1')
  const lines = Array.from({ length: rawHeaders.length / 2 }, (_, at) => `${rawHeaders[2 * at]}: ${rawHeaders[2 * at + 1]}`)
  far.write([`${method} ${url} HTTP/1.1`, ...lines, '', ''].join('\r\n'))
  far.write(head)
  const carry = (from: Socket, to: Socket, way: 'requests' | 'answers'): void => {
    let broken = false
    from.on('data', (bytes: Buffer) => {
      const why = loses(way)
      // A stream that lost a part carries nothing whole any more: it goes when the link comes back.
      if (why && !broken) hold(near, why)
      broken ||= why !== null
      if (!broken) to.write(bytes)
    })
    from.on('error', () => from.destroy()).once('close', () => to.destroy())
  }
  carry(near, far, 'requests')
  carry(far, near, 'answers')
}

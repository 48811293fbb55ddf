/** A small DNS server, UDP and TCP on one address. A fault in one question never ends it. */
import { createSocket, type Socket } from 'node:dgram'
import { createServer, type Server } from 'node:net'
import { decode, encode, type Packet } from 'dns-packet'
import { forwardTcp, forwardUdp, framed } from './forward.ts'
import { answerFrom, refuse, type Lookup } from './zone.ts'

export interface DnsServerOptions {
  address: string
  port: number
  lookup: Lookup
  /** Waited for before an address is told. */
  hold?: (name: string) => Promise<void>
  /** Names under this suffix are ours alone and never asked elsewhere; the empty suffix means all names. */
  ownSuffix: string | null
  /** Where other names go; null answers SERVFAIL. */
  resolver: string | null
  /** Judges questions that would be asked elsewhere, by who asks. */
  gate?: DnsGate
}

export interface DnsGate {
  mayAsk(peer: string, name: string): boolean
  /** Before the answer goes to the peer. */
  answered(peer: string, name: string, answer: Buffer): Promise<void>
}

export interface DnsServer { close(): Promise<void> }

type Forward = (message: Buffer, resolver: string) => Promise<Buffer>
const MESSAGE_LIMIT = 4096
const TCP_IDLE_MS = 10_000
const TCP_CONNECTIONS = 64

export async function startDnsServer(options: DnsServerOptions): Promise<DnsServer> {
  const udp = await listenUdp(options)
  const tcp = await listenTcp(options).catch((error: unknown) => {
    udp.close()
    throw error
  })
  return {
    close: () => new Promise((resolve) => {
      udp.close(() => tcp.close(() => resolve()))
    }),
  }
}

function listenUdp(options: DnsServerOptions): Promise<Socket> {
  const socket = createSocket('udp4')
  socket.on('message', (message, peer) => {
    void respond(message, peer.address, options, forwardUdp).then((answer) => {
      if (answer) socket.send(answer, peer.port, peer.address, () => {})
    })
  })
  return new Promise((resolve, reject) => {
    socket.once('error', reject)
    socket.bind(options.port, options.address, () => {
      socket.off('error', reject)
      socket.on('error', () => {})
      resolve(socket)
    })
  })
}

function listenTcp(options: DnsServerOptions): Promise<Server> {
  const server = createServer((socket) => {
    let held = Buffer.alloc(0)
    socket.setTimeout(TCP_IDLE_MS, () => socket.destroy())
    socket.on('error', () => socket.destroy())
    socket.on('data', (chunk) => {
      held = Buffer.concat([held, chunk])
      if (held.length > MESSAGE_LIMIT) return void socket.destroy()
      while (held.length >= 2 && held.length >= 2 + held.readUInt16BE(0)) {
        const message = held.subarray(2, 2 + held.readUInt16BE(0))
        held = held.subarray(2 + message.length)
        void respond(message, socket.remoteAddress ?? '', options, forwardTcp).then((answer) => {
          if (answer && socket.writable) socket.write(framed(answer))
        })
      }
    })
  })
  server.maxConnections = TCP_CONNECTIONS
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(options.port, options.address, () => resolve(server))
  })
}

async function respond(message: Buffer, peer: string, options: DnsServerOptions, forward: Forward): Promise<Buffer | null> {
  let query: Packet
  try {
    query = decode(message)
  } catch {
    return null
  }
  if (query.type === 'response') return null
  try {
    const question = query.questions?.[0]
    if (options.hold && question?.type === 'A') await options.hold(question.name.toLowerCase().replace(/\.$/, ''))
    const own = answerFrom(query, options.lookup)
    if (own) return encode(own)
    const name = query.questions?.[0]?.name.toLowerCase() ?? ''
    const oursAlone = options.ownSuffix !== null && (options.ownSuffix === '' || name === options.ownSuffix || name.endsWith(`.${options.ownSuffix}`))
    if (oursAlone) return encode(refuse(query, 'NXDOMAIN'))
    if (options.resolver === null) return encode(refuse(query, 'SERVFAIL'))
    if (options.gate && !options.gate.mayAsk(peer, name)) return encode(refuse(query, 'REFUSED'))
    const answer = await forward(message, options.resolver)
    await options.gate?.answered(peer, name, answer)
    return answer
  } catch {
    return encode(refuse(query, 'SERVFAIL'))
  }
}

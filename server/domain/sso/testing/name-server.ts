import dgram from 'node:dgram'
import packet from 'dns-packet'

export interface NameServer {
  /** `address:port` */
  address: string
  /** TXT records by name; a name that is absent does not exist. `null`: no answer at all. */
  records: Map<string, string[] | null>
  asked: string[]
  stop(): Promise<void>
}

/** A name server over real UDP on loopback. */
export const startNameServer = async (port = 0): Promise<NameServer> => {
  const socket = dgram.createSocket('udp4')
  const records = new Map<string, string[] | null>()
  const asked: string[] = []
  socket.on('message', (message, from) => {
    const query = packet.decode(message)
    const name = (query.questions?.[0]?.name ?? '').toLowerCase()
    asked.push(name)
    const found = records.get(name)
    if (found === null) return
    const answers = (found ?? []).map((value) => ({ type: 'TXT' as const, name, ttl: 0, data: value.match(/.{1,200}/g) ?? [''] }))
    const NXDOMAIN = 3
    socket.send(packet.encode({ type: 'response', id: query.id ?? 0, flags: packet.RECURSION_DESIRED | packet.RECURSION_AVAILABLE | (found ? 0 : NXDOMAIN),
      questions: query.questions ?? [], answers }), from.port, from.address)
  })
  await new Promise<void>((resolve) => socket.bind(port, '127.0.0.1', resolve))
  return { address: `127.0.0.1:${socket.address().port}`, records, asked, stop: () => new Promise((resolve) => socket.close(() => resolve())) }
}

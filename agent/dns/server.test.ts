import { createSocket } from 'node:dgram'
import { connect } from 'node:net'
import { decode, encode, type Packet, type RecordType } from 'dns-packet'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { framed } from './forward.ts'
import { startDnsServer, type DnsServer } from './server.ts'

const PORT = 22050
const names = new Map<string, string[]>([['web.apps.localhost', ['10.64.1.2', '10.64.1.3']], ['down.apps.localhost', []]])
let server: DnsServer
beforeAll(async () => {
  server = await startDnsServer({ address: '127.0.0.1', port: PORT, lookup: (name) => names.get(name) ?? null, ownSuffix: 'localhost', resolver: null })
})
afterAll(() => server.close())

const question = (name: string, type: RecordType = 'A'): Buffer => encode({ type: 'query', id: 7, flags: 256, questions: [{ type, name }] })
const rcode = (packet: Packet): number => (packet.flags ?? 0) & 15
const addresses = (packet: Packet): unknown[] => (packet.answers ?? []).map((answer) => ('data' in answer ? answer.data : null)).sort()

function overUdp(message: Buffer): Promise<Packet> {
  return new Promise((resolve) => {
    const socket = createSocket('udp4')
    socket.on('message', (answer) => {
      socket.close()
      resolve(decode(answer))
    })
    socket.send(message, PORT, '127.0.0.1')
  })
}

function overTcp(...messages: Buffer[]): Promise<Packet[]> {
  return new Promise((resolve) => {
    const socket = connect(PORT, '127.0.0.1', () => socket.write(Buffer.concat(messages.map(framed))))
    let held = Buffer.alloc(0)
    const packets: Packet[] = []
    socket.on('data', (chunk) => {
      held = Buffer.concat([held, chunk])
      while (held.length >= 2 && held.length >= 2 + held.readUInt16BE(0)) {
        packets.push(decode(held.subarray(2, 2 + held.readUInt16BE(0))))
        held = held.subarray(2 + held.readUInt16BE(0))
      }
      if (packets.length === messages.length) resolve(packets)
      if (packets.length === messages.length) socket.destroy()
    })
  })
}

test('a known name is answered with all its addresses and may not be cached', async () => {
  const packet = await overUdp(question('WEB.apps.localhost'))
  expect(packet.id).toBe(7)
  expect(addresses(packet)).toEqual(['10.64.1.2', '10.64.1.3'])
  expect(packet.answers?.every((answer) => 'ttl' in answer && answer.ttl === 0)).toBe(true)
})

test('a name without addresses exists, an unknown one of ours does not, a foreign one cannot be resolved', async () => {
  const down = await overUdp(question('down.apps.localhost'))
  expect([rcode(down), addresses(down)]).toEqual([0, []])
  expect(rcode(await overUdp(question('nobody.apps.localhost')))).toBe(3)
  expect(rcode(await overUdp(question('example.com')))).toBe(2)
})

test('a question for an IPv6 address of a known name is answered with none', async () => {
  const packet = await overUdp(question('web.apps.localhost', 'AAAA'))
  expect([rcode(packet), addresses(packet)]).toEqual([0, []])
})

test('two questions on one TCP connection get two answers', async () => {
  const packets = await overTcp(question('web.apps.localhost'), question('down.apps.localhost'))
  expect(packets.map((packet) => addresses(packet).length).sort()).toEqual([0, 2])
})

test('rubbish ends nothing', async () => {
  const socket = createSocket('udp4')
  await new Promise<void>((resolve) => socket.send(Buffer.from([1, 2, 3]), PORT, '127.0.0.1', () => resolve()))
  socket.close()
  expect(addresses(await overUdp(question('web.apps.localhost')))).toHaveLength(2)
})

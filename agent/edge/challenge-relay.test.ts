import { createServer, get, type IncomingHttpHeaders, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { CHALLENGE_PATH, ChallengeRelay, RELAYED } from './challenge-relay.ts'

const servers: Server[] = []
const closeAll = (): void => { for (const server of servers.splice(0)) server.close() }
afterEach(closeAll)
const listen = (handler: Parameters<typeof createServer>[1], address: string, port = 0): Promise<number> => new Promise((resolve) => {
  const server = createServer(handler as never).listen(port, address, () => resolve((server.address() as AddressInfo).port))
  servers.push(server)
})
const TOKEN = 'a-token-of-an-authority'

/** Three other edges, of which the last one ordered. */
const world = async (peers = ['127.0.7.1', '127.0.7.2', '127.0.7.3']) => {
  closeAll()
  const asked: IncomingHttpHeaders[] = []
  const port = await listen((incoming: { headers: IncomingHttpHeaders }, response: { writeHead(status: number): { end(text?: string): void } }) => {
    asked.push(incoming.headers)
    response.writeHead(200).end('proof.of-the-account-key')
  }, '127.0.7.3')
  await listen((_: unknown, response: { writeHead(status: number): { end(): void } }) => response.writeHead(308).end(), '127.0.7.1', port)
  const relay = new ChallengeRelay({ peers: () => peers, port, isKnown: (host) => host === 'shop.test' })
  const own = await listen((incoming, response) => void relay.answer(incoming, response), '127.0.7.9')
  const ask = (host: string, token = TOKEN): Promise<[number, string, string | undefined]> => new Promise((resolve, reject) => {
    get({ host: '127.0.7.9', port: own, path: `${CHALLENGE_PATH}${token}`, headers: { host } }, (answer) => {
      let text = ''
      answer.on('data', (chunk: Buffer) => { text += chunk.toString() }).on('end', () => resolve([answer.statusCode ?? 0, text, answer.headers.location]))
    }).on('error', reject)
  })
  return { ask, asked }
}

test('the edge that ordered is found among the others, one of them gone; it is told that it is asked for another', async () => {
  const { ask, asked } = await world()
  expect(await ask('shop.test')).toEqual([200, 'proof.of-the-account-key', undefined])
  expect(asked).toEqual([expect.objectContaining({ host: 'shop.test', [RELAYED]: '1' })])
})

test('nobody is asked for a host that is not ours or for what is no token, and what nobody knows goes on to the app', async () => {
  const { ask, asked } = await world()
  expect(await ask('stranger.test')).toEqual([308, '', `https://stranger.test${CHALLENGE_PATH}${TOKEN}`])
  expect((await ask('shop.test', '../../x'))[0]).toBe(308)
  expect(asked).toEqual([])
  const without = await world(['127.0.7.1', '127.0.7.2'])
  expect((await without.ask('shop.test'))[0]).toBe(308)
})

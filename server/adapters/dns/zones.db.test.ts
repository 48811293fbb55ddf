import { createServer, type Server } from 'node:http'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createSandboxResolver, createSandboxZone } from '../../sandbox/index.ts'
import { withRuntime } from '../../testing/runtime.ts'
import { createCloudflareZone } from './cloudflare-zone.ts'
import { zoneContract } from './zone-contract.ts'

withRuntime()
const PORT = 24_870
const stored: { id: string; name: string; content: string }[] = []
let server: Server
beforeAll(async () => {
  server = createServer((request, response) => {
    let body = ''
    request.on('data', (chunk: Buffer) => { body += chunk.toString() })
    request.on('end', () => {
      const url = new URL(request.url ?? '/', 'http://api')
      const answer = (status: number, value: object) => response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value))
      if (request.headers.authorization !== 'Bearer right') return answer(403, { success: false, errors: [{ message: 'Invalid access token' }] })
      if (!url.pathname.startsWith('/zones/z1/dns_records')) return answer(404, { success: false, errors: [] })
      if (request.method === 'GET') {
        return answer(200, { success: true, errors: [], result: stored.filter((r) => r.name === url.searchParams.get('name') && r.content === url.searchParams.get('content')) })
      }
      if (request.method === 'POST') {
        const { name, content } = JSON.parse(body) as { name: string; content: string }
        stored.push({ id: `r${stored.length + 1}${content}`, name, content })
      } else stored.splice(stored.findIndex((r) => url.pathname.endsWith(`/${r.id}`)), 1)
      answer(200, { success: true, errors: [], result: {} })
    })
  })
  await new Promise<void>((resolve) => server.listen(PORT, '127.0.0.1', resolve))
})
afterAll(() => { server.close() })

const cloudflare = (token: string) => createCloudflareZone({ zone: 'acme.cloud.example', zoneId: 'z1', token, api: `http://127.0.0.1:${PORT}` })
zoneContract('Cloudflare', () => ({ zone: cloudflare('right'), read: async (name) => stored.filter((r) => r.name === name).map((r) => r.content) }))
zoneContract('sandbox', () => ({ zone: createSandboxZone('acme.sandbox.test'), read: async (name) => (await createSandboxResolver(null).lookup(name, 'TXT')).values }))

test('a refusal is told in the provider\'s words', async () => {
  await expect(cloudflare('wrong').setTxt('a', 'b')).rejects.toThrow('Invalid access token')
})

import { once } from 'node:events'
import http from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { composites, files, operations } from '../../compose.ts'
import { PROBLEMS } from '../../contract/problem.ts'
import type { AnyOperation } from '../../core/operation.ts'
import { brandContext } from '../../testing/actors.ts'
import { withRuntime } from '../../testing/runtime.ts'
import { createDocsHandler } from './docs.ts'

withRuntime({ SHELLWEGO_SANDBOX_PORT: 21_750, PORT: 21_751 })
const all = [...operations, ...composites, ...files] as unknown as readonly AnyOperation[]
const server = http.createServer((req, res) => void createDocsHandler(all)(req, res))
let origin = ''
beforeAll(async () => {
  await brandContext()
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterAll(() => server.close())
const read = async (path: string) => {
  const answer = await fetch(`${origin}${path}`)
  return { status: answer.status, headers: answer.headers, text: await answer.text() }
}

test('every route is on the page with an anchor, a request to copy and its answer', async () => {
  const { status, text } = await read('/docs')
  expect(status).toBe(200)
  for (const op of all.filter((o) => o.rest)) {
    expect(text, op.name).toContain(`id="${op.name.replaceAll('.', '-')}"`)
    expect(text, op.name).toContain(`href="#${op.name.replaceAll('.', '-')}"`)
  }
  expect(new Set([...text.matchAll(/ id="([^"]+)"/g)].map((m) => m[1])).size).toBe([...text.matchAll(/ id="/g)].length)
  expect(text).toContain('filter[created_at][gte]')
})

test('nothing is loaded from elsewhere, and scripts run by nonce only', async () => {
  const { headers, text } = await read('/docs')
  expect([...text.matchAll(/(?:src|href)="(https?:)?\/\/[^"]*"/g)]).toEqual([])
  const nonce = /script-src 'nonce-([^']+)'/.exec(headers.get('content-security-policy') ?? '')?.[1]
  expect(text).toContain(`<script nonce="${nonce}">`)
  expect([...text.matchAll(/<script/g)]).toHaveLength(1)
  expect(text).not.toMatch(/ on\w+="/)
})

test('every error code has a page that says what to do; problem documents lead there', async () => {
  for (const name of Object.keys(PROBLEMS)) {
    const { status, text } = await read(`/docs/problems/${name}`)
    expect([name, status]).toEqual([name, 200])
    expect(text, name).toMatch(/What to do<\/h2><p>.{15,}<\/p>/)
  }
  expect((await read('/docs/problems')).text).toContain('/docs/problems/quota_exceeded')
  for (const path of ['/docs/problems/none', '/docs/problems/__proto__', '/docs/nothing', '/docs/problems/constructor', '/docs/problems/<script>']) {
    const { status, headers } = await read(path)
    expect([path, status, headers.get('content-type')]).toEqual([path, 404, 'application/problem+json'])
  }
})

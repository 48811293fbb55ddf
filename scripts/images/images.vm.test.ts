import { mkdtemp, rm } from 'node:fs/promises'
import { hostname, tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import { buildBuiltinImages } from './build.ts'
import { builtinImages, type BuiltinImage } from './builtin.ts'
import { freePort, startLocalRegistry } from './testing/local-registry.ts'
import { runImage, unpackImage, type RunningImage } from './testing/run-image.ts'

let dir: string
let images: BuiltinImage[]
const running: RunningImage[] = []

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'builtin-'))
  images = await builtinImages()
})
afterEach(async () => {
  await Promise.all(running.splice(0).map((image) => image.stop()))
})
afterAll(() => rm(dir, { recursive: true, force: true }))

function start(name: string, tag: string, env: Record<string, string>): RunningImage {
  const found = images.find((image) => image.name === name && image.tags.includes(tag))
  if (found === undefined) throw new Error(`${name}:${tag} is not built`)
  const root = join(dir, `${name.replace('/', '-')}-${tag}-${Math.random().toString(36).slice(2)}`)
  unpackImage(found.image, root)
  const image = runImage(found.image, root, env)
  running.push(image)
  return image
}

async function serve(name: string, tag: string, env: Record<string, string>): Promise<{ url: string, image: RunningImage }> {
  const port = await freePort()
  const image = start(name, tag, { ...env, PORT: String(port) })
  const url = `http://127.0.0.1:${port}`
  await vi.waitFor(() => fetch(url), { timeout: 10_000, interval: 50 })
  return { url, image }
}

const text = async (url: string): Promise<string> => (await fetch(url)).text()

describe('hello', () => {
  test('shows host name, release and its own settings alone, with markup escaped', async () => {
    const { url } = await serve('hello', 'v1', { HELLO_NAME: '<b>Ada & "co"</b>', HELLO_A: 'é', SHELLWEGO_RELEASE: '7', OTHER_SECRET: 'hidden-value' })
    const page = await text(url)
    expect(page).toContain(`<dd id="host">${hostname()}</dd>`)
    expect(page).toContain('<dd id="release">7</dd>')
    expect(page).toContain('<dt>HELLO_A</dt><dd>é</dd>\n<dt>HELLO_NAME</dt><dd>&lt;b&gt;Ada &amp; &quot;co&quot;&lt;/b&gt;</dd>')
    expect(page).not.toMatch(/hidden-value|OTHER_SECRET|<b>/)
  })

  test('v1 and v2 differ visibly', async () => {
    const pages = await Promise.all(['v1', 'v2'].map(async (tag) => text((await serve('hello', tag, {})).url)))
    expect(pages[0]).toContain('id="version">v1<')
    expect(pages[1]).toContain('id="version">v2<')
    const accent = (page: string | undefined): string | undefined => /--accent:(#\w+)/.exec(page ?? '')?.[1]
    expect(accent(pages[0])).not.toBe(accent(pages[1]))
  })

  test('is healthy, and logs each request but the health probes', async () => {
    const { url, image } = await serve('hello', 'v1', {})
    expect((await fetch(`${url}/healthz`)).status).toBe(200)
    expect((await fetch(`${url}/missing`)).status).toBe(404)
    await vi.waitFor(() => expect(image.output()).toContain('127.0.0.1 /missing 404'))
    expect(image.output()).toContain('127.0.0.1 / 200')
    expect(image.output()).not.toContain('healthz')
  })
})

test('static-site shows the title and text of its environment', async () => {
  const { url } = await serve('static-site', 'v1', { SITE_TITLE: 'Öffnung <1>', SITE_TEXT: 'line 1\nline 2', SITE_COLOR: 'red;}</style>' })
  const page = await text(url)
  expect(page).toContain('<h1>Öffnung &lt;1&gt;</h1>')
  expect(page).toContain('line 1\nline 2')
  expect(page).toContain('--accent:#1d4ed8')
})

describe('guestbook', () => {
  const PASSWORD = 'pa"ss\\ wörd'
  const sign = (url: string, form: Record<string, string>): Promise<Response> =>
    fetch(url, { method: 'POST', body: new URLSearchParams(form), redirect: 'manual' })

  async function withRedis(password: string): Promise<string> {
    const port = await freePort()
    const redis = start('redis', 'v7', { PORT: String(port), REDIS_PASSWORD: PASSWORD })
    await vi.waitFor(() => expect(redis.output()).toContain('Ready to accept connections'), { timeout: 10_000 })
    return (await serve('guestbook', 'v1', { REDIS_HOST: '127.0.0.1', REDIS_PORT: String(port), REDIS_PASSWORD: password })).url
  }

  test('keeps entries in Redis, newest first, with markup escaped', async () => {
    const url = await withRedis(PASSWORD)
    expect(await text(url)).toContain('No entries yet')
    expect((await sign(url, { name: 'Zoë', message: 'first' })).status).toBe(303)
    expect((await sign(url, { name: '', message: '<script>alert(1)</script> & 100% 日本\nat=1&message=forged' })).status).toBe(303)
    const page = await text(url)
    expect(page).toContain('&lt;script&gt;alert(1)&lt;/script&gt; &amp; 100% 日本\nat=1&amp;message=forged')
    expect(page.match(/<li>/g)).toHaveLength(2)
    expect(page.indexOf('Anonymous')).toBeLessThan(page.indexOf('Zoë'))
  })

  test('refuses what is empty, too long or no form', async () => {
    const url = await withRedis(PASSWORD)
    expect((await sign(url, { name: 'a', message: '' })).status).toBe(422)
    expect((await sign(url, { name: 'a', message: 'x'.repeat(9000) })).status).toBe(413)
    expect((await fetch(url, { method: 'POST', body: '*1\r\n$8\r\nFLUSHALL\r\n&message=x' })).status).toBe(400)
    expect(await text(url)).toContain('No entries yet')
  })

  test('explains a wrong password and a Redis that is not there, and stays healthy', async () => {
    const wrong = await fetch(await withRedis('other'))
    expect([wrong.status, await wrong.text()]).toEqual([503, expect.stringContaining('Redis refused the password')])
    const { url } = await serve('guestbook', 'v1', { REDIS_HOST: '127.0.0.1', REDIS_PORT: '1', REDIS_PASSWORD: 'x' })
    expect(await text(url)).toContain('Redis at 127.0.0.1 cannot be reached')
    expect((await fetch(`${url}/healthz`)).status).toBe(200)
  })
})

test('redis without a password says so and stops', async () => {
  const redis = start('redis', 'v7', {})
  expect(await redis.exit).toBe(64)
  expect(redis.output()).toContain('REDIS_PASSWORD is not set')
})

test('the fixture exit1 exits with 1', async () => {
  expect(await start('fixtures/exit1', 'v1', {}).exit).toBe(1)
})

test('a second build uploads nothing and takes little time', async () => {
  const registry = await startLocalRegistry()
  try {
    const again = await buildBuiltinImages({ workDir: join(dir, 'work'), registry: registry.address })
    expect(again.pushed).toEqual([])
    expect(again.digests).toEqual(registry.digests)
  } finally {
    await registry.stop()
  }
})

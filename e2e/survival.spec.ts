import { expect, test, type APIRequestContext, type Page } from '@playwright/test'
import { readJournal } from '../scripts/up/journal.ts'
import { CONSOLE, ensureOperator, mailedLink, PASSWORD, product, tokenOf, tokenOfOperator, visit } from './journey.ts'

test.describe.configure({ mode: 'serial' })

const EMAIL = 'resilience@example.com'
const HOST = (): string => `https://steady.${product().apps_domain}:${product().https_port}/`
let auth: { authorization: string }
let appId = ''

const api = async (request: APIRequestContext, method: 'get' | 'post', path: string, data?: object) => {
  const reply = await request[method](`${product().api}/v1${path}`, { headers: auth ?? {}, ...(data ? { data } : {}) })
  return (await reply.json()) as Record<string, unknown>
}

/** Host name inside the VM that answers now; empty while nothing does. */
const answering = async (page: Page): Promise<string> => {
  const reply = await page.goto(HOST()).catch(() => null)
  return reply?.status() === 200 ? ((await page.locator('#host').textContent()) ?? '') : ''
}

test('an app runs before anything is killed', async ({ page, request }) => {
  await ensureOperator(request)
  await request.post(`${product().api}/v1/users`, { headers: CONSOLE, data: { email: EMAIL, password: PASSWORD, name: 'Resi' } })
  const token = new URL(await mailedLink(request, EMAIL, /confirm/i)).searchParams.get('token')
  await request.post(`${product().api}/v1/auth/verify`, { headers: CONSOLE, data: { token } })
  auth = { authorization: `Bearer ${await tokenOf(request, { email: EMAIL, password: PASSWORD })}` }
  await api(request, 'post', '/organizations', { name: 'Resilience' })
  const app = await api(request, 'post', '/apps', { name: 'steady', image: 'builtin/hello:v1', health_check: { path: '/healthz' } })
  appId = String(app.id)
  await expect.poll(() => answering(page), { timeout: 120_000 }).not.toBe('')
})

for (const part of ['portal', 'worker', 'agent', 'edge', 'postgres']) {
  test(`kill -9 of ${part}: it is restarted, the same VM serves, nothing is lost`, async ({ page, request }) => {
    const before = await answering(page)
    const identity = readJournal(product().data)[part]
    expect(identity, `no process named ${part}`).toBeDefined()
    process.kill(identity?.pid ?? 0, 'SIGKILL')
    await expect.poll(() => readJournal(product().data)[part]?.pid ?? identity?.pid, { timeout: 30_000 }).not.toBe(identity?.pid)
    await expect.poll(async () => (await request.get(`${product().api}/health`).catch(() => null))?.status(), { timeout: 60_000 }).toBe(200)
    await expect.poll(() => answering(page), { timeout: 60_000 }).toBe(before)
    await expect.poll(async () => (await api(request, 'get', `/apps/${appId}`)).status, { timeout: 60_000 }).toBe('running')
  })
}

/** Ten minutes in `npm run prove`, as the issue of the spine asks; less in CI. */
const ABSENCE_MS = process.env.SHELLWEGO_FULL ? 600_000 : 30_000

test('while the portal hangs the app serves, and all of its traffic is counted once it is back', async ({ page, request }) => {
  test.setTimeout(ABSENCE_MS + 330_000)
  const egress = async (): Promise<number> => {
    const { rows } = (await api(request, 'get', '/usage')) as unknown as { rows: { app_id: string; meter: string; quantity: string }[] }
    return Number(rows.find((row) => row.app_id === appId && row.meter === 'egress_bytes')?.quantity ?? 0)
  }
  // After all that was killed the node may have to wait out its pause before it reports again.
  await expect.poll(egress, { timeout: 180_000 }).toBeGreaterThan(0)
  const before = await egress()
  const { pid } = readJournal(product().data).portal ?? { pid: 0 }
  process.kill(pid, 'SIGSTOP')
  let sent = 0
  try {
    const end = Date.now() + ABSENCE_MS
    while (Date.now() < end) {
      const reply = await visit(page, HOST())
      expect(reply?.status()).toBe(200)
      sent += (await reply?.body())?.length ?? 0
    }
  } finally {
    process.kill(pid, 'SIGCONT')
  }
  // Headers come on top; twice would be more than half again.
  await expect.poll(egress, { timeout: 90_000 }).toBeGreaterThanOrEqual(before + sent)
  await new Promise((resolve) => { setTimeout(resolve, 15_000) })
  expect(await egress()).toBeLessThan(before + sent * 1.5)
})

test('after all of it scaling works, and the books are in order', async ({ request }) => {
  await api(request, 'post', `/apps/${appId}/scale`, { replicas: 2 })
  await expect.poll(async () => (await api(request, 'get', `/apps/${appId}`)).replicas, { timeout: 120_000 }).toMatchObject({ desired: 2, healthy: 2 })
  const staff = { authorization: `Bearer ${await tokenOfOperator(request)}` }
  const books = await request.get(`${product().api}/v1/admin/invariants`, { headers: staff })
  expect(await books.json()).toMatchObject({ ok: true, findings: [] })
})

const BAD: [string, object, RegExp][] = [
  ['an unknown image', { image: 'builtin/nothing:v1' }, /image_not_found/],
  ['an unknown tag', { image: 'builtin/hello:v99' }, /image_not_found/],
  ['an unknown digest', { image: `builtin/hello@sha256:${'0'.repeat(64)}` }, /image_not_found/],
  ['a registry that is down', { image: '127.0.0.1:9/app:v1' }, /registry_unavailable|image_invalid/],
  ['an image without entrypoint', { image: 'builtin/fixtures/noentry:v1' }, /no_command/],
  ['an entrypoint that exits 1', { image: 'builtin/fixtures/exit1:v1' }, /process_exited|crash_loop/],
  ['an app that never listens', { image: 'builtin/fixtures/silent:v1', health_check: { grace: '5s' } }, /health_timeout/],
]

for (const [i, [what, spec, code]] of BAD.entries()) {
  test(`${what} fails the deployment with a typed code and says what to do`, async ({ request }) => {
    const app = await api(request, 'post', '/apps', { name: `bad-${i}`, ...spec })
    let deployment: Record<string, unknown> = {}
    await expect.poll(async () => {
      deployment = await api(request, 'get', `/deployments/${String(app.deployment_id)}`)
      return deployment.state
    }, { timeout: 150_000, intervals: [1_000] }).toBe('failed')
    expect(String(deployment.error_code)).toMatch(code)
    expect(String(deployment.error_detail).length).toBeGreaterThan(20)
    await request.delete(`${product().api}/v1/apps/${String(app.id)}`, { headers: auth })
  })
}

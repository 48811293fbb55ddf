import { expect, test, type APIRequestContext, type Page } from '@playwright/test'
import { SteadyLoad, type LoadCount } from '../scripts/bench/steady-load.ts'
import { becomeCustomer, interfacesSettle, lookAt, PASSWORD, product, tokenOf, visit } from './journey.ts'

const ORG = 'careful-works'
const CUSTOMER = { email: 'cara@example.com', name: 'Cara', organization: 'Careful Works' }
const DEPLOY_MS = 240_000
/** Healthy where it is asked for it, and 500 to every visitor. */
const BROKEN = ['/bin/sh', '-c', 'mkdir -p /tmp/w/cgi-bin && echo ok >/tmp/w/healthz'
  + ' && printf \'#!/bin/sh\\nprintf "Status: 500 broken\\\\r\\\\n\\\\r\\\\n"\\n\' >/tmp/w/cgi-bin/index.cgi && chmod 755 /tmp/w/cgi-bin/index.cgi && exec httpd -f -p 8080 -h /tmp/w']

interface Deployed {
  id: string; state: string; error_code: string | null; error_detail: string | null
  canary: { share: number; state: string; new: { requests: number } | null; old: { requests: number } | null }[] | null
}
/** So that who reads the run sees how much was asked. */
const tell = (what: string, { total, failed, p99Ms }: LoadCount): void =>
  void process.stdout.write(`${what}: ${total} requests, ${failed} failed, p99 ${Math.round(p99Ms)} ms\n`)

/** Releases take each other's place in the ways a person chooses, and no visitor notices. */
test.describe.serial('strategies', () => {
  let page: Page
  let headers: Record<string, string>
  let app: { id: string; hostnames: string[]; version: number }
  let load: SteadyLoad

  test.beforeAll(async ({ browser, request }) => {
    test.setTimeout(DEPLOY_MS)
    page = await (await browser.newContext({ ignoreHTTPSErrors: true })).newPage()
    await becomeCustomer(page, request, product().url, CUSTOMER)
    headers = { authorization: `Bearer ${await tokenOf(request, { email: CUSTOMER.email, password: PASSWORD })}` }
    const made = await request.post(`${product().api}/v1/apps`, {
      headers, data: { name: 'shop', image: 'builtin/hello:v1', port: 8080, replicas: 2, resources: { memory: '128m' }, health_check: { path: '/healthz' } },
    })
    expect(made.status(), await made.text()).toBe(201)
    app = (await made.json()) as typeof app
    await expect.poll(async () => (await last(request)).state, { timeout: DEPLOY_MS }).toBe('succeeded')
    load = new SteadyLoad(product(), app.hostnames[0] ?? '')
    await interfacesSettle(page)
  })
  test.afterAll(async () => {
    await load.stop()
    await page.context().close()
  })

  const last = async (request: APIRequestContext): Promise<Deployed> => {
    const { data: [row] } = (await (await request.get(`${product().api}/v1/apps/${app.id}/deployments?limit=1`, { headers })).json()) as { data: Deployed[] }
    if (!row) throw new Error('never deployed')
    return row
  }
  const ended = async (request: APIRequestContext, state: string): Promise<void> => {
    await expect.poll(async () => (await last(request)).state, { timeout: DEPLOY_MS }).toBe(state)
  }
  const visitLast = async (request: APIRequestContext): Promise<void> => {
    await visit(page, `${product().url}/${ORG}/apps/shop/deployments/${(await last(request)).id}`)
  }
  const share = (percent: number) => page.getByRole('img', { name: new RegExp(`Release \\d+: ${percent} % of requests`) })

  test('canary is chosen in the settings; what is out of range is said beside its field', async () => {
    test.setTimeout(120_000)
    await visit(page, `${product().url}/${ORG}/apps/shop/settings`)
    await page.getByRole('radio', { name: /^Canary/ }).click()
    const steps = page.getByLabel('Shares of requests')
    await steps.fill('7, 50')
    await page.getByLabel('Each step lasts').fill('30')
    await page.getByLabel('Requests per step').fill('10')
    // Emulated machines on a busy host are slow by chance.
    await page.getByLabel('Slower than before').fill('20')
    await page.getByRole('button', { name: 'Save strategy' }).click()
    await expect(page.getByText('Use shares in steps of 5 %.')).toBeVisible()
    await steps.fill('5, 50')
    await page.getByRole('button', { name: 'Save strategy' }).click()
    await expect(page.getByText('The next deployment goes by it')).toBeVisible()
    await lookAt(page, 'strategy-canary')
  })

  /** Changes the app, which deploys it. */
  const change = async (request: APIRequestContext, data: object): Promise<void> => {
    const url = `${product().api}/v1/apps/${app.id}`
    const { version } = (await (await request.get(url, { headers })).json()) as { version: number }
    const reply = await request.patch(url, { headers: { ...headers, 'if-match': `"${version}"` }, data })
    expect(reply.status(), await reply.text()).toBe(200)
  }

  test('a canary is watched on its page, gone on with by hand, and takes over; of a steady stream of requests none fails', async ({ request }) => {
    test.setTimeout(2 * DEPLOY_MS)
    load.start(20)
    await visit(page, `${product().url}/${ORG}/apps/shop`)
    await page.getByRole('button', { name: 'Redeploy' }).click()
    await page.getByRole('dialog').getByLabel('Image').fill('builtin/hello:v2')
    await page.getByRole('dialog').getByRole('button', { name: /^Deploy/ }).click()
    await expect(page).toHaveURL(/\/deployments\/dep_/)
    await expect(page.getByText('Who answers the requests')).toBeVisible()
    await expect(share(5)).toBeVisible({ timeout: DEPLOY_MS })
    await expect.poll(async () => (await last(request)).canary?.[0]?.new?.requests ?? 0, { timeout: 90_000 }).toBeGreaterThan(0)
    await interfacesSettle(page)
    await lookAt(page, 'canary-step')
    // It may have gone on by itself while it was looked at.
    await page.getByRole('button', { name: 'Go on to 50 % now' }).click({ timeout: 5_000 }).catch(() => {})
    await expect(share(50)).toBeVisible({ timeout: DEPLOY_MS })
    await ended(request, 'succeeded')
    const { canary } = await last(request)
    // At half of all requests both releases answer about as many.
    const [old, fresh] = [canary?.[1]?.old?.requests ?? 0, canary?.[1]?.new?.requests ?? 0]
    expect(fresh / (old + fresh)).toBeGreaterThan(0.3)
    expect(fresh / (old + fresh)).toBeLessThan(0.7)
    await visitLast(request)
    await expect(share(100)).toBeVisible()
    await interfacesSettle(page)
    await lookAt(page, 'canary-done')
    const count = load.take()
    tell('canary', count)
    expect(count.faults).toEqual([])
    expect(count.total).toBeGreaterThan(200)
  })

  test('a release that answers with errors is ended by what the edge saw, and the old one answers everything again', async ({ request }) => {
    test.setTimeout(2 * DEPLOY_MS)
    await change(request, { command: BROKEN })
    await ended(request, 'failed')
    expect(await last(request)).toMatchObject({ error_code: 'canary_errors', error_detail: expect.stringContaining('failed with 5xx') })
    load.take()
    await expect.poll(async () => {
      await page.waitForTimeout(3_000)
      return load.take().failed
    }, { timeout: 60_000 }).toBe(0)
    await visitLast(request)
    await expect(page.getByRole('alert').getByText(/failed with 5xx/)).toBeVisible()
    await interfacesSettle(page)
    await lookAt(page, 'canary-aborted')
  })

  test('one deployment is cancelled, and one goes back through the dialog that says what changes; no request fails', async ({ request }) => {
    test.setTimeout(3 * DEPLOY_MS)
    load.take()
    await change(request, { command: [], strategy: { canary: { step_seconds: 600 } } })
    await visitLast(request)
    await page.getByRole('button', { name: 'Cancel', exact: true }).click()
    await lookAt(page, 'cancel-deployment')
    await page.getByRole('button', { name: 'Cancel the deployment' }).click()
    await ended(request, 'cancelled')
    await interfacesSettle(page)
    await visit(page, `${product().url}/${ORG}/apps/shop/deployments`)
    await expect(page.getByRole('table', { name: 'Releases this app can go back to' })).toBeVisible()
    await lookAt(page, 'releases')
    await page.getByRole('row', { name: /Release 1\b/ }).getByRole('button', { name: 'Roll back' }).click()
    const dialog = page.getByRole('dialog', { name: /Go back to release 1/ })
    await expect(dialog.getByText('builtin/hello:v1')).toBeVisible()
    await lookAt(page, 'rollback-dialog')
    await dialog.getByRole('button', { name: 'Go back to release 1' }).click()
    await expect(page).toHaveURL(/\/deployments\/dep_/)
    await ended(request, 'succeeded')
    await page.waitForTimeout(5_000)
    const count = load.take()
    tell('cancel and roll back', count)
    expect(count.faults).toEqual([])
  })

  test('rolling deployments (a secret; at full size an image and a variable too): no request fails', async ({ request }) => {
    test.setTimeout(4 * DEPLOY_MS)
    load.take()
    await change(request, { strategy: { type: 'rolling' } })
    const secret = { scope: 'app', app_id: app.id, name: 'KEY', value: 'a value', redeploy: true }
    const changes = [
      () => change(request, { image: 'builtin/hello:v2' }),
      () => change(request, { env: { HELLO_ROUND: 'two' } }),
      async () => expect((await request.post(`${product().api}/v1/secrets`, { headers, data: secret })).status()).toBe(201),
    ]
    for (const next of process.env.SHELLWEGO_FULL === '1' ? changes : changes.slice(-1)) {
      const { id } = await last(request)
      await next()
      await expect.poll(async () => (await last(request)).id, { timeout: 60_000 }).not.toBe(id)
      await ended(request, 'succeeded')
    }
    await page.waitForTimeout(5_000)
    const count = load.take()
    tell('rolling', count)
    expect(count.faults).toEqual([])
  })
})

import { expect, test, type Page } from '@playwright/test'
import https from 'node:https'
import { becomeCustomer, interfacesSettle, lookAt, OPERATOR, PASSWORD, product, signIn, tokenOf, tokenOfOperator, visit } from './journey.ts'

const ORG = 'meter-works'
const CUSTOMER = { email: 'mina@example.com', name: 'Mina', organization: 'Meter Works' }

interface Measured {
  requests: { total: number; by_status: Record<string, number> } | null
  series: { name: string; data_points: unknown[] }[]
  deployments: { state: string }[]
}

/** What an app answers and uses is seen by its owner, what a machine does by the operator and by Prometheus. */
test.describe.serial('metrics', () => {
  let page: Page
  let headers: Record<string, string>
  let app: { id: string; url: string; instances: { node_id?: string }[] }

  test.beforeAll(async ({ browser, request }) => {
    page = await (await browser.newContext({ ignoreHTTPSErrors: true })).newPage()
    await becomeCustomer(page, request, product().url, CUSTOMER)
    headers = { authorization: `Bearer ${await tokenOf(request, { email: CUSTOMER.email, password: PASSWORD })}` }
    const made = await request.post(`${product().api}/v1/apps`, { headers, data: { name: 'shop', image: 'builtin/hello:v1' } })
    expect(made.status(), await made.text()).toBe(201)
    const { id } = (await made.json()) as { id: string }
    await expect.poll(async () => {
      app = (await (await request.get(`${product().api}/v1/apps/${id}`, { headers })).json()) as typeof app & { status: string }
      return (app as { status?: string }).status
    }, { timeout: 120_000 }).toBe('running')
    await interfacesSettle(page)
  })
  test.afterAll(() => page.context().close())

  const visitApp = (path: string): Promise<number> => new Promise((resolve, reject) => {
    const { hostname } = new URL(app.url)
    https.get({ host: '127.0.0.1', port: product().https_port, servername: hostname, path, headers: { host: `${hostname}:${product().https_port}` }, rejectUnauthorized: false }, (response) => {
      response.resume().once('end', () => resolve(response.statusCode ?? 0))
    }).once('error', reject)
  })

  test('every request of a visitor is counted, and drawn beside what was deployed', async ({ request }) => {
    test.setTimeout(400_000)
    const statuses: number[] = []
    for (let count = 0; count < 40; count += 1) statuses.push(await visitApp(count % 8 === 0 ? '/no-such-page' : '/'))
    const failed = statuses.filter((status) => status >= 400).length
    const get = async (metric: string) => (await (await request.get(`${product().api}/v1/apps/${app.id}/metrics?metric=${metric}`, { headers })).json()) as Measured
    await expect.poll(async () => (await get('requests')).requests?.total, { timeout: 120_000 }).toBe(40)
    const { requests, deployments } = await get('requests')
    expect((requests?.by_status['4xx'] ?? 0) + (requests?.by_status['5xx'] ?? 0)).toBe(failed)
    expect(deployments.map((one) => one.state)).toEqual(['succeeded'])
    await expect.poll(async () => (await get('cpu')).series[0]?.data_points.length ?? 0, { timeout: 180_000 }).toBeGreaterThan(0)
    await expect.poll(async () => (await get('latency')).series[0]?.data_points.length ?? 0, { timeout: 180_000 }).toBeGreaterThan(0)
    await visit(page, `${product().url}/${ORG}/apps/shop/metrics`)
    await expect(page.getByText('40 requests')).toBeVisible({ timeout: 30_000 })
    await expect(page.getByText(/median .* 99 % within/)).toBeVisible()
    await page.getByText('1 deployment in this time, the dashed lines').click()
    await expect(page.getByRole('link', { name: 'v1' })).toBeVisible()
    await lookAt(page, 'app-metrics')
    await page.getByRole('button', { name: '7 days' }).click()
    await expect(page).toHaveURL(/range=7d/)
    await expect(page.getByText('40 requests')).toBeVisible({ timeout: 30_000 })
  })

  test('the operator sees the machine, and gives Prometheus a token', async ({ request }) => {
    test.setTimeout(240_000)
    const staff = { authorization: `Bearer ${await tokenOfOperator(request)}` }
    const { data } = (await (await request.get(`${product().api}/v1/nodes`, { headers: staff })).json()) as { data: { id: string; hostname: string; status: string }[] }
    const node = data.find(({ status }) => status === 'ready')
    expect(node).toBeDefined()
    const get = async (metric: string) => (await (await request.get(`${product().api}/v1/nodes/${node?.id}/metrics?metric=${metric}`, { headers: staff })).json()) as Measured
    await expect.poll(async () => (await get('storage')).series[0]?.data_points.length ?? 0, { timeout: 180_000 }).toBeGreaterThan(0)
    await signIn(page, product().url, OPERATOR)
    await visit(page, `${product().url}/admin/nodes/${node?.id}`)
    await expect(page.getByRole('heading', { name: 'Storage, the fullest pool' })).toBeVisible({ timeout: 30_000 })
    await lookAt(page, 'node-metrics')
    const scrape = async (token: string) => (await request.get(`${product().api}/metrics`, { headers: { authorization: `Bearer ${token}` } }))
    expect((await scrape('none')).status()).toBe(404)
    await visit(page, `${product().url}/admin/nodes`)
    await page.getByRole('button', { name: 'Make a token', exact: true }).click()
    const dialog = page.getByRole('dialog', { name: 'Token for Prometheus' })
    const token = (await dialog.getByText(/^metrics_/).textContent())?.trim() ?? ''
    await dialog.getByRole('button', { name: 'Done' }).click()
    await expect(page.getByText(/On, with a token that ends in/)).toBeVisible()
    await lookAt(page, 'prometheus')
    const text = await (await scrape(token)).text()
    expect(text).toMatch(/^shellwego_node_memory_pressure\{node="node_[^"]+",hostname="[^"]+"\} 0\.\d+$/m)
    expect(text).not.toMatch(/shop|meter-works|Meter Works|org_|app_/)
    await page.getByRole('button', { name: 'Switch off' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Switch off' }).click()
    await expect(page.getByText('Off: nobody can read it.')).toBeVisible()
    expect((await scrape(token)).status()).toBe(404)
  })
})

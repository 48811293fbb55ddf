import { expect, test, type Page } from '@playwright/test'
import https from 'node:https'
import { becomeCustomer, interfacesSettle, lookAt, PASSWORD, product, tokenOf, visit } from './journey.ts'

const ORG = 'night-owls'
const CUSTOMER = { email: 'nia@example.com', name: 'Nia', organization: 'Night Owls' }
interface Shown { id: string; url: string; status: string; asleep_since: string | null; release: number; instances: { phase: string }[] }

/** An app that nobody asks for sleeps, says so, and wakes for a person who presses the button and for one who visits it. */
test.describe.serial('sleep', () => {
  let page: Page
  let headers: Record<string, string>
  let id: string

  test.beforeAll(async ({ browser, request }) => {
    page = await (await browser.newContext({ ignoreHTTPSErrors: true })).newPage()
    await becomeCustomer(page, request, product().url, CUSTOMER)
    headers = { authorization: `Bearer ${await tokenOf(request, { email: CUSTOMER.email, password: PASSWORD })}` }
    const made = await request.post(`${product().api}/v1/apps`, { headers, data: { name: 'owl', image: 'builtin/hello:v1' } })
    expect(made.status(), await made.text()).toBe(201)
    id = ((await made.json()) as Shown).id
    await expect.poll(async () => (await shown()).status, { timeout: 120_000 }).toBe('running')
    await interfacesSettle(page)
  })
  test.afterAll(() => page.context().close())

  const shown = async (): Promise<Shown> => (await (await page.request.get(`${product().api}/v1/apps/${id}`, { headers })).json()) as Shown
  const asleep = () => expect.poll(async () => (await shown()).asleep_since !== null, { timeout: 240_000, intervals: [2_000] }).toBe(true)

  async function visitApp(): Promise<number> {
    const { hostname } = new URL((await shown()).url)
    return new Promise((resolve, reject) => {
      https.get({ host: '127.0.0.1', port: product().https_port, servername: hostname, headers: { host: `${hostname}:${product().https_port}` }, rejectUnauthorized: false }, (response) => {
        response.resume().once('end', () => resolve(response.statusCode ?? 0))
      }).once('error', reject)
    })
  }

  test('its owner sets when it sleeps; a number that cannot be is refused beside the field', async () => {
    test.setTimeout(240_000)
    await visit(page, `${product().url}/${ORG}/apps/owl/settings`)
    const field = page.getByLabel('Sleep after')
    await field.fill('9999')
    await page.getByRole('button', { name: 'Save sleep' }).click()
    await expect(page.getByText('Enter 1 to 1440 minutes, or nothing for never.')).toBeVisible()
    await field.fill('1')
    await page.getByRole('button', { name: 'Save sleep' }).click()
    await expect(page.getByText('owl sleeps after 1 min without requests')).toBeVisible()
    await expect.poll(async () => [(await shown()).status, (await shown()).release], { timeout: 120_000 }).toEqual(['running', 2])
    await interfacesSettle(page)
    await field.scrollIntoViewIfNeeded()
    await lookAt(page, 'app-sleep-settings')
  })

  test('idle it sleeps and says since when; a visitor wakes it, and is answered', async () => {
    test.setTimeout(400_000)
    await asleep()
    await visit(page, `${product().url}/${ORG}/apps/owl`)
    await expect(page.getByText('It wakes with the next request.')).toBeVisible({ timeout: 30_000 })
    await lookAt(page, 'app-asleep')
    expect(await visitApp()).toBe(200)
    await expect(page.getByText('It wakes with the next request.')).toBeHidden({ timeout: 30_000 })
  })

  test('the button wakes it', async () => {
    test.skip(!process.env.SHELLWEGO_FULL, 'a minute of waiting; at full size only')
    test.setTimeout(400_000)
    await asleep()
    await visit(page, `${product().url}/${ORG}/apps/owl`)
    await page.getByRole('button', { name: 'Wake' }).click()
    await expect.poll(async () => (await shown()).instances.map(({ phase }) => phase), { timeout: 30_000 }).toEqual(['running'])
  })
})

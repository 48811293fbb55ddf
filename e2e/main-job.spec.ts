import { readFileSync } from 'node:fs'
import https from 'node:https'
import { expect, test, type BrowserContext, type Page } from '@playwright/test'
import { interfacesSettle, mailedLink, OPERATOR, PASSWORD, product, setupCode, signIn, signUp, tokenOf, tokenOfOperator, visit } from './journey.ts'

test.describe.configure({ mode: 'serial' })

const CUSTOMER = { email: 'ada@example.com', name: 'Ada', organization: 'Ada Works' }
const ORG = 'ada-works'
let operator: BrowserContext
let customer: BrowserContext
let page: Page

test.beforeAll(async ({ browser }) => {
  operator = await browser.newContext()
  customer = await browser.newContext()
  page = await customer.newPage()
})
test.afterAll(async () => {
  await operator.close()
  await customer.close()
})

test('the operator sets the platform up with the one-time code', async () => {
  const staff = await operator.newPage()
  await visit(staff, product().url)
  await expect(staff).toHaveURL(/\/setup/)
  const fill = async (code: string): Promise<void> => {
    await staff.getByLabel('Setup code').fill(code)
    await staff.getByLabel('Your name').fill('Olu Operator')
    await staff.getByLabel('E-mail').fill(OPERATOR.email)
    await staff.getByLabel('Password', { exact: true }).fill(OPERATOR.password)
    await staff.getByRole('button', { name: /set up|create/i }).click()
  }
  await fill('wrong-code1')
  await expect(staff.getByText(/not the code/)).toBeVisible()
  await fill(setupCode())
  await expect(staff).toHaveURL(/\/admin/)
  await visit(staff, `${product().url}/admin/nodes`)
  await expect(staff.getByText('Ready').first()).toBeVisible({ timeout: 60_000 })
})

test('a customer signs up, confirms the address and creates an organization', async ({ request }) => {
  await signUp(page, request, product().url, CUSTOMER)
  await expect(page.getByText('Deploy your first app')).toBeVisible()
})

test('an app is deployed from the hello image with its steps shown live', async () => {
  await visit(page, `${product().url}/${ORG}/apps/new`)
  await page.getByRole('button', { name: 'Use the hello image' }).click()
  await expect(page.getByLabel('Name', { exact: true })).toHaveValue('hello')
  await page.getByRole('button', { name: /^Deploy 1 instance, about/ }).click()
  await expect(page).toHaveURL(/\/deployments\/dep_/)
  const steps = page.getByRole('list', { name: 'Steps of this deployment' })
  for (const step of ['Queued', 'Pulling image', 'Creating instance', 'Booting', 'Health check', 'Routing', 'Live']) {
    await expect(steps.getByRole('listitem').filter({ hasText: step })).toBeVisible()
  }
  await expect(page.getByText('listening on port 8080')).toBeVisible({ timeout: 120_000 })
  await expect(page.getByText('Succeeded').or(page.getByText('Live', { exact: true })).first()).toBeVisible({ timeout: 60_000 })
})

test('the app answers from inside its microVM over TLS with a certificate of our authority', async () => {
  const site = await customer.newPage()
  const address = `https://hello.${product().apps_domain}:${product().https_port}/`
  await expect.poll(async () => (await site.goto(address).catch(() => null))?.status() ?? 0, { timeout: 60_000 }).toBe(200)
  await expect(site.locator('#host')).toContainText('hello-')
  await expect(site.locator('#release')).toHaveText('1')
  const status = await new Promise((resolve, reject) => {
    https.get({ host: '127.0.0.1', port: product().https_port, servername: `hello.${product().apps_domain}`, headers: { host: `hello.${product().apps_domain}` }, ca: readFileSync(product().ca_file) },
      (reply) => { reply.resume(); resolve(reply.statusCode) }).on('error', reject)
  })
  expect(status).toBe(200)
  await site.close()
})

test('logs, metrics and spend are seen where a person looks for them', async () => {
  await visit(page, `${product().url}/${ORG}/apps/hello/logs`)
  await expect(page.getByText('listening on port 8080')).toBeVisible()
  await visit(page, `${product().url}/${ORG}/apps/hello/metrics`)
  for (const chart of ['CPU', 'Memory', 'Traffic']) await expect(page.getByText(chart).first()).toBeVisible({ timeout: 60_000 })
  await visit(page, `${product().url}/${ORG}/billing`)
  await expect(page.getByText(/Estimate for the whole period/)).toBeVisible()
})

const statusWord = (word: string) => expect(page.getByText(word, { exact: true }).first()).toBeVisible({ timeout: 120_000 })

test('scale, redeploy, stop and start are done from the console and seen live', async () => {
  await visit(page, `${product().url}/${ORG}/apps/hello`)
  await page.getByRole('button', { name: 'More actions' }).click()
  await page.getByRole('menuitem', { name: 'Scale' }).click()
  await page.getByRole('button', { name: 'One more' }).click()
  await page.getByRole('dialog').getByRole('button', { name: /^Scale/ }).click()
  await expect(page.getByRole('row').filter({ hasText: /inst_.*Running/s })).toHaveCount(2, { timeout: 120_000 })

  await page.getByRole('button', { name: 'Redeploy' }).click()
  await page.getByRole('dialog').getByLabel('Image').fill('builtin/hello:v2')
  await page.getByRole('dialog').getByRole('button', { name: /^Deploy/ }).click()
  await expect(page).toHaveURL(/\/deployments\/dep_/)
  await expect(page.getByText('Succeeded').or(page.getByText('Live', { exact: true })).first()).toBeVisible({ timeout: 150_000 })

  await visit(page, `${product().url}/${ORG}/apps/hello`)
  await expect(page.getByRole('row').filter({ hasText: /inst_/ })).toHaveCount(2, { timeout: 60_000 })
  await interfacesSettle(page)
  await page.getByRole('button', { name: 'More actions' }).click()
  await page.getByRole('menuitem', { name: 'Stop' }).click()
  await page.getByRole('alertdialog').or(page.getByRole('dialog')).getByRole('button', { name: /^Stop/ }).click()
  await statusWord('Stopped')
  await interfacesSettle(page)
  await page.getByRole('button', { name: 'Start' }).click()
  await statusWord('Running')
})

test('the month ends: an invoice is issued, paid by card in the sandbox, and the receipt is mailed', async ({ request }) => {
  const staff = await operator.newPage()
  await visit(staff, `${product().url}/sandbox/clock`)
  await staff.getByRole('button', { name: 'End this month' }).click()
  await expect(staff.getByText(/jobs? ran/)).toBeVisible({ timeout: 60_000 })
  await staff.close()

  await visit(page, await mailedLink(request, CUSTOMER.email, /invoice SWG-\d{4}-000001/i))
  await expect(page.getByText(/SWG-\d{4}-000001/).first()).toBeVisible()
  const token = await tokenOf(request, { email: CUSTOMER.email, password: PASSWORD })
  const auth = { authorization: `Bearer ${token}` }
  const { data: [invoice] } = (await (await request.get(`${product().api}/v1/invoices`, { headers: auth })).json()) as { data: { id: string; number: string }[] }
  const pdf = await request.get(`${product().api}/v1/invoices/${invoice?.id}/pdf`, { headers: auth })
  expect((await pdf.body()).subarray(0, 5).toString()).toBe('%PDF-')

  await page.getByRole('button', { name: /with Stripe$/ }).click()
  await expect(page).toHaveURL(/\/sandbox\/checkout\/stripe\//)
  await page.getByRole('button', { name: /^Pay / }).first().click()
  await expect(page).toHaveURL(/\/billing\/invoices\//)
  await statusWord('Paid')
  expect(await mailedLink(request, CUSTOMER.email, /receipt/i)).toContain(invoice?.id)
  const staffToken = await tokenOfOperator(request)
  const books = await request.get(`${product().api}/v1/admin/invariants`, { headers: { authorization: `Bearer ${staffToken}` } })
  expect(await books.json()).toMatchObject({ ok: true, findings: [] })
})

test('signing out ends the session at once', async ({ browser }) => {
  const other = await browser.newContext()
  const tab = await other.newPage()
  await signIn(tab, product().url, { email: CUSTOMER.email, password: PASSWORD })
  await visit(tab, `${product().url}/account/security`)
  const others = tab.getByRole('button', { name: 'Sign out all others' })
  await others.click()
  await expect(others).toBeHidden()
  await visit(page, `${product().url}/${ORG}/apps`)
  await expect(page).toHaveURL(/\/sign-in/)
  await other.close()
})

test('the app is deleted and its address answers no more', async () => {
  await signIn(page, product().url, { email: CUSTOMER.email, password: PASSWORD })
  await visit(page, `${product().url}/${ORG}/apps/hello/settings`)
  await page.getByRole('button', { name: 'Delete app' }).click()
  await page.getByRole('dialog').or(page.getByRole('alertdialog')).getByRole('textbox').fill('hello')
  await page.getByRole('button', { name: 'Delete hello' }).click()
  await expect(page).toHaveURL(/\/apps$/)
  const site = await customer.newPage()
  await expect.poll(async () => (await site.goto(`https://hello.${product().apps_domain}:${product().https_port}/`).catch(() => null))?.status() ?? 0, { timeout: 60_000 }).not.toBe(200)
  await interfacesSettle(page, 8_000)
})

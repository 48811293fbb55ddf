import { expect, test } from '@playwright/test'
import { endMonth, ensureOperator, mailedLink, OPERATOR, product, signIn, signUp, visit } from './journey.ts'

const HOST = 'lagos.localhost'
const originOf = (host: string): string => {
  const { https_port: port } = product()
  return `https://${host}${port === 443 ? '' : `:${port}`}`
}

test('a reseller has its own host, brand and price; its customer sees and pays only that', async ({ browser, request }) => {
  await ensureOperator(request)
  const operator = await (await browser.newContext()).newPage()
  await signIn(operator, product().url, OPERATOR)
  await visit(operator, `${product().url}/admin/resellers/new`)
  await operator.getByLabel('Name', { exact: true }).fill('Lagos Cloud')
  await operator.getByLabel('Host name').fill(HOST)
  await operator.getByLabel('Support e-mail').fill('help@lagos.example')
  await operator.getByLabel('Legal name').fill('Lagos Cloud Ltd')
  await operator.getByLabel('Invoice prefix').fill('LAG')
  await operator.getByLabel('Currency').selectOption('NGN')
  await operator.getByLabel(/Starter plan, a month/).fill('4500')
  await operator.getByRole('button', { name: /create/i }).click()
  await expect(operator).toHaveURL(/\/admin\/resellers\/brand_/)

  const page = await (await browser.newContext()).newPage()
  const origin = originOf(HOST)
  await expect.poll(async () => (await visit(page, `${origin}/sign-in`).catch(() => null))?.status() ?? 0, { timeout: 30_000 }).toBe(200)
  await expect(page).toHaveTitle(/Lagos Cloud/)
  expect(await page.content()).not.toContain('ShellWeGo')
  await signUp(page, request, origin, { email: 'ada@example.com', name: 'Ada of Lagos', organization: 'Mama Put' })
  await visit(page, `${origin}/mama-put/billing`)
  await expect(page.getByText(/₦|NGN/).first()).toBeVisible()
  expect(await page.content()).not.toContain('ShellWeGo')

  await endMonth(request)
  const link = await mailedLink(request, 'ada@example.com', /invoice LAG-\d{4}-000001/i)
  expect(link).toContain(`https://${HOST}`)
  await visit(page, link)
  await expect(page.getByText('Lagos Cloud Ltd').first()).toBeVisible()
  await page.getByRole('radio', { name: /^Paystack/ }).click()
  await page.getByRole('button', { name: /with Paystack$/ }).click()
  await expect(page).toHaveURL(/\/sandbox\/checkout\/paystack\//)
  await page.getByRole('button', { name: /^Pay / }).first().click()
  await expect(page.getByText('Paid', { exact: true }).first()).toBeVisible({ timeout: 60_000 })
})

test('a host name that serves no brand gets no page', async ({ request }) => {
  const reply = await request.get(`${product().api}/sign-in`, { headers: { host: 'nobody.example' } })
  expect(reply.status()).toBe(421)
  const spoofed = await request.get(`${product().api}/v1/brand`, { headers: { 'x-forwarded-host': HOST } })
  expect(await spoofed.json()).toMatchObject({ platform: true })
})

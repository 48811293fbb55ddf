import { expect, test } from '@playwright/test'
import { becomeCustomer, product, visit } from './journey.ts'

const ORG = 'grace-shop'

test('a guestbook with its own Redis is installed from its form, in order, and keeps what visitors write', async ({ page, request }) => {
  await becomeCustomer(page, request, product().url, { email: 'grace@example.com', name: 'Grace', organization: 'Grace Shop' })
  await visit(page, `${product().url}/${ORG}/marketplace`)
  for (const name of ['Hello', 'Guestbook', 'Static site']) await expect(page.getByText(name, { exact: false }).first()).toBeVisible()
  await visit(page, `${product().url}/${ORG}/marketplace/guestbook`)
  await page.getByLabel('Name', { exact: true }).fill('book')
  await page.getByLabel('Title').fill('Visitors of Lagos')
  await page.getByRole('button', { name: /install/i }).click()
  await expect(page).toHaveURL(/\/installs\/ins_/)
  const steps = page.getByRole('list', { name: 'Steps of this installation' })
  await expect(steps.getByRole('listitem').filter({ hasText: /redis/i })).toBeVisible()
  const address = `https://book.${product().apps_domain}:${product().https_port}/`
  await expect.poll(async () => (await page.request.get(`${product().api}/health`)).status()).toBe(200)
  const site = await page.context().newPage()
  await expect.poll(async () => (await site.goto(address).catch(() => null))?.status() ?? 0, { timeout: 150_000 }).toBe(200)
  await expect(site.getByText('Visitors of Lagos').first()).toBeVisible()
  await site.getByRole('textbox').first().fill('Chidi')
  await site.getByRole('textbox').last().fill('Good morning from Yaba')
  await site.getByRole('button').first().click()
  await expect(site.getByText('Good morning from Yaba')).toBeVisible()
})

test('a form that breaks a rule names the field and installs nothing', async ({ page, request }) => {
  await becomeCustomer(page, request, product().url, { email: 'hopper@example.com', name: 'Hopper', organization: 'Hopper Labs' })
  await visit(page, `${product().url}/hopper-labs/marketplace/guestbook`)
  await page.getByLabel('Name', { exact: true }).fill('Not A Name')
  await page.getByRole('button', { name: /install/i }).click()
  await expect(page.getByText(/lower-case letters/i).first()).toBeVisible()
  await expect(page).toHaveURL(/\/marketplace\/guestbook$/)
})

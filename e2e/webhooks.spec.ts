import { expect, test } from '@playwright/test'
import { Webhook } from 'standardwebhooks'
import { startReceiver, type Receiver } from '../server/testing/hook-receiver.ts'
import { becomeCustomer, lookAt, product, visit } from './journey.ts'

/** The product under test may reach loopback: SHELLWEGO_WEBHOOK_ALLOW. */
let receiver: Receiver
test.beforeAll(async () => { receiver = await startReceiver(21_650) })
test.afterAll(() => receiver.close())

test('a webhook is added, checked, tested, fails, is sent again, rotated and removed', async ({ page, request }) => {
  test.setTimeout(180_000)
  const base = `${product().url}/hooked/settings/webhooks`
  await becomeCustomer(page, request, product().url, { email: 'hooks@example.com', name: 'Hook', organization: 'Hooked' })
  await visit(page, base)
  await expect(page.getByText('Nobody is told yet')).toBeVisible()
  await lookAt(page, 'webhooks-empty')
  await page.getByRole('link', { name: 'Add a webhook' }).first().click()

  await page.getByLabel('Address').fill('http://169.254.169.254/latest/meta-data')
  await page.getByRole('button', { name: 'Add the webhook' }).click()
  await expect(page.getByText(/Address not allowed/)).toBeVisible()
  await page.getByLabel('Address').fill(receiver.url)
  await page.getByText('Invoices').click()
  await page.getByLabel('invoice.paid').click()
  await page.getByRole('button', { name: 'Add a header' }).click()
  await page.getByLabel('Name of header 1').fill('Authorization')
  await page.getByLabel('Value of header 1').fill('Bearer of-mine')
  await lookAt(page, 'webhooks-new')
  await page.getByRole('button', { name: 'Add the webhook' }).click()

  const secret = (await page.getByLabel('Signing secret', { exact: true }).textContent())?.trim() ?? ''
  expect(secret).toMatch(/^whsec_/)
  await lookAt(page, 'webhooks-secret')
  await page.getByRole('button', { name: 'Send a test' }).click()
  await expect(page.getByText('delivered')).toBeVisible()
  const [message] = receiver.received
  expect(new Webhook(secret).verify(message?.body ?? '', message?.headers ?? {})).toMatchObject({ type: 'webhook.test' })
  expect(message?.headers.authorization).toBe('Bearer of-mine')

  await page.getByRole('link', { name: 'I have copied the secret' }).click()
  await expect(page.getByText(secret)).toHaveCount(0)
  receiver.set({ status: 500, body: 'out of order' })
  await page.getByRole('button', { name: 'Send a test' }).click()
  await expect(page.getByRole('table').getByText('retrying')).toBeVisible()
  await expect(page.getByText(/Nothing was delivered since/)).toBeVisible()
  await lookAt(page, 'webhooks-failing')
  await page.getByRole('table').getByRole('button', { name: 'webhook.test' }).first().click()
  const drawer = page.getByRole('dialog')
  await expect(drawer.getByText('out of order').first()).toBeVisible()
  await expect(drawer.getByText('[hidden]').first()).toBeVisible()
  await lookAt(page, 'webhooks-attempt')
  receiver.set({})
  await drawer.getByRole('button', { name: 'Send again' }).click()
  await expect(drawer.getByText('delivered')).toBeVisible({ timeout: 15_000 })
  await page.keyboard.press('Escape')

  await page.getByRole('button', { name: 'More for this webhook' }).click()
  await page.getByRole('menuitem', { name: 'Rotate the secret' }).click()
  await page.getByRole('button', { name: 'Make a new secret' }).click()
  const rotated = (await page.getByLabel('Signing secret', { exact: true }).textContent())?.trim() ?? ''
  expect(rotated).not.toBe(secret)
  await page.getByRole('button', { name: 'I have copied the secret' }).click()
  const before = receiver.received.length
  await page.getByRole('button', { name: 'Send a test' }).click()
  await expect.poll(() => receiver.received.length).toBeGreaterThan(before)
  const latest = receiver.received.at(-1)
  for (const one of [secret, rotated]) new Webhook(one).verify(latest?.body ?? '', latest?.headers ?? {})

  await page.getByLabel('Every status').selectOption('failed')
  await expect(page.getByText('Nothing matches these filters.')).toBeVisible()
  await page.getByRole('button', { name: 'Clear filters' }).click()
  await page.getByRole('button', { name: 'Send a span again' }).click()
  await page.getByRole('radio', { name: /Everything/ }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Send again' }).click()
  await expect(page.getByText(/will be sent again/)).toBeVisible()

  await page.getByRole('link', { name: 'All webhooks' }).click()
  await expect(page.getByRole('img', { name: /attempts? in 24 hours/ })).toBeVisible()
  await lookAt(page, 'webhooks-list')
  await page.getByRole('link', { name: receiver.url }).click()
  await page.getByRole('button', { name: 'More for this webhook' }).click()
  await page.getByRole('menuitem', { name: 'Delete' }).click()
  await page.getByRole('button', { name: 'Delete it' }).click()
  await expect(page.getByText('Nobody is told yet')).toBeVisible()
})

import { expect, test } from '@playwright/test'
import { becomeCustomer, ensureOperator, lookAt, OPERATOR, product, signIn, visit } from './journey.ts'

test('the customer\'s pages have no serious accessibility fault in light and in dark, and fit a phone', async ({ browser, request }) => {
  const context = await browser.newContext()
  const page = await context.newPage()
  await visit(page, `${product().url}/sign-in`)
  await lookAt(page, 'sign-in')
  await becomeCustomer(page, request, product().url, { email: 'axe@example.com', name: 'Axe', organization: 'Axe' })
  for (const path of ['apps', 'apps/new', 'volumes', 'network', 'domains', 'marketplace', 'billing', 'billing/credits', 'usage', 'settings']) {
    await visit(page, `${product().url}/axe/${path}`)
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
    await page.waitForLoadState('networkidle')
    await lookAt(page, path.replaceAll('/', '-'))
  }
  await context.close()
})

test('the operator\'s pages have none either', async ({ browser, request }) => {
  await ensureOperator(request)
  const page = await (await browser.newContext()).newPage()
  await signIn(page, product().url, OPERATOR)
  for (const path of ['admin', 'admin/nodes', 'admin/resellers', 'admin/organizations', 'admin/users', 'admin/held-domains', 'admin/keys', 'admin/backups', 'admin/invoices', 'admin/revenue', 'admin/ledger', 'admin/ledger/entries', 'admin/coupons', 'sandbox/mail', 'sandbox/clock']) {
    await visit(page, `${product().url}/${path}`)
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
    await page.waitForLoadState('networkidle')
    await lookAt(page, path.replaceAll('/', '-'))
  }
})

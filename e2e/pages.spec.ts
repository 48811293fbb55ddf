import { expect, test } from '@playwright/test'
import { becomeCustomer, ensureOperator, expectAccessible, OPERATOR, expectFits, product, signIn, visit } from './journey.ts'

for (const scheme of ['light', 'dark'] as const) {
  test(`the customer's pages have no serious accessibility fault in ${scheme} and fit a phone`, async ({ browser, request }) => {
    const context = await browser.newContext({ colorScheme: scheme, viewport: { width: 390, height: 844 } })
    const page = await context.newPage()
    await visit(page, `${product().url}/sign-in`)
    await expectAccessible(page, page.url())
    await becomeCustomer(page, request, product().url, { email: `axe-${scheme}@example.com`, name: 'Axe', organization: `Axe ${scheme}` })
    for (const path of ['apps', 'apps/new', 'volumes', 'network', 'domains', 'marketplace', 'billing', 'billing/credits', 'usage', 'settings']) {
      await visit(page, `${product().url}/axe-${scheme}/${path}`)
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
      await page.waitForLoadState('networkidle')
      await expectAccessible(page, path)
      await expectFits(page, path)
    }
    await context.close()
  })
}

test('the operator\'s pages have no serious accessibility fault', async ({ browser, request }) => {
  await ensureOperator(request)
  const page = await (await browser.newContext()).newPage()
  await signIn(page, product().url, OPERATOR)
  for (const path of ['admin', 'admin/nodes', 'admin/resellers', 'admin/organizations', 'admin/users', 'admin/held-domains', 'admin/keys', 'admin/backups', 'admin/invoices', 'admin/revenue', 'admin/ledger', 'admin/ledger/entries', 'admin/coupons', 'sandbox/mail', 'sandbox/clock']) {
    await visit(page, `${product().url}/${path}`)
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
    await page.waitForLoadState('networkidle')
    await expectAccessible(page, path)
  }
})

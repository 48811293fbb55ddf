import { expect, test, type APIRequestContext, type Page } from '@playwright/test'
import { becomeCustomer, ensureOperator, lookAt, OPERATOR, PASSWORD, product, signIn, tokenOf, tokenOfOperator, visit } from './journey.ts'

test.describe.configure({ mode: 'serial' })
test.setTimeout(300_000)

const CUSTOMER = { email: 'books@example.com', name: 'Bo Oks', organization: 'Books' }
let page: Page
let headers: { authorization: string }

interface Invoice { id: string; number: string; status: string }

const issue = async (request: APIRequestContext, organizationId: string, sum: string): Promise<Invoice> => {
  const reply = await request.post(`${product().api}/v1/admin/invoices`, {
    headers: { authorization: `Bearer ${await tokenOfOperator(request)}`, 'idempotency-key': `books-${sum}` },
    data: { organization_id: organizationId, lines: [{ description: 'Advice', unit_amount: sum }] },
  })
  expect(reply.status(), await reply.text()).toBe(201)
  return (await reply.json()) as Invoice
}
const statusOf = async (request: APIRequestContext, id: string): Promise<string> =>
  ((await (await request.get(`${product().api}/v1/invoices/${id}`, { headers })).json()) as Invoice).status

test.beforeAll(async ({ browser, request }) => {
  const customer = await (await browser.newContext({ ignoreHTTPSErrors: true })).newPage()
  await becomeCustomer(customer, request, product().url, CUSTOMER)
  await customer.context().close()
  await ensureOperator(request)
  headers = { authorization: `Bearer ${await tokenOf(request, { email: CUSTOMER.email, password: PASSWORD })}` }
  page = await (await browser.newContext({ ignoreHTTPSErrors: true })).newPage()
  await signIn(page, product().url, OPERATOR)
})

test('a statement pays one invoice by its number and leaves one line to a person, who matches it', async ({ request }) => {
  const { data: [org] } = (await (await request.get(`${product().api}/v1/organizations`, { headers })).json()) as { data: { id: string }[] }
  const [named, unnamed] = [await issue(request, org?.id ?? '', '120.00'), await issue(request, org?.id ?? '', '45.50')]

  await visit(page, `${product().url}/admin/reconciliation/statements`)
  await page.getByRole('button', { name: 'Add a bank account' }).click()
  let dialog = page.getByRole('dialog')
  await dialog.getByLabel('Name').fill('Main account')
  await dialog.getByLabel('IBAN or account number').fill('DE89 3704 0044 0532 0130 00')
  await dialog.getByLabel('Currency').fill('usd')
  await dialog.getByRole('button', { name: 'Add the account' }).click()
  await expect(dialog).toBeHidden()

  const today = new Date().toISOString().slice(0, 10)
  const rows = [`${today};120,00;Books Ltd;${named.number} thank you;B-1`, `${today};45,50;B. Oks;for the advice;B-2`, 'no day;1,00;x;y;B-3']
  await page.getByRole('button', { name: 'Import a statement' }).first().click()
  dialog = page.getByRole('dialog')
  await dialog.getByLabel('File').setInputFiles({ name: 'november.csv', mimeType: 'text/csv', buffer: Buffer.from(`\ufeffDate;Amount;Payer;Description;Reference\r\n${rows.join('\r\n')}\r\n`) })
  await expect(dialog.getByText('2 lines can be read, 1 row cannot.')).toBeVisible()
  await expect(dialog.getByText(/Line 4: "no day"/)).toBeVisible()
  await lookAt(page, 'admin-import-statement')
  await dialog.getByRole('button', { name: 'Import', exact: true }).click()
  await expect(dialog).toBeHidden()
  await expect.poll(() => statusOf(request, named.id), { timeout: 60_000 }).toBe('paid')
  await expect(page.getByRole('link', { name: 'Match by hand' })).toBeVisible({ timeout: 30_000 })
  await lookAt(page, 'admin-statements')

  await visit(page, `${product().url}/admin/reconciliation`)
  await expect(page.getByText('$45.50 from B. Oks').or(page.getByText('USD 45.50 from B. Oks'))).toBeVisible()
  await lookAt(page, 'admin-work-list')
  await page.getByRole('link', { name: 'Match or return' }).first().click()
  await page.getByRole('button', { name: 'Match' }).click()
  dialog = page.getByRole('dialog')
  await dialog.getByRole('radio', { name: new RegExp(unnamed.number) }).click()
  await dialog.getByLabel('How you know').fill('They said so on the phone')
  await lookAt(page, 'admin-match')
  await dialog.getByRole('button', { name: 'Match' }).click()
  await expect(dialog).toBeHidden()
  await expect.poll(() => statusOf(request, unnamed.id), { timeout: 60_000 }).toBe('paid')
  await visit(page, `${product().url}/admin/reconciliation`)
  await expect(page.getByText('USD 45.50 from B. Oks')).toBeHidden({ timeout: 30_000 })
})

test('the operator refunds a payment, and the pages of money can be looked at', async () => {
  await visit(page, `${product().url}/admin/payments`)
  await page.getByRole('row').filter({ hasText: 'Books' }).filter({ hasText: '120' }).getByRole('button', { name: 'Refund' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Amount').fill('20')
  await dialog.getByLabel('Reason').fill('Half an hour less')
  await lookAt(page, 'admin-refund')
  await dialog.getByRole('button', { name: /^Refund / }).click()
  await expect(dialog).toBeHidden()
  await visit(page, `${product().url}/admin/payments/refunds`)
  await expect(page.getByRole('row').filter({ hasText: 'Half an hour less' }).getByText('Paid back')).toBeVisible({ timeout: 30_000 })
  for (const path of ['payments', 'payments/failed', 'payments/refunds', 'payments/disputes', 'payments/suspense', 'reconciliation/payouts', 'reconciliation/providers']) {
    await visit(page, `${product().url}/admin/${path}`)
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
    await page.waitForLoadState('networkidle')
    await lookAt(page, `admin-${path.replaceAll('/', '-')}`)
  }
})

import { expect, test, type APIRequestContext, type Page } from '@playwright/test'
import { becomeCustomer, endMonth, ensureOperator, lookAt, mailedLink, PASSWORD, product, signIn, tokenOf, tokenOfOperator, visit } from './journey.ts'

test.describe.configure({ mode: 'serial' })
test.setTimeout(300_000)

const CUSTOMER = { email: 'payer@example.com', name: 'Pay Me', organization: 'Payer' }
const ORG = 'payer'
let page: Page
let headers: { authorization: string }

interface Invoice { id: string; number: string; status: string; total: { amount: number } }
interface Payment { id: string; invoice_id: string; state: string; kind: string; failure_code: string | null }

const list = async <T>(request: APIRequestContext, path: string): Promise<T[]> => ((await (await request.get(`${product().api}/v1/${path}`, { headers })).json()) as { data: T[] }).data

/** Something to bill, and the month's end. */
const billAMonth = async (request: APIRequestContext, key: string): Promise<Invoice> => {
  await ensureOperator(request)
  const before = new Set((await list<Invoice>(request, 'invoices')).map(({ id }) => id))
  const [org] = ((await (await request.get(`${product().api}/v1/organizations`, { headers })).json()) as { data: { id: string }[] }).data
  const added = await request.post(`${product().api}/v1/admin/invoice-items`, {
    headers: { authorization: `Bearer ${await tokenOfOperator(request)}`, 'idempotency-key': key }, data: { organization_id: org?.id, description: `Work ${key}`, unit_amount: '25' },
  })
  expect(added.status(), await added.text()).toBe(201)
  await endMonth(request)
  const invoices = (await list<Invoice>(request, 'invoices?sort=created_at')).filter(({ id, total }) => !before.has(id) && total.amount > 0)
  const last = invoices.at(-1)
  if (!last) throw new Error('the month made no invoice')
  return last
}

const paymentsOf = (request: APIRequestContext, invoiceId: string): Promise<Payment[]> => list<Payment>(request, `payments?filter[invoice_id]=${invoiceId}`)
const paidWithin = (request: APIRequestContext, id: string) =>
  expect.poll(async () => (await (await request.get(`${product().api}/v1/invoices/${id}`, { headers })).json() as Invoice).status, { timeout: 60_000 }).toBe('paid')

const addCard = async (number: RegExp | null): Promise<void> => {
  await visit(page, `${product().url}/${ORG}/billing/methods`)
  await page.getByRole('button', { name: /^Add (a card|with Stripe)$/ }).click()
  await expect(page).toHaveURL(/\/sandbox\/checkout\/stripe\//)
  if (number === null) await page.getByRole('button', { name: 'Keep a card' }).click()
  else {
    const option = page.getByRole('option').filter({ hasText: number })
    await page.getByLabel('Test card').selectOption(await option.first().getAttribute('value') ?? '')
    await page.getByRole('button', { name: 'Use this card' }).click()
  }
  await expect(page).toHaveURL(/\/billing\/methods/)
}

test.beforeAll(async ({ browser, request }) => {
  const context = await browser.newContext({ ignoreHTTPSErrors: true })
  page = await context.newPage()
  await becomeCustomer(page, request, product().url, CUSTOMER)
  headers = { authorization: `Bearer ${await tokenOf(request, { email: CUSTOMER.email, password: PASSWORD })}` }
})

test('empty pages of money say how to begin', async () => {
  for (const path of ['billing/payments', 'billing/methods']) {
    await visit(page, `${product().url}/${ORG}/${path}`)
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
    await page.waitForLoadState('networkidle')
    await lookAt(page, `${path.replaceAll('/', '-')}-empty`)
  }
})

test('a card is stored at the provider, and takes the next invoice at the end of the month', async ({ request }) => {
  await addCard(null)
  await expect(page.getByRole('heading', { name: /ending in 4242/ })).toBeVisible({ timeout: 30_000 })
  await expect(page.getByText('Default', { exact: true })).toBeVisible()
  await expect(page.getByRole('checkbox', { name: /Pay invoices automatically/ })).toBeChecked()
  await lookAt(page, 'billing-methods')

  const invoice = await billAMonth(request, 'first-month')
  await paidWithin(request, invoice.id)
  const [payment, ...more] = await paymentsOf(request, invoice.id)
  expect(more).toEqual([])
  expect(payment).toMatchObject({ kind: 'off_session', state: 'succeeded' })

  await visit(page, `${product().url}/${ORG}/billing/payments`)
  await expect(page.getByText('Automatic payment')).toBeVisible()
  await expect(page.getByText('Visa ending in 4242')).toBeVisible()
  await lookAt(page, 'billing-payments')
  const receipt = await request.get(`${product().api}/v1/payments/${payment?.id ?? ''}/receipt.pdf`, { headers })
  expect((await receipt.body()).subarray(0, 5).toString()).toBe('%PDF-')
  expect(await mailedLink(request, CUSTOMER.email, /receipt/i)).toContain(invoice.id)
})

let refused: Invoice | null = null

test('a card that is refused says why: in the mail, on the invoice, in the history', async ({ request }) => {
  await addCard(/refused when charged later/)
  const bad = page.getByRole('button', { name: /^Make Visa ending in 0341 the default$/ })
  await expect(bad).toBeVisible({ timeout: 30_000 })
  await bad.click()
  await expect(page.getByText(/is charged from now on/)).toBeVisible()
  refused = await billAMonth(request, 'second-month')
  await expect.poll(async () => (await paymentsOf(request, refused?.id ?? ''))[0]?.failure_code, { timeout: 60_000 }).toBe('card_declined')
  await visit(page, `${product().url}/${ORG}/billing`)
  await expect(page.getByRole('link', { name: 'Pay now' })).toBeVisible()
  await lookAt(page, 'billing-past-due')
  await page.getByRole('link', { name: 'Pay now' }).click()
  await expect(page.getByText(/the bank declined the card/).first()).toBeVisible()
  await lookAt(page, 'billing-invoice-failed')
  await page.getByRole('button', { name: 'Let somebody else pay' }).click()
  await expect(page.getByRole('dialog').getByText(/\/pay\/inv_/)).toBeVisible()
  await lookAt(page, 'billing-pay-link')
})

test('somebody without an account pays it by the mailed link, on a phone', async ({ browser, request }) => {
  const link = await mailedLink(request, CUSTOMER.email, /did not go through/i)
  expect(link).toContain(`/pay/${refused?.id ?? ''}`)
  const context = await browser.newContext({ ignoreHTTPSErrors: true, viewport: { width: 390, height: 844 } })
  const guest = await context.newPage()
  await visit(guest, link)
  await expect(guest.getByRole('heading', { level: 1 })).toContainText(refused?.number ?? '-')
  await expect(guest.getByText(/the bank declined the card/)).toBeVisible()
  await guest.waitForLoadState('networkidle')
  await lookAt(guest, 'pay-link-failed')
  await guest.setViewportSize({ width: 390, height: 844 })
  await guest.getByRole('radio', { name: /^Stripe/ }).click()
  await guest.getByRole('button', { name: /^Pay .* with Stripe$/ }).click()
  await expect(guest).toHaveURL(/\/sandbox\/checkout\/stripe\//)
  await guest.goBack()
  await expect(guest.getByRole('link', { name: 'Go on at Stripe' })).toBeVisible()
  await lookAt(guest, 'pay-link-at-provider')
  await guest.getByRole('link', { name: 'Go on at Stripe' }).click()
  await guest.getByRole('button', { name: /^Pay / }).first().click()
  await expect(guest).toHaveURL(/\/pay\/inv_/)
  await expect(guest.getByText('Paid', { exact: true })).toBeVisible({ timeout: 60_000 })
  await lookAt(guest, 'pay-link-paid')
  const href = await guest.getByRole('link', { name: 'Receipt' }).getAttribute('href')
  const receipt = await request.get(`${product().api}${href ?? ''}`)
  expect((await receipt.body()).subarray(0, 5).toString()).toBe('%PDF-')
  await paidWithin(request, refused?.id ?? '')
  expect((await paymentsOf(request, refused?.id ?? '')).filter(({ state }) => state === 'succeeded')).toHaveLength(1)

  for (const wrong of [`${link.slice(0, -1)}${link.endsWith('A') ? 'B' : 'A'}`, `${product().url}/pay/nothing`]) {
    await visit(guest, wrong)
    await expect(guest.getByRole('heading', { name: 'Nothing is at this address' })).toBeVisible()
    await expect(guest.getByText(refused?.number ?? '-')).toHaveCount(0)
    const token = wrong.slice(wrong.lastIndexOf('/') + 1)
    expect((await request.get(`${product().api}/v1/pay-links/${token}`)).status()).toBe(404)
  }
  await lookAt(guest, 'pay-link-wrong')
  await context.close()
})

test('two presses and two tabs are one payment', async ({ request }) => {
  const bought = await request.post(`${product().api}/v1/billing/credits/purchase`, { headers: { ...headers, 'idempotency-key': 'credit-1' }, data: { amount: '40' } })
  const { invoice_id: id } = await bought.json() as { invoice_id: string }
  const address = `${product().url}/${ORG}/billing/invoices/${id}`
  await visit(page, address)
  await page.getByRole('radio', { name: /^Stripe/ }).click()
  await lookAt(page, 'billing-invoice-pay')
  await page.getByRole('button', { name: /^Pay .* with Stripe$/ }).dblclick()
  await expect(page).toHaveURL(/\/sandbox\/checkout\/stripe\//)
  const checkout = page.url()
  const tab = await page.context().newPage()
  await visit(tab, address)
  await expect(tab.getByRole('link', { name: 'Go on at Stripe' })).toHaveAttribute('href', checkout)
  expect(await paymentsOf(request, id)).toHaveLength(1)
  await page.getByRole('button', { name: /^Pay / }).first().click()
  await expect(page).toHaveURL(/\/billing\/invoices\//)
  for (const seen of [page, tab]) await expect(seen.getByText('Paid in full. The receipt was mailed.')).toBeVisible({ timeout: 60_000 })
  expect((await paymentsOf(request, id)).map(({ state }) => state)).toEqual(['succeeded'])
  await tab.close()
})

test('a customer who counts in shillings pays by M-Pesa: asked on the phone, answered in the sandbox', async ({ browser, request }) => {
  const context = await browser.newContext({ ignoreHTTPSErrors: true })
  const payer = await context.newPage()
  await signIn(payer, product().url, { email: CUSTOMER.email, password: PASSWORD })
  const made = await request.post(`${product().api}/v1/organizations`, { headers, data: { name: 'Nyumba', currency: 'KES', country: 'KE' } })
  const { id: organizationId, slug } = await made.json() as { id: string; slug: string }
  const bought = await request.post(`${product().api}/v1/billing/credits/purchase`, {
    headers: { ...headers, 'idempotency-key': 'credit-kes' }, data: { organization_id: organizationId, amount: '1500' },
  })
  const { invoice_id: id } = await bought.json() as { invoice_id: string }
  await visit(payer, `${product().url}/${slug}/billing/invoices/${id}`)
  await expect(payer.getByRole('radio', { name: /^M-Pesa/ })).toBeChecked()
  const phone = await context.newPage()
  await visit(phone, `${product().url}/sandbox/phone`)
  await expect(phone.getByRole('heading', { name: 'Nothing to answer' })).toBeVisible()
  await lookAt(phone, 'sandbox-phone-empty')
  await lookAt(payer, 'billing-invoice-phone')
  await payer.getByLabel('Phone number').fill('0712 345 678')
  await payer.getByRole('button', { name: /^Send the request/ }).click()
  await expect(payer.getByText('Check your phone')).toBeVisible()
  await phone.getByRole('button', { name: 'Enter the PIN' }).click()
  await expect(payer.getByText('Paid in full. The receipt was mailed.')).toBeVisible({ timeout: 60_000 })
  await context.close()
})

test('removing the card that pays says what follows', async () => {
  await visit(page, `${product().url}/${ORG}/billing/methods`)
  await page.getByRole('button', { name: 'Remove Visa ending in 0341' }).click()
  const dialog = page.getByRole('dialog')
  await expect(dialog.getByText(/is charged instead/)).toBeVisible()
  await lookAt(page, 'billing-methods-remove')
  await dialog.getByRole('button', { name: /^Remove/ }).click()
  await expect(page.getByRole('heading', { name: /ending in 0341/ })).toHaveCount(0)
  await page.getByLabel('When less than this is left').fill('5')
  await page.getByLabel('Buy this much').fill('10')
  await page.getByRole('button', { name: 'Turn the rule on' }).click()
  await expect(page.getByText(/are bought as soon as/)).toBeVisible()
})

import { expect, test, type APIRequestContext } from '@playwright/test'
import { becomeCustomer, endMonth, ensureOperator, lookAt, mailedLink, OPERATOR, PASSWORD, product, signIn, tokenOf, tokenOfOperator, visit } from './journey.ts'

test.describe.configure({ mode: 'serial' })

const CUSTOMER = { email: 'money@example.com', name: 'Mo Ney', organization: 'Money' }
const ORG = 'money'

const asOperator = async (request: APIRequestContext, path: string, data?: object): Promise<unknown> => {
  const headers = { authorization: `Bearer ${await tokenOfOperator(request)}` }
  const url = `${product().api}/v1/admin/${path}`
  const reply = data ? await request.post(url, { headers, data }) : await request.get(url, { headers })
  expect(reply.ok(), await reply.text()).toBe(true)
  return reply.json()
}

test.setTimeout(300_000)

test('the operator makes a meter, a plan with its price, a coupon, and sees the pages of money', async ({ page, request }) => {
  await ensureOperator(request)
  await asOperator(request, 'meters', { key: 'api_calls', name: 'API calls', unit: 'call' })
  const { id } = await asOperator(request, 'plans', { key: 'team', name: 'Team', description: 'For those who stay' }) as { id: string }
  await asOperator(request, `plans/${id}/prices`, {
    currency: 'USD', price: '25', timing: 'advance', charges: [{ meter: 'api_calls', price: { model: 'graduated', tiers: [{ up_to: 100, unit_amount: '0' }, { up_to: null, unit_amount: '0.5' }] } }],
  })
  await asOperator(request, 'coupons', { brand_id: (await asOperator(request, 'plans') as { data: { brand_id: string }[] }).data[0]?.brand_id, code: 'WELCOME', name: 'Welcome', type: 'percent', value: '10', duration: 'forever' })
  await signIn(page, product().url, OPERATOR)
  const pages = ['catalogue', 'catalogue/meters', `catalogue/plans/${id}`, `catalogue/plans/${id}/new-price`, 'taxes', 'coupons', 'revenue', 'ledger', 'ledger/entries', 'invoices', 'invoices/sellers', 'invoices/adjustments']
  for (const path of pages) {
    await visit(page, `${product().url}/admin/${path}`)
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
    await page.waitForLoadState('networkidle')
    await lookAt(page, `admin-${path.replaceAll('/', '-').replace(id, 'plan')}`)
  }
})

test('a customer uses something, changes the plan after seeing what it costs, and redeems a coupon', async ({ page, request }) => {
  await becomeCustomer(page, request, product().url, CUSTOMER)
  const headers = { authorization: `Bearer ${await tokenOf(request, { email: CUSTOMER.email, password: PASSWORD })}` }
  const events = { events: [1, 2, 2].map((n) => ({ id: `order-${n}`, source: 'shop', type: 'api_calls', data: { value: '150' } })) }
  expect(await (await request.post(`${product().api}/v1/usage/events`, { headers, data: events })).json()).toMatchObject({ accepted: 2, duplicates: 1, rejected: [] })

  await visit(page, `${product().url}/${ORG}/billing/plan`)
  await page.getByRole('button', { name: 'Change to Team' }).click()
  const dialog = page.getByRole('dialog')
  await expect(dialog.getByText(/USD|\$/).first()).toBeVisible()
  await lookAt(page, 'billing-plan-change')
  await dialog.getByText('Now', { exact: true }).click()
  await dialog.getByRole('button', { name: 'Change to Team' }).click()
  await expect(page.getByRole('listitem').filter({ hasText: 'Team' }).getByText('Your plan')).toBeVisible()

  await visit(page, `${product().url}/${ORG}/billing/credits`)
  await page.getByLabel('Coupon code').fill('welcome')
  await page.getByRole('button', { name: 'Redeem' }).click()
  await expect(page.getByRole('cell', { name: 'WELCOME' }).or(page.getByText('WELCOME')).first()).toBeVisible()

  for (const path of ['billing', 'billing/usage', 'billing/plan', 'billing/invoices', 'billing/credits']) {
    await visit(page, `${product().url}/${ORG}/${path}`)
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
    await page.waitForLoadState('networkidle')
    await lookAt(page, path.replaceAll('/', '-'))
  }
})

test('the month ends: one invoice with plan, usage, coupon, as PDF and XML, and a credit note corrects it', async ({ page, request }) => {
  await signIn(page, product().url, OPERATOR)
  await endMonth(request)
  await mailedLink(request, CUSTOMER.email, /invoice/i)

  const headers = { authorization: `Bearer ${await tokenOf(request, { email: CUSTOMER.email, password: PASSWORD })}` }
  const { data } = (await (await request.get(`${product().api}/v1/invoices?sort=created_at`, { headers })).json()) as { data: { id: string }[] }
  const details = await Promise.all(data.map(async ({ id }) => (await (await request.get(`${product().api}/v1/invoices/${id}`, { headers })).json()) as {
    id: string; lines: { description: string; quantity: string }[]; discount: { amount: number }; total: { amount: number; currency: string }
  }))
  const lines = details.flatMap((invoice) => invoice.lines)
  expect(lines.find((line) => line.description.startsWith('API calls'))).toMatchObject({ quantity: '300' })
  expect(lines.some((line) => line.description.startsWith('Team'))).toBe(true)
  const last = details.at(-1)
  expect(last?.discount.amount).toBeGreaterThan(0)
  const [pdf, xml] = await Promise.all(['pdf', 'xml'].map(async (kind) => (await request.get(`${product().api}/v1/invoices/${last?.id ?? ''}/${kind}`, { headers })).body()))
  expect(pdf?.subarray(0, 5).toString()).toBe('%PDF-')
  expect(xml?.toString()).toContain('urn:cen.eu:en16931:2017')

  const credited = await request.post(`${product().api}/v1/admin/invoices/${last?.id ?? ''}/credit-notes`, {
    headers: { authorization: `Bearer ${await tokenOfOperator(request)}`, 'idempotency-key': 'credit-the-month' }, data: { settlement: 'receivable', reason: 'The month was on us' },
  })
  expect(credited.status(), await credited.text()).toBe(201)
  expect(await credited.json()).toMatchObject({ total: last?.total })

  await visit(page, `${product().url}/admin/invoices/${last?.id ?? ''}`)
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  await lookAt(page, 'admin-invoice')
  const books = await request.get(`${product().api}/v1/admin/invariants`, { headers: { authorization: `Bearer ${await tokenOfOperator(request)}` } })
  expect(await books.json()).toMatchObject({ ok: true, findings: [] })
})

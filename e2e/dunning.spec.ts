import { expect, test, type APIRequestContext, type Page } from '@playwright/test'
import { becomeCustomer, ensureOperator, lookAt, mailedLink, OPERATOR, PASSWORD, product, signIn, tokenOf, tokenOfOperator, visit } from './journey.ts'

test.describe.configure({ mode: 'serial' })
test.setTimeout(300_000)

const CUSTOMER = { email: 'late@example.com', name: 'Lata Payer', organization: 'Late' }
const ORG = 'late'
const POLICY = { reminder_days: [1], retry_days: [], grace_days: 2, retention_days: 60, last_notice_days: 7, hour: 9 }

const asOperator = async <T>(request: APIRequestContext, method: 'get' | 'post' | 'put', path: string, data?: object): Promise<T> => {
  const headers = { authorization: `Bearer ${await tokenOfOperator(request)}`, 'if-match': '*', 'idempotency-key': `${path}:${Date.now()}` }
  const reply = await request[method](`${product().api}/v1/${path}`, { headers, ...(data ? { data } : {}) })
  expect(reply.ok(), await reply.text()).toBe(true)
  return await reply.json() as T
}
const asCustomer = async (request: APIRequestContext) => ({ authorization: `Bearer ${await tokenOf(request, { email: CUSTOMER.email, password: PASSWORD })}` })
/** Just past the next step of that kind, as the customer's own page tells it. */
const moveTo = async (request: APIRequestContext, kind: 'reminder' | 'suspend'): Promise<void> => {
  const { next } = await (await request.get(`${product().api}/v1/billing/standing`, { headers: await asCustomer(request) })).json() as { next: { kind: string; at: string }[] }
  const at = next.find((step) => step.kind === kind)?.at ?? ''
  await asOperator(request, 'post', 'test/clock', { now: new Date(Date.parse(at) + 60_000).toISOString() })
}
const mailsTo = async (request: APIRequestContext): Promise<string[]> =>
  (await asOperator<{ data: { subject: string }[] }>(request, 'get', `test/mail?to=${CUSTOMER.email}`)).data.map(({ subject }) => subject)
const address = () => `https://dunned.${product().apps_domain}:${product().https_port}/`

/** Only the browser finds names below localhost. */
const answer = async (page: Page): Promise<{ status: number; text: string }> => {
  const tab = await page.context().newPage()
  try {
    const reply = await tab.goto(address())
    return { status: reply?.status() ?? 0, text: (await reply?.text()) ?? '' }
  } catch {
    return { status: 0, text: '' }
  } finally {
    await tab.close()
  }
}

let brandId = ''
test.afterAll(async ({ request }) => {
  await asOperator(request, 'put', `admin/billing-settings/${brandId}`, { grace_minutes: 0, payment_term_days: 14, approval_limits: [] })
  await asOperator(request, 'put', `admin/dunning-policies/${brandId}`, { ...POLICY, reminder_days: [-3, 1, 7], retry_days: [1, 3, 5, 7], grace_days: 14 })
})

test('the operator sets a short policy; a customer sets a budget and deploys an app that answers', async ({ page, request }) => {
  await ensureOperator(request)
  brandId = (await asOperator<{ data: { id: string }[] }>(request, 'get', 'brands')).data[0]?.id ?? ''
  await asOperator(request, 'put', `admin/billing-settings/${brandId}`, { grace_minutes: 0, payment_term_days: 1, approval_limits: [] })
  await asOperator(request, 'put', `admin/dunning-policies/${brandId}`, POLICY)
  await becomeCustomer(page, request, product().url, CUSTOMER)
  const headers = await asCustomer(request)
  const made = await request.post(`${product().api}/v1/apps`, { headers, data: { name: 'dunned', image: 'builtin/hello:v1' } })
  expect(made.status(), await made.text()).toBe(201)
  await visit(page, `${product().url}/${ORG}/billing/budget`)
  // The app is being deployed: its network interface comes, and this browser drops what it asked for at that moment.
  await page.getByLabel('Budget of a billing period').fill('250')
  await expect(async () => {
    await page.getByRole('button', { name: /^(Set|Save) the budget$/ }).click()
    await expect(page.getByText('The budget is saved')).toBeVisible({ timeout: 8_000 })
  }).toPass({ timeout: 60_000 })
  await lookAt(page, 'billing-budget')
  await expect.poll(async () => (await answer(page)).status, { timeout: 180_000 }).toBe(200)
})

test('an invoice stays unpaid: a reminder leaves, the apps stop, and every page says why', async ({ page, request }) => {
  const { data: organizations } = await asOperator<{ data: { id: string; slug: string }[] }>(request, 'get', 'admin/organizations')
  const orgId = organizations.find(({ slug }) => slug === ORG)?.id ?? ''
  await asOperator(request, 'post', 'admin/invoices', { organization_id: orgId, lines: [{ description: 'Setting it up', unit_amount: '20' }] })
  await moveTo(request, 'reminder')
  await expect.poll(() => mailsTo(request), { timeout: 30_000 }).toContainEqual(expect.stringMatching(/is overdue/))
  await moveTo(request, 'suspend')
  await expect.poll(() => mailsTo(request), { timeout: 30_000 }).toContainEqual(expect.stringMatching(/Late is suspended/))
  expect((await mailsTo(request)).filter((subject) => /is overdue/.test(subject))).toHaveLength(1)

  await signIn(page, product().url, { email: CUSTOMER.email, password: PASSWORD })
  await visit(page, `${product().url}/${ORG}/apps`)
  await expect(page.getByText(/Late is suspended\./)).toBeVisible()
  await page.getByRole('link', { name: 'Why, and how to pay' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Standing')
  await expect(page.getByText(/invoices were not paid in time/)).toBeVisible()
  await lookAt(page, 'billing-standing')

  const refused = await request.post(`${product().api}/v1/apps`, { headers: await asCustomer(request), data: { name: 'more', image: 'builtin/hello:v1' } })
  expect([refused.status(), ((await refused.json()) as { code: string }).code]).toEqual([402, 'payment_required'])
  await expect.poll(async () => {
    const { status, text } = await answer(page)
    return [status, text.includes('This app is paused')]
  }, { timeout: 60_000 }).toEqual([503, true])

  await signIn(page, product().url, OPERATOR)
  for (const path of ['dunning', 'dunning/ageing', 'dunning/policy']) {
    await visit(page, `${product().url}/admin/${path}`)
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
    await page.waitForLoadState('networkidle')
    await lookAt(page, `admin-${path.replaceAll('/', '-')}`)
  }
})

test('the customer pays, and within a minute the app answers again', async ({ page, request }) => {
  await signIn(page, product().url, { email: CUSTOMER.email, password: PASSWORD })
  await visit(page, await mailedLink(request, CUSTOMER.email, /Late is suspended/))
  await page.getByRole('link', { name: 'Pay', exact: true }).first().click()
  await page.getByRole('button', { name: /with Stripe$/ }).click()
  await expect(page).toHaveURL(/\/sandbox\/checkout\/stripe\//)
  await page.getByRole('button', { name: /^Pay / }).first().click()
  await expect(page).toHaveURL(/\/billing\/invoices\//)
  await expect(page.getByText('Paid', { exact: true }).first()).toBeVisible({ timeout: 60_000 })
  await expect(page.getByText(/Late is suspended\./)).toBeHidden({ timeout: 60_000 })
  await expect.poll(async () => (await answer(page)).status, { timeout: 120_000 }).toBe(200)
  await expect.poll(() => mailsTo(request), { timeout: 30_000 }).toContainEqual(expect.stringMatching(/Late is back/))
})

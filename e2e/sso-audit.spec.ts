import { readFileSync } from 'node:fs'
import { expect, test, type APIRequestContext, type Page } from '@playwright/test'
import { startIdentityProvider, type IdentityProvider } from '../server/domain/sso/testing/identity-provider.ts'
import { startNameServer, type NameServer } from '../server/domain/sso/testing/name-server.ts'
import { becomeCustomer, lookAt, product, tokenOfOperator, visit } from './journey.ts'

const DOMAIN = 'corp-e2e.example'
const base = (): string => `${product().url}/corp-e2e`

test.describe.configure({ mode: 'serial' })
let idp: IdentityProvider
let dns: NameServer
let owner: Page
test.beforeAll(async ({ browser }) => {
  idp = await startIdentityProvider({ redirectUri: `${product().url}/sso/callback` })
  dns = await startNameServer(Number(process.env.SHELLWEGO_DNS_SERVERS?.split(':')[1]))
  idp.person = { sub: 'grace', email: `grace@${DOMAIN}`, email_verified: true, name: 'Grace Hopper', amr: ['pwd', 'mfa'] }
  owner = await (await browser.newContext()).newPage()
})
test.afterAll(async () => {
  await owner.context().close()
  await Promise.all([idp.stop(), dns.stop()])
})

test('an owner proves a domain, connects a provider and tests it', async ({ request }) => {
  await becomeCustomer(owner, request, product().url, { email: 'owner-sso@example.com', name: 'Olga Owner', organization: 'Corp e2e' })
  await visit(owner, `${base()}/settings/security`)
  await owner.getByLabel('Domain', { exact: true }).fill('gmail.com')
  await owner.getByRole('button', { name: 'Add domain' }).click()
  await expect(owner.getByText('Anybody can have an address there')).toBeVisible()
  await owner.getByLabel('Domain', { exact: true }).fill(DOMAIN)
  await owner.getByRole('button', { name: 'Add domain' }).click()
  await expect(owner.getByText(`_shellwego-challenge.${DOMAIN}`)).toBeVisible()
  const value = await owner.locator('code', { hasText: /^shellwego-domain=/ }).innerText()
  dns.records.set(`_shellwego-challenge.${DOMAIN}`, ['another-value'])
  await owner.getByRole('button', { name: 'Check now' }).click()
  await expect(owner.getByText('another-value')).toBeVisible()
  dns.records.set(`_shellwego-challenge.${DOMAIN}`, [value])
  await owner.getByRole('button', { name: 'Check now' }).click()
  await expect(owner.getByText('Proven', { exact: true })).toBeVisible()

  await owner.getByLabel('Issuer').fill('http://127.0.0.1:9')
  await owner.getByLabel('Client id').fill(idp.clientId)
  await owner.getByLabel('Client secret').fill(idp.clientSecret)
  await owner.getByRole('button', { name: 'Connect the provider' }).click()
  await expect(owner.getByText('No OpenID Connect provider answers under this issuer').first()).toBeVisible()
  await owner.getByLabel('Issuer').fill(idp.issuer)
  await owner.getByRole('button', { name: 'Connect the provider' }).click()
  await expect(owner.getByText('Not tested yet')).toBeVisible()
  await owner.getByRole('button', { name: 'Test sign-in' }).click()
  await expect(owner.getByRole('heading', { name: 'The test succeeded' })).toBeVisible()
  await expect(owner.getByText(`grace@${DOMAIN}`)).toBeVisible()
  await owner.getByRole('link', { name: 'Back to the settings' }).click()
  await expect(owner.getByText('Tested', { exact: true })).toBeVisible()
})

test('a person of the domain signs in through the provider and is a member', async ({ browser }) => {
  const page = await (await browser.newContext()).newPage()
  await visit(page, `${product().url}/sign-in`)
  await page.getByRole('link', { name: 'Use single sign-on' }).click()
  await expect(page.getByRole('heading', { name: 'Single sign-on' })).toBeVisible()
  await page.getByLabel('E-mail').fill(`nobody@elsewhere.example`)
  await page.getByRole('button', { name: 'Continue' }).click()
  await expect(page.getByText('No organization signs people of this domain in here')).toBeVisible()
  await page.getByLabel('E-mail').fill(`grace@${DOMAIN}`)
  await page.getByRole('button', { name: 'Continue' }).click()
  await expect(page).toHaveURL(/\/corp-e2e\/apps$/)
  idp.person = { ...idp.person, sub: 'mallory', email: 'mallory@elsewhere.example' }
  await page.context().clearCookies()
  await visit(page, `${product().url}/sso?email=${encodeURIComponent(`m@${DOMAIN}`)}`)
  await expect(page.getByRole('heading', { name: 'You are not signed in' })).toBeVisible()
  await expect(page.getByText('elsewhere.example is not a proven domain')).toBeVisible()
  await page.context().close()
})

const organizationId = async (request: APIRequestContext, token: string): Promise<string> => {
  const { data } = (await (await request.get(`${product().api}/v1/admin/organizations`, { headers: { authorization: `Bearer ${token}` } })).json()) as { data: { id: string; slug: string }[] }
  return data.find((one) => one.slug === 'corp-e2e')?.id ?? ''
}

test('the operator works in the account under a banner', async ({ browser, request }) => {
  const token = await tokenOfOperator(request)
  const answer = await request.post(`${product().api}/v1/admin/organizations/${await organizationId(request, token)}/impersonate`,
    { headers: { authorization: `Bearer ${token}` }, data: { reason: 'Ticket 4711: cannot deploy' } })
  expect(answer.status(), await answer.text()).toBe(201)
  const page = await (await browser.newContext()).newPage()
  await visit(page, ((await answer.json()) as { url: string }).url)
  await expect(page).toHaveURL(/\/corp-e2e\/apps$/)
  await expect(page.getByLabel('Operator visit')).toContainText('Ticket 4711: cannot deploy')
  await page.getByRole('button', { name: 'Leave' }).click()
  await expect(page).toHaveURL(/\/sign-in/)
  await page.context().close()
})

test('the audit log is filtered, opened, verified and taken along', async () => {
  await visit(owner, `${base()}/settings/audit`)
  await owner.getByRole('button', { name: 'Verify the chain' }).click()
  await expect(owner.getByText(/Whole: \d+ entries/)).toBeVisible()
  await owner.getByLabel('Find in everything').fill('Ticket 4711')
  await expect(owner).toHaveURL(/q=Ticket\+4711/)
  await owner.getByRole('button', { name: 'impersonation.started' }).click()
  const drawer = owner.getByRole('dialog')
  await expect(drawer).toContainText('Ticket 4711: cannot deploy')
  await expect(drawer).toContainText('Olga Owner')
  await expect(drawer).toContainText('Olu Operator')
  await drawer.getByRole('button', { name: 'Close' }).click()
  await owner.getByLabel('Find in everything').fill('')
  await owner.getByLabel('Every act').selectOption('sso_domain.verified')
  await expect(owner.getByRole('button', { name: 'sso_domain.verified' })).toHaveCount(1)
  const [download] = await Promise.all([owner.waitForEvent('download'), owner.getByRole('link', { name: 'CSV' }).click()])
  const lines = readFileSync(await download.path(), 'utf8').trim().split('\r\n')
  expect(lines).toHaveLength(2)
  expect(lines[1]).toContain(DOMAIN)
  await owner.reload()
  await expect(owner.getByRole('button', { name: 'sso_domain.verified' })).toHaveCount(1)
})

test('both pages are sound in light and in dark, wide and on a phone', async () => {
  for (const path of ['settings/security', 'settings/audit']) {
    await visit(owner, `${base()}/${path}`)
    await owner.waitForLoadState('networkidle')
    if (path.endsWith('audit')) await owner.getByRole('button', { name: 'Verify the chain' }).click()
    if (path.endsWith('audit')) await expect(owner.getByText(/Whole:/)).toBeVisible()
    await lookAt(owner, path.replace('/', '-'))
  }
})

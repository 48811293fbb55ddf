import { spawnSync } from 'node:child_process'
import { expect, test, type APIRequestContext, type Page } from '@playwright/test'
import { becomeCustomer, interfacesSettle, PASSWORD, product, signIn, tokenOf, tokenOfOperator, visit } from './journey.ts'

test.describe.configure({ mode: 'serial' })

const CUSTOMER = { email: 'secrets@example.com', name: 'Sara Secret', organization: 'Secret Works' }
/** Long and odd enough to be found wherever it lies. */
const [FIRST, SECOND, OWN] = ['planted-first-7Qz0-value', 'planted-second-8Wx1-value', 'planted-own-9Ey2-value']
const HOST = (): string => `https://vault.${product().apps_domain}:${product().https_port}/`
const ORG = '/secret-works'
let auth: { authorization: string }

const api = async (request: APIRequestContext, method: 'get' | 'post' | 'put', path: string, data?: object, headers: Record<string, string> = {}) => {
  const reply = await request[method](`${product().api}/v1${path}`, { headers: { ...auth, ...headers }, ...(data ? { data } : {}) })
  return { status: reply.status(), body: (await reply.json()) as Record<string, unknown> }
}
/** How its newest deployment stands, with the reason if it failed. */
const deployed = async (request: APIRequestContext): Promise<string> => {
  const { body } = await api(request, 'get', '/apps/vault')
  const deployment = (await api(request, 'get', `/deployments/${String(body.deployment_id)}`)).body
  return deployment.state === 'failed' ? `failed: ${String(deployment.error_detail)}` : String(deployment.state)
}
/** The hello image shows its HELLO_* variables; only a browser finds names below localhost everywhere. */
const shows = async (page: Page, value: string): Promise<boolean> => {
  const tab = await page.context().newPage()
  try {
    await tab.goto(HOST(), { timeout: 20_000 })
    return (await tab.content()).includes(value)
  } catch {
    return false
  } finally {
    await tab.close()
  }
}
const inBrowser = async (page: Page, path: string) => {
  await visit(page, `${product().url}${ORG}${path}`)
  await expect(page.getByRole('heading', { name: 'Secrets', exact: true })).toBeVisible()
}
const save = async (page: Page, name: string, value: string) => {
  await page.getByRole('dialog').getByLabel('Name', { exact: true }).fill(name)
  await page.getByRole('dialog').getByLabel('Value').fill(value)
}

test('a secret of the organization is set in the console and is not shown again', async ({ page, request }) => {
  await becomeCustomer(page, request, product().url, CUSTOMER)
  auth = { authorization: `Bearer ${await tokenOf(request, { email: CUSTOMER.email, password: PASSWORD })}` }
  await inBrowser(page, '/settings/secrets')
  await page.getByRole('button', { name: 'New secret' }).first().click()
  await save(page, 'HELLO_SECRET_DEMO', FIRST)
  await page.getByRole('button', { name: 'Save secret' }).click()
  await expect(page.getByRole('cell', { name: 'HELLO_SECRET_DEMO organization' })).toBeVisible()
  await page.reload()
  await expect(page.getByRole('cell', { name: 'HELLO_SECRET_DEMO organization' })).toBeVisible()
  expect(await page.content()).not.toContain(FIRST)
  await page.getByRole('button', { name: 'New secret' }).first().click()
  await save(page, '1BAD', 'x')
  await page.getByRole('button', { name: 'Save secret' }).click()
  await expect(page.getByText('Begin with a letter or an underscore.')).toBeVisible()
})

test('an app that refers to it gets it in its virtual machine', async ({ page, request }) => {
  test.setTimeout(300_000)
  const made = await api(request, 'post', '/apps', { name: 'vault', image: 'builtin/hello:v1', health_check: { path: '/healthz' }, env: { HELLO_SECRET_DEMO: { from_secret: 'HELLO_SECRET_DEMO' }, HELLO_PLAIN: 'plain as day' } })
  expect(made.status, JSON.stringify(made.body)).toBe(201)
  await expect.poll(() => deployed(request), { timeout: 200_000 }).toBe('succeeded')
  await expect.poll(() => shows(page, FIRST), { timeout: 30_000 }).toBe(true)
  const { body } = await api(request, 'get', '/secrets')
  expect(body.data).toMatchObject([{ name: 'HELLO_SECRET_DEMO', version: 1, last_used: expect.stringMatching(/^20/) as unknown, used_by: [{ app_name: 'vault', delivered_version: 1, redeploy_needed: false }] }])
})

test('the app\'s own secret wins after a redeploy, which its settings ask for', async ({ page }) => {
  test.setTimeout(300_000)
  await signIn(page, product().url, { email: CUSTOMER.email, password: PASSWORD })
  await inBrowser(page, '/apps/vault/settings')
  await page.getByRole('button', { name: 'Add secret' }).click()
  await save(page, 'HELLO_SECRET_DEMO', OWN)
  await page.getByRole('button', { name: 'Save secret' }).click()
  const apply = page.getByRole('button', { name: 'Redeploy to apply' })
  await expect(apply).toBeVisible()
  await expect(page.getByText('takes the value of')).toBeVisible()
  expect(await shows(page, FIRST)).toBe(true)
  await interfacesSettle(page)
  await apply.click()
  await expect(page).toHaveURL(/\/deployments\//)
  await expect.poll(() => shows(page, OWN), { timeout: 200_000 }).toBe(true)
  await inBrowser(page, '/apps/vault/settings')
  await expect(page.getByRole('button', { name: 'Redeploy to apply' })).toHaveCount(0)
  expect(await page.content()).not.toContain(OWN)
})

test('a rotation that is asked to rolls out, and a rollback brings the old value back', async ({ page }) => {
  test.setTimeout(400_000)
  await signIn(page, product().url, { email: CUSTOMER.email, password: PASSWORD })
  await inBrowser(page, '/apps/vault/settings')
  await page.getByRole('button', { name: 'Acts on HELLO_SECRET_DEMO' }).click()
  await page.getByRole('menuitem', { name: 'Rotate' }).click()
  await page.getByRole('dialog').getByLabel('Value').fill(SECOND)
  await page.getByLabel(/^Redeploy vault now/).check()
  await page.getByRole('button', { name: 'Rotate', exact: true }).click()
  await expect.poll(() => shows(page, SECOND), { timeout: 200_000 }).toBe(true)
  await inBrowser(page, '/apps/vault/settings')
  await page.getByRole('button', { name: 'Acts on HELLO_SECRET_DEMO' }).click()
  await page.getByRole('menuitem', { name: 'Roll back' }).click()
  await page.getByLabel(/^Redeploy vault now/).check()
  await page.getByRole('button', { name: 'Roll back to version 1' }).click()
  await expect.poll(() => shows(page, OWN), { timeout: 200_000 }).toBe(true)
  await expect.poll(() => shows(page, SECOND), { timeout: 60_000 }).toBe(false)
})

/**
 * All that lies in the data folder: the database's files and its log ahead, ledgers, config drives, logs.
 * An app's disk is its own affair: hello writes its page there.
 */
test('no value lies anywhere in the data folder in clear, not even on the node that runs it', () => {
  for (const value of [FIRST, SECOND, OWN]) {
    const found = spawnSync('grep', ['-rlaF', '--devices=skip', '--exclude-dir=disks', value, product().data], { encoding: 'utf8', maxBuffer: 1 << 24 })
    expect([found.stdout, found.status], found.stderr.slice(0, 400)).toEqual(['', 1])
  }
  const control = spawnSync('grep', ['-rlaF', '--devices=skip', 'plain as day', product().data], { encoding: 'utf8', maxBuffer: 1 << 24 })
  expect(control.stdout).toContain(`${product().data}/pg/`)
})

test('the operator rotates the wrapping key while the app runs; nothing remains under the old one', async ({ request }) => {
  const operator = { authorization: `Bearer ${await tokenOfOperator(request)}` }
  const keys = async () => (await (await request.get(`${product().api}/v1/admin/keys`, { headers: operator })).json()) as { current_key_id: string; rewrap: { remaining: number; state: string }; provider: string }
  const before = await keys()
  expect(before.provider).toBe('file')
  const rotated = await request.post(`${product().api}/v1/admin/keys/rotate`, { headers: operator, data: {} })
  expect(rotated.status(), await rotated.text()).toBe(202)
  await expect.poll(async () => (await keys()).rewrap, { timeout: 60_000 }).toMatchObject({ state: 'finished', remaining: 0 })
  const retired = await request.post(`${product().api}/v1/admin/keys/retire`, { headers: operator, data: { key_id: before.current_key_id } })
  expect(retired.status(), await retired.text()).toBe(200)
  const again = await api(request, 'put', '/apps/vault/secrets/HELLO_LAST', { value: 'after the rotation' }, { 'if-match': '"new"' })
  expect([again.status, again.body.version]).toEqual([200, 1])
})

import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { text } from 'node:stream/consumers'
import { expect, test, type BrowserContext, type Page } from '@playwright/test'
import { becomeCustomer, interfacesSettle, product, visit } from './journey.ts'

test.describe.configure({ mode: 'serial' })

const CUSTOMER = { email: 'cleo@example.com', name: 'Cleo', organization: 'Cleo Commands' }
const ORG = 'cleo-commands'
let context: BrowserContext
let page: Page
let home: string

test.beforeAll(async ({ browser }) => {
  context = await browser.newContext()
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  page = await context.newPage()
  home = mkdtempSync(path.join(os.tmpdir(), 'shellwego-home-'))
})
test.afterAll(async () => {
  await context.close()
  rmSync(home, { recursive: true, force: true })
})

/** The command as somebody else's machine has it: it knows the console's address and the authority's certificate, nothing more. */
const start = (args: string[], env: Record<string, string> = {}) =>
  spawn(process.execPath, ['scripts/shellwego.mjs', ...args], { env: { ...process.env, HOME: home, XDG_CONFIG_HOME: '', SHELLWEGO_DATA: home, ...env } })

const shellwego = async (...args: string[]) => {
  const child = start(args)
  const ended = new Promise<number | null>((resolve) => child.on('close', resolve))
  const [stdout, stderr, code] = await Promise.all([text(child.stdout), text(child.stderr), ended])
  return { code, stdout, stderr }
}

/** What the page looks like in both themes, on a desk and on a phone; nothing may have to be moved sideways. */
const photograph = async (name: string): Promise<void> => {
  for (const [width, colorScheme] of [[1280, 'light'], [1280, 'dark'], [390, 'light'], [390, 'dark']] as const) {
    await page.setViewportSize({ width, height: 900 })
    await page.emulateMedia({ colorScheme })
    expect(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth), `${name} at ${width}`).toBe(true)
    await page.screenshot({ path: test.info().outputPath(`${name}-${width}-${colorScheme}.png`), fullPage: true })
  }
  await page.setViewportSize({ width: 1280, height: 900 })
  await page.emulateMedia({ colorScheme: 'light' })
}

test('a customer signs the command in by approving its code in the console', async ({ request }) => {
  await becomeCustomer(page, request, product().url, CUSTOMER)
  const child = start(['auth', 'login', '--url', product().url, '--ca-file', product().ca_file])
  let said = ''
  child.stderr.on('data', (chunk) => { said += String(chunk) })
  const ended = new Promise<number | null>((resolve) => child.on('close', resolve))
  await expect.poll(() => said).toMatch(/Open https:\S+\/device\?code=/)
  const [, url = ''] = /Open (https:\S+)/.exec(said) ?? []
  const [, code = ''] = /the code (\w{4}-\w{4})/.exec(said) ?? []

  await visit(page, `${product().url}/device`)
  await page.getByLabel('Code').fill('AAAA')
  await page.getByRole('button', { name: 'Continue' }).click()
  await expect(page.getByText('Enter the eight letters')).toBeVisible()
  await page.getByLabel('Code').fill('BCDF-GHJK')
  await page.getByRole('button', { name: 'Continue' }).click()
  await expect(page.getByText(/No program waits/)).toBeVisible()

  await visit(page, url)
  await expect(page.getByLabel('Code')).toHaveValue(code)
  await page.getByRole('button', { name: 'Continue' }).click()
  await expect(page.getByText(`shellwego on ${os.hostname()}`)).toBeVisible()
  await expect(page.getByText('Do everything you may do')).toBeVisible()
  await photograph('device')
  await page.getByRole('button', { name: 'Approve' }).click()
  await expect(page.getByRole('heading', { name: 'The program is connected' })).toBeVisible()
  expect(await ended, said).toBe(0)
  expect(said).toContain(`as ${CUSTOMER.email}`)
})

test('the command deploys an app, waits until it serves, and shows what it writes', async () => {
  const created = await shellwego('apps', 'create', 'hello', '--image', 'builtin/hello:v1', '--env', 'HELLO_FROM=command')
  expect(created, created.stderr).toMatchObject({ code: 0, stdout: '' })
  const [first] = JSON.parse((await shellwego('deployments', 'list', 'hello', '--json')).stdout) as { id: string }[]
  const waited = await shellwego('deployments', 'get', first?.id ?? '', '--wait', '--json')
  expect([waited.code, JSON.parse(waited.stdout)], waited.stderr).toMatchObject([0, { state: 'succeeded' }])
  expect(waited.stderr).toContain('✓ Live')
  const app = JSON.parse((await shellwego('apps', 'get', 'hello', '--json')).stdout) as { url: string; status: string }
  expect(app.status).toBe('running')
  await interfacesSettle(page)
  expect((await visit(page, app.url))?.status()).toBe(200)
  expect((await shellwego('logs', 'hello', '-o', 'plain')).stdout).toContain('listening on port')
  const again = await shellwego('apps', 'deploy', 'hello', '--image', 'builtin/hello:v2', '--wait')
  expect(again.code, again.stderr).toBe(0)
  expect((await shellwego('status')).stdout).toMatch(/Apps +1 running/)
})

test('personal tokens are made with limits, shown once, and end when they are revoked', async ({ request }) => {
  await interfacesSettle(page)
  await visit(page, `${product().url}/account/tokens`)
  await expect(page.getByRole('cell', { name: new RegExp(`^shellwego on ${os.hostname()}`) })).toBeVisible()
  await page.getByRole('button', { name: 'New token' }).click()
  await page.getByRole('button', { name: 'Make token' }).click()
  await expect(page.getByText('Enter a name.')).toBeVisible()
  await page.getByLabel('Name', { exact: true }).fill('reporting')
  await page.getByLabel('Organization').selectOption({ label: CUSTOMER.organization })
  await expect(page.getByLabel('Name', { exact: true })).toHaveValue('reporting')
  await page.getByRole('radio', { name: /Only what is chosen/ }).click()
  await page.getByLabel('Only from these addresses').fill('not an address')
  await page.getByRole('button', { name: 'Make token' }).click()
  await expect(page.getByRole('alert').filter({ hasText: '203.0.113.0/24' })).toBeVisible()
  await page.getByLabel('Only from these addresses').fill('')
  await page.getByRole('button', { name: 'Make token' }).click()
  const token = await page.getByTestId('token').innerText()
  expect(token).toMatch(/^pat_shellwego_/)
  await page.getByRole('button', { name: 'Copy token' }).click()
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(token)
  await page.getByRole('button', { name: 'I have kept it' }).click()
  await expect(page.getByText(token)).toHaveCount(0)
  const use = async (): Promise<number> => (await request.get(`${product().api}/v1/apps`, { headers: { authorization: `Bearer ${token}` } })).status()
  expect(await use()).toBe(200)
  await photograph('personal-tokens')
  await page.getByRole('button', { name: 'Actions for reporting' }).click()
  await page.getByRole('menuitem', { name: 'Revoke' }).click()
  await page.getByRole('button', { name: 'Revoke token' }).click()
  await expect(page.getByRole('cell', { name: /reporting/ })).toHaveCount(0)
  // What a token may is remembered for a second.
  await expect.poll(use, { timeout: 3_000 }).toBe(401)
})

test('a service account gets a token for one app, is disabled and deleted', async ({ request }) => {
  await visit(page, `${product().url}/${ORG}/settings/tokens`)
  await page.getByRole('button', { name: 'New service account' }).first().click()
  await page.getByLabel('Name').fill('ci')
  await page.getByRole('button', { name: 'Save service account' }).click()
  await expect(page.getByText('It has no tokens')).toBeVisible()
  await page.getByRole('button', { name: 'New token for ci' }).click()
  await page.getByLabel('Name').fill('deploys')
  await page.getByRole('radio', { name: /Only some apps/ }).click()
  await page.getByRole('checkbox', { name: 'hello' }).click()
  await photograph('service-token-form')
  await page.getByRole('button', { name: 'Make token' }).click()
  const token = await page.getByTestId('token').innerText()
  expect(token).toMatch(/^sat_shellwego_/)
  await page.getByRole('button', { name: 'I have kept it' }).click()
  const use = async (): Promise<number> => (await request.get(`${product().api}/v1/apps`, { headers: { authorization: `Bearer ${token}` } })).status()
  expect(await use()).toBe(200)
  await photograph('service-accounts')
  await page.getByRole('button', { name: 'Actions for ci' }).click()
  await page.getByRole('menuitem', { name: 'Disable' }).click()
  await page.getByRole('button', { name: 'Disable service account' }).click()
  await expect(page.getByText('disabled', { exact: true })).toBeVisible()
  expect(await use()).toBe(401)
  await page.getByRole('button', { name: 'Actions for ci' }).click()
  await page.getByRole('menuitem', { name: 'Delete' }).click()
  await page.getByLabel(/Type ci/).fill('ci')
  await page.getByRole('button', { name: 'Delete service account' }).click()
  await expect(page.getByText('No service accounts yet')).toBeVisible()
})

test('the command looks at its node, boots a microVM there, and signs out', async () => {
  const child = start(['health-check', '--json'], { SHELLWEGO_DATA: product().data })
  const { checks } = JSON.parse(await text(child.stdout)) as { checks: { name: string; status: string; detail: string }[] }
  expect(checks.map(({ name }) => name)).toEqual(['tools', 'disk', 'network', 'limits', 'agent', 'fence', 'guest', 'driver', 'accelerator', 'sleep', 'microvm', 'portal'])
  expect(checks.filter(({ status }) => status === 'failed')).toEqual([])
  expect((await shellwego('auth', 'logout')).code).toBe(0)
  expect((await shellwego('apps', 'list')).code).toBe(3)
})

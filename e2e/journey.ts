import { AxeBuilder } from '@axe-core/playwright'
import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, type APIRequestContext, type APIResponse, type Page } from '@playwright/test'
import { findRunFile } from '../scripts/up/run-file.ts'
import { dataFolder } from '../scripts/up/paths.ts'

export const OPERATOR = { email: 'operator@example.com', password: 'operator-passphrase' }
/** A request context keeps the cookie of whoever signed up last; with this header it is a console's own call. */
export const CONSOLE = { 'x-shellwego-csrf': '1' }
export const PASSWORD = 'a long customer passphrase'

/** Where the product under test runs. */
export const product = () => {
  const run = findRunFile(dataFolder(process.env))
  if (!run) throw new Error('no product runs on SHELLWEGO_DATA')
  return { ...run, data: dataFolder(process.env) }
}

export const setupCode = (): string => readFileSync(path.join(product().data, 'setup-code'), 'utf8').trim()

const LOAD_MS = 20_000

/** Opens an address; starting and stopping VMs adds and removes network interfaces, at which Chromium drops what it is loading, or never ends it. */
export const visit = async (page: Page, url: string) => {
  for (let tries = 0; ; tries += 1) {
    try {
      return await page.goto(url, { timeout: LOAD_MS })
    } catch (error) {
      if (tries === 3 || !/ERR_NETWORK_CHANGED|ERR_ABORTED|interrupted by another navigation|Timeout \d+ms exceeded/.test(String(error))) throw error
      await page.waitForTimeout(500)
    }
  }
}

/** A VM that stops takes its interface with it moments later; a press at that instant would be lost in this browser, not in the product. */
export const interfacesSettle = (page: Page, ms = 3_000): Promise<void> => page.waitForTimeout(ms)

/** Specs may run alone: makes the operator by REST when the first journey has not. */
export const ensureOperator = async (request: APIRequestContext): Promise<void> => {
  if (!existsSync(path.join(product().data, 'setup-code'))) return
  const reply = await request.post(`${product().api}/v1/setup`, { headers: CONSOLE, data: { ...OPERATOR, code: setupCode(), name: 'Olu Operator' } })
  expect([201, 409], await reply.text()).toContain(reply.status())
}

export const tokenOf = async (request: APIRequestContext, who: { email: string; password: string }, host?: string): Promise<string> => {
  const reply = await request.post(`${product().api}/v1/auth/token`, { data: who, headers: { ...CONSOLE, ...(host ? { host } : {}) } })
  expect(reply.status(), await reply.text()).toBe(201)
  return ((await reply.json()) as { token: string }).token
}

const TOKEN_KEPT_MS = 10 * 60_000
let ofOperator = { token: '', since: -Infinity }
/** One token for many journeys, as sign-ins are throttled; not older than the proof of who it is that sensitive operations ask for. */
export const tokenOfOperator = async (request: APIRequestContext): Promise<string> => {
  if (performance.now() - ofOperator.since > TOKEN_KEPT_MS) ofOperator = { since: performance.now(), token: await tokenOf(request, OPERATOR) }
  return ofOperator.token
}

/** The first link in the newest mail to an address. */
export const mailedLink = async (request: APIRequestContext, to: string, subject: RegExp): Promise<string> => {
  await ensureOperator(request)
  const token = await tokenOfOperator(request)
  let link = ''
  await expect.poll(async () => {
    const reply = await request.get(`${product().api}/v1/test/mail?to=${encodeURIComponent(to)}`, { headers: { authorization: `Bearer ${token}` } })
    const { data } = (await reply.json()) as { data: { subject: string; links: string[] }[] }
    link = data.find((mail) => subject.test(mail.subject))?.links.find((l) => l.startsWith('https://')) ?? ''
    return link
  }, { timeout: 30_000 }).not.toBe('')
  return link
}

/** By REST, not by the page: the clock may stop VMs on its way, and then Chromium drops what a page has asked for. */
export const endMonth = async (request: APIRequestContext): Promise<void> => {
  const headers = { authorization: `Bearer ${await tokenOfOperator(request)}`, 'idempotency-key': `end-month:${Date.now()}` }
  const clock = `${product().api}/v1/test/clock`
  const { now } = (await (await request.get(clock, { headers })).json()) as { now: string }
  const today = new Date(now)
  const data = { now: new Date(Date.UTC(today.getUTCFullYear(), today.getUTCMonth() + 1, 1, 1)).toISOString() }
  const reply = await request.post(clock, { headers, data, timeout: 150_000 })
  expect(reply.ok(), await reply.text()).toBe(true)
}

interface Customer { email: string; name: string; organization: string }

/** Signs up under the host of `origin`, confirms the address by the mailed link and creates an organization, as a person would. */
export const signUp = async (page: Page, request: APIRequestContext, origin: string, customer: Customer): Promise<void> => {
  await ensureOperator(request)
  await visit(page, `${origin}/sign-up`)
  await page.getByLabel('Your name').fill(customer.name)
  await page.getByLabel('E-mail').fill(customer.email)
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD)
  await expect(async () => {
    const send = page.getByRole('button', { name: 'Create account' })
    if (await send.isVisible()) await send.click()
    await expect(page.getByText(customer.email)).toBeVisible({ timeout: 8_000 })
  }).toPass({ timeout: 40_000 })
  await visit(page, await mailedLink(request, customer.email, /confirm/i))
  await page.getByRole('button', { name: 'Confirm e-mail' }).click()
  await page.getByRole('link', { name: 'Continue' }).click()
  await page.getByLabel('Name', { exact: true }).fill(customer.organization)
  await page.getByRole('button', { name: 'Create organization' }).click()
  await expect(page).toHaveURL(/\/apps$/)
}

/** What `signUp` leads to, by the calls the console makes: most journeys begin after it. */
export const becomeCustomer = async (page: Page, request: APIRequestContext, origin: string, customer: Customer): Promise<void> => {
  await ensureOperator(request)
  const { host } = new URL(origin)
  const post = async (path: string, data: object, headers: Record<string, string> = {}): Promise<APIResponse> => {
    const reply = await request.post(`${product().api}/v1/${path}`, { headers: { ...CONSOLE, host, 'x-forwarded-proto': 'https', ...headers }, data })
    expect(reply.ok(), await reply.text()).toBe(true)
    return reply
  }
  const who = { email: customer.email, password: PASSWORD }
  const browser = { 'user-agent': await page.evaluate(() => navigator.userAgent) }
  const [name = '', value = ''] = (await post('users', { ...who, name: customer.name }, browser)).headers()['set-cookie']?.split(';')[0]?.split('=') ?? []
  const token = new URL(await mailedLink(request, customer.email, /confirm/i)).searchParams.get('token')
  await post('auth/verify', { token })
  const made = await post('organizations', { name: customer.organization }, { authorization: `Bearer ${await tokenOf(request, who, host)}` })
  await page.context().addCookies([{ name, value, url: origin, httpOnly: true, secure: true, sameSite: 'Lax' }])
  await visit(page, `${origin}/${((await made.json()) as { slug: string }).slug}/apps`)
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
}

/** Whoever sat there is out first. Tried again when Chromium dropped the page because a network interface came or went. */
export const signIn = async (page: Page, origin: string, who: { email: string; password: string }): Promise<void> => {
  await expect(async () => {
    await page.context().clearCookies()
    await visit(page, `${origin}/sign-in`)
    await page.getByLabel('E-mail').fill(who.email)
    await page.getByLabel('Password', { exact: true }).fill(who.password)
    await page.getByRole('button', { name: 'Sign in', exact: true }).click()
    await expect(page).not.toHaveURL(/\/sign-in/, { timeout: LOAD_MS })
  }).toPass({ timeout: 3 * LOAD_MS })
  await page.waitForLoadState('networkidle')
}

/** What a person with an aid would stumble over. */
const seriousFaults = async (page: Page): Promise<string[]> => {
  const { violations } = await new AxeBuilder({ page }).analyze()
  return violations.filter((v) => v.impact === 'serious' || v.impact === 'critical').map((v) => `${v.id}: ${v.nodes[0]?.html ?? ''}`)
}

/** The page may still be moving, and judging it takes long on a busy machine. */
export const expectAccessible = (page: Page, name: string): Promise<void> =>
  expect.poll(() => seriousFaults(page), { message: name, timeout: 60_000 }).toEqual([])

/** No wider than the screen. What draws itself to the width of its place follows a turned or resized screen a moment later. */
export const expectFits = (page: Page, name: string): Promise<void> =>
  expect.poll(() => page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth), { message: name }).toBe(0)

/** Wide in light and on a phone in dark; with SHELLWEGO_SHOTS all four, and the pictures stay. */
export const lookAt = async (page: Page, name: string): Promise<void> => {
  const shots = process.env.SHELLWEGO_SHOTS
  for (const [scheme, width] of [['light', 1280], ['dark', 390], ...(shots ? [['light', 390], ['dark', 1280]] as const : [])] as const) {
    await page.emulateMedia({ colorScheme: scheme })
    await page.setViewportSize({ width, height: 900 })
    await expectFits(page, `${name} ${scheme} ${width}`)
    await expectAccessible(page, `${name} ${scheme} ${width}`)
    if (shots) await page.screenshot({ path: `${shots}/${name}-${scheme}-${width}.png`, fullPage: true })
  }
  await page.emulateMedia({ colorScheme: 'light' })
  await page.setViewportSize({ width: 1280, height: 900 })
}

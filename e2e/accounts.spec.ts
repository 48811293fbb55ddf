import { readFileSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test, type BrowserContext, type Page } from '@playwright/test'
import { Secret, TOTP } from 'otpauth'
import pg from 'pg'
import { becomeCustomer, ensureOperator, expectAccessible, lookAt, mailedLink, PASSWORD, product, signIn, visit } from './journey.ts'

/** The code an authenticator app shows, `steps` periods of 30 seconds from now. */
const codeOf = (secret: string, steps = 0): string =>
  new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: Date.now() + steps * 30_000 })

const wide = { width: 1280, height: 800 }
const signUp = async (page: Page, request: Parameters<typeof becomeCustomer>[1], name: string) => {
  const email = `${name}@example.com`
  await becomeCustomer(page, request, product().url, { email, name: 'Ada Account', organization: `Org ${name}` })
  return { email, password: PASSWORD }
}

const openSecurity = async (page: Page): Promise<void> => {
  await visit(page, `${product().url}/account/security`)
  await expect(page.getByRole('heading', { name: 'Passkeys' })).toBeVisible()
}

const signOut = async (page: Page): Promise<void> => {
  await visit(page, product().url)
  await page.getByRole('button', { name: 'Your account' }).click()
  await page.getByRole('menuitem', { name: 'Sign out' }).click()
  await expect(page).toHaveURL(/\/sign-in/)
}

const firstStep = async (page: Page, who: { email: string; password: string }): Promise<void> => {
  await visit(page, `${product().url}/sign-in`)
  await page.getByLabel('E-mail').fill(who.email)
  await page.getByLabel('Password', { exact: true }).fill(who.password)
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
  await expect(page.getByRole('heading', { name: 'One more step' })).toBeVisible()
}

/** Turns an authenticator app on by the page; answers its secret and the recovery codes shown. */
const enrol = async (page: Page): Promise<{ secret: string; codes: string[] }> => {
  await openSecurity(page)
  await page.getByRole('button', { name: 'Set up', exact: true }).click()
  const dialog = page.getByRole('dialog', { name: 'Set up an authenticator app' })
  await expect(dialog.getByRole('img')).toBeVisible()
  const secret = await dialog.locator('code').innerText()
  await dialog.getByLabel('Code', { exact: true }).fill('000000')
  await dialog.getByRole('button', { name: 'Turn on' }).click()
  await expect(dialog.getByText(/not the code your app shows/)).toBeVisible()
  await dialog.getByLabel('Code', { exact: true }).fill(codeOf(secret, -1))
  await dialog.getByRole('button', { name: 'Turn on' }).click()
  const kept = page.getByRole('dialog', { name: 'Keep your recovery codes' })
  await expect(kept.getByRole('listitem')).toHaveCount(10)
  const codes = await kept.getByRole('listitem').allInnerTexts()
  await kept.getByRole('button', { name: 'I have kept them' }).click()
  await expect(page.getByText('10 codes left')).toBeVisible()
  return { secret, codes }
}

/** A security key in this browser, which says yes to everything. */
const plugKey = async (page: Page): Promise<void> => {
  const cdp = await page.context().newCDPSession(page)
  await cdp.send('WebAuthn.enable')
  const options = { protocol: 'ctap2', transport: 'internal', hasResidentKey: true, hasUserVerification: true, isUserVerified: true } as const
  await cdp.send('WebAuthn.addVirtualAuthenticator', { options: { ...options, automaticPresenceSimulation: true } })
}

/** A change behind the portal's back: it may remember who a session is for a second (server/core/access-cache.ts). */
const inDatabase = async (statement: string, value: string): Promise<void> => {
  const { data } = product()
  const { postgres: port } = JSON.parse(readFileSync(path.join(data, 'ports.json'), 'utf8')) as { postgres: number }
  const password = readFileSync(path.join(data, 'secrets', 'db-system'), 'utf8').trim()
  const client = new pg.Client({ host: '127.0.0.1', port, user: 'shellwego_system', password, database: 'shellwego' })
  await client.connect()
  await client.query(statement, [value])
  await client.end()
  await sleep(1_100)
}

/** As if the person had signed in an hour ago. */
const forgetProofs = (email: string): Promise<void> =>
  inDatabase('UPDATE session SET proven_at = now() - interval \'1 hour\' FROM "user" u WHERE u.id = user_id AND u.email = $1', email)

const elsewhere = async (context: BrowserContext): Promise<Page> => {
  const browser = context.browser()
  if (!browser) throw new Error('the context has no browser')
  return (await browser.newContext({ viewport: wide, ignoreHTTPSErrors: true })).newPage()
}

test('an authenticator app protects the sign-in, and recovery codes stand in for it', async ({ page, request }) => {
  const who = await signUp(page, request, 'totp')
  const { secret, codes } = await enrol(page)
  await signOut(page)
  await firstStep(page, who)
  const code = page.getByLabel('Code', { exact: true })
  await expect(code).toHaveAttribute('autocomplete', 'one-time-code')
  await code.fill('123456')
  await page.getByRole('button', { name: 'Continue' }).click()
  await expect(page.getByText('The code is wrong or was used already.')).toBeVisible()
  await code.fill(codeOf(secret))
  await page.getByRole('button', { name: 'Continue' }).click()
  await expect(page).toHaveURL(/\/apps$/)
  await signOut(page)
  await firstStep(page, who)
  await page.getByRole('button', { name: 'Use a recovery code' }).click()
  await page.getByLabel('Recovery code').fill(codes[0] ?? '')
  await page.getByRole('button', { name: 'Continue' }).click()
  await expect(page).toHaveURL(/\/apps$/)
  await openSecurity(page)
  await expect(page.getByText('9 codes left')).toBeVisible()
})

test('a passkey signs in without a password', async ({ page, request }) => {
  const who = await signUp(page, request, 'passkey')
  await plugKey(page)
  await openSecurity(page)
  await page.getByRole('button', { name: 'Add a passkey' }).click()
  await page.getByLabel('Name').fill('Test laptop')
  await page.getByRole('button', { name: 'Continue' }).click()
  await page.getByRole('button', { name: 'I have kept them' }).click()
  await expect(page.getByRole('cell', { name: 'Test laptop', exact: true })).toBeVisible()
  await signOut(page)
  await page.getByRole('button', { name: 'Sign in with a passkey' }).click()
  await expect(page).toHaveURL(/\/apps$/)
  await signOut(page)
  await firstStep(page, who)
  await page.getByRole('button', { name: 'Use a passkey' }).click()
  await expect(page).toHaveURL(/\/apps$/)
  await openSecurity(page)
  await page.getByRole('button', { name: 'Remove Test laptop' }).click()
  await page.getByRole('button', { name: 'Remove the passkey' }).click()
  await expect(page.getByText('No passkey yet')).toBeVisible()
})

test('a mailed link signs in by a press, not by being opened', async ({ page, request }) => {
  const { email } = await signUp(page, request, 'link')
  await signOut(page)
  await page.getByRole('button', { name: 'E-mail me a link' }).click()
  await page.getByLabel('E-mail').fill(email)
  await page.getByRole('button', { name: 'Send the link' }).click()
  await expect(page.getByRole('heading', { name: 'Check your mail' })).toBeVisible()
  const link = await mailedLink(request, email, /link to sign in/i)
  for (let visits = 0; visits < 3; visits += 1) await visit(page, link)
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
  await expect(page).toHaveURL(/\/apps$/)
  const other = await elsewhere(page.context())
  await visit(other, link)
  await other.getByRole('button', { name: 'Sign in', exact: true }).click()
  await expect(other.getByText(/used already or is too old/)).toBeVisible()
  await other.context().close()
})

test('a session is ended from another device', async ({ page, request }) => {
  const who = await signUp(page, request, 'sessions')
  const other = await elsewhere(page.context())
  await signIn(other, product().url, who)
  await openSecurity(page)
  await expect(page.getByText('Chrome on Linux')).toHaveCount(2)
  await page.getByRole('button', { name: 'Sign out Chrome on Linux' }).click()
  await expect(page.getByText('Chrome on Linux')).toHaveCount(1)
  await visit(other, `${product().url}/account`)
  await expect(other).toHaveURL(/\/sign-in/)
  await other.context().close()
})

test('a sensitive act asks who it is and then goes on; the new address counts once confirmed, and the old one can undo', async ({ page, request }) => {
  const { email } = await signUp(page, request, 'mover')
  const wanted = 'moved@example.com'
  await visit(page, `${product().url}/account`)
  await forgetProofs(email)
  await page.getByRole('button', { name: 'Change e-mail' }).click()
  await page.getByLabel('New e-mail').fill(wanted)
  await page.getByRole('button', { name: 'Send the link' }).click()
  const dialog = page.getByRole('dialog', { name: 'Confirm that it is you' })
  await dialog.getByLabel('Password', { exact: true }).fill('not the password')
  await dialog.getByRole('button', { name: 'Confirm' }).click()
  await expect(dialog.getByText('That is not your password.')).toBeVisible()
  await dialog.getByLabel('Password', { exact: true }).fill(PASSWORD)
  await dialog.getByRole('button', { name: 'Confirm' }).click()
  await expect(page.getByText('Until then nothing changes.')).toBeVisible()
  await visit(page, await mailedLink(request, wanted, /confirm your new address/i))
  await page.getByRole('button', { name: 'Use this address' }).click()
  await expect(page.getByRole('heading', { name: 'Address changed' })).toBeVisible()
  await visit(page, await mailedLink(request, email, /was changed/i))
  await page.getByRole('button', { name: 'Undo the change' }).click()
  await expect(page.getByText(email)).toBeVisible()
  await visit(page, await mailedLink(request, email, /new password/i))
  await page.getByLabel('New password').fill('yet another long phrase')
  await page.getByRole('button', { name: 'Set password' }).click()
  await signIn(page, product().url, { email, password: 'yet another long phrase' })
  await expect(page).toHaveURL(/\/apps$/)
})

test('an organization that requires a second factor leads its members to set one up, and to prove it in each session', async ({ page, request }) => {
  const who = await signUp(page, request, 'required')
  const other = await elsewhere(page.context())
  await signIn(other, product().url, who)
  await inDatabase('UPDATE organization SET mfa_required = true WHERE slug = $1', 'org-required')
  await visit(page, `${product().url}/org-required/apps`)
  await expect(page.getByText(/Set up an authenticator app or a passkey below/)).toBeVisible()
  await page.getByRole('button', { name: 'Set up', exact: true }).click()
  const dialog = page.getByRole('dialog', { name: 'Set up an authenticator app' })
  const secret = await dialog.locator('code').innerText()
  await expectAccessible(page, page.url())
  await dialog.getByLabel('Code', { exact: true }).fill(codeOf(secret, -1))
  await dialog.getByRole('button', { name: 'Turn on' }).click()
  await expectAccessible(page, page.url())
  await page.getByRole('button', { name: 'I have kept them' }).click()
  await page.getByRole('link', { name: 'Continue' }).click()
  await expect(page).toHaveURL(/\/apps$/)
  await visit(other, `${product().url}/org-required/apps`)
  await other.getByRole('button', { name: 'Prove it now' }).click()
  const proof = other.getByRole('dialog', { name: 'Confirm that it is you' })
  await proof.getByRole('button', { name: 'Use a code of your app' }).click()
  await proof.getByLabel('Code of your authenticator app').fill(codeOf(secret))
  await expectAccessible(other, other.url())
  await proof.getByRole('button', { name: 'Confirm' }).click()
  await expect(other.getByText('Your second factor is proven in this session.')).toBeVisible()
  await other.context().close()
})

test('the account\'s pages are sound in light and in dark, wide and on a phone', async ({ page, request }) => {
  await ensureOperator(request)
  await signUp(page, request, 'pictures')
  for (const at of ['account', 'account/security']) {
    await visit(page, `${product().url}/${at}`)
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
    await expect(page.getByRole('status')).toHaveCount(0)
    await lookAt(page, at.replace('/', '-'))
  }
})

import { expect, test, type APIRequestContext, type Page } from '@playwright/test'
import { becomeCustomer, interfacesSettle, lookAt, mailedLink, OPERATOR, PASSWORD, product, signIn, tokenOf, visit } from './journey.ts'

const makeApps = async (request: APIRequestContext, email: string, names: string[]): Promise<void> => {
  const token = await tokenOf(request, { email, password: PASSWORD })
  for (const name of names) {
    const reply = await request.post(`${product().api}/v1/apps`, { headers: { authorization: `Bearer ${token}` }, data: { name, image: 'builtin/hello:v1' } })
    expect(reply.status(), await reply.text()).toBe(201)
  }
}

const openMembers = async (page: Page, slug: string): Promise<void> => {
  await visit(page, `${product().url}/${slug}/settings/members`)
  await expect(page.getByRole('heading', { name: 'Open invitations' })).toBeVisible()
  await expect(page.getByRole('table', { name: 'Members of this organization' })).toBeVisible()
}

/** Fills the dialog; `app`: the only one the guest is to see. */
const invite = async (page: Page, email: string, app: string): Promise<void> => {
  await page.getByRole('button', { name: 'Invite' }).click()
  const dialog = page.getByRole('dialog', { name: 'Invite somebody' })
  await dialog.getByLabel('E-mail').fill('nobody')
  await dialog.getByRole('button', { name: 'Send invitation' }).click()
  await expect(dialog.getByText(/Enter an e-mail address/)).toBeVisible()
  await dialog.getByLabel('E-mail').fill(email)
  await dialog.getByRole('radio', { name: /Only some apps/ }).click()
  await dialog.getByRole('checkbox', { name: app }).click()
  await dialog.getByRole('button', { name: 'Send invitation' }).click()
  await expect(page.getByRole('table', { name: 'Open invitations' }).getByText(email)).toBeVisible()
}

const act = async (page: Page, name: string, what: string): Promise<void> => {
  await page.getByRole('button', { name: `Actions for ${name}` }).click()
  await page.getByRole('menuitem', { name: what }).click()
}

test('a role of one\'s own is made, given, and seen in the picture of who may do what', async ({ page, request }) => {
  await becomeCustomer(page, request, product().url, { email: 'rosa@example.com', name: 'Rosa', organization: 'Rosa Roles' })
  await visit(page, `${product().url}/rosa-roles/settings/roles`)
  await page.getByRole('button', { name: 'New role' }).click()
  const dialog = page.getByRole('dialog', { name: 'New role' })
  await dialog.getByLabel('Name', { exact: true }).fill('Accountant')
  await dialog.getByRole('checkbox', { name: 'See invoices and prices' }).click()
  await dialog.getByRole('button', { name: 'Save role' }).click()
  await expect(page.getByRole('columnheader', { name: /Accountant/ })).toBeVisible()
  await page.getByRole('link', { name: 'Members' }).click()
  await page.getByRole('button', { name: 'Invite' }).click()
  await page.getByLabel('Role', { exact: true }).selectOption({ label: 'Accountant' })
  await page.getByRole('dialog').getByLabel('E-mail').fill('acc@example.com')
  await page.getByRole('button', { name: 'Send invitation' }).click()
  await expect(page.getByRole('table', { name: 'Open invitations' }).getByText('Accountant')).toBeVisible()
})

test('the operator lowers a limit, and the customer is told which one and how to get more', async ({ page, browser, request }) => {
  await becomeCustomer(page, request, product().url, { email: 'lim@example.com', name: 'Lim', organization: 'Lim Limits' })
  const operator = await (await browser.newContext()).newPage()
  await signIn(operator, product().url, OPERATOR)
  await visit(operator, `${product().url}/admin/organizations`)
  await operator.getByRole('button', { name: 'Limits of Lim Limits' }).click()
  const dialog = operator.getByRole('dialog', { name: 'Limits of Lim Limits' })
  await dialog.getByLabel('apps', { exact: false }).first().fill('0')
  await dialog.getByRole('button', { name: 'Save limits' }).click()
  await expect(dialog).toHaveCount(0)
  await visit(page, `${product().url}/lim-limits/settings`)
  await expect(page.getByText('0 of 0')).toBeVisible()
  await visit(page, `${product().url}/lim-limits/apps/new`)
  await page.getByLabel('Name', { exact: true }).fill('shop')
  await page.getByLabel('Image', { exact: true }).fill('builtin/hello:v1')
  await page.getByRole('button', { name: /^Deploy|^Create/ }).click()
  await expect(page.getByText(/apps: 0 in use, 1 wanted, 0 allowed/)).toBeVisible()
})

test('the settings have no serious accessibility fault in light and in dark, and fit a phone', async ({ page, request }) => {
  await becomeCustomer(page, request, product().url, { email: 'sett@example.com', name: 'Sett', organization: 'Setting' })
  for (const path of ['settings', 'settings/members', 'settings/roles']) {
    await visit(page, `${product().url}/setting/${path}`)
    await expect(page.getByRole('heading', { level: 2 }).first()).toBeVisible()
    await page.waitForLoadState('networkidle')
    await lookAt(page, path.replace('/', '-'))
  }
  await page.getByRole('link', { name: 'Members' }).click()
  await page.getByRole('button', { name: 'Invite' }).click()
  await expect(page.getByRole('dialog')).toBeVisible()
  await lookAt(page, 'invite')
})

// With machines, whose interfaces come and go: last.
/** What one may not see looks like what does not exist. */
const expectShutOut = async (guest: Page): Promise<void> => {
  await visit(guest, `${product().url}/olive-works/apps`)
  await expect(guest.getByRole('heading', { name: 'Nothing is at this address' })).toBeVisible()
  await expect(guest.getByText('shop')).toHaveCount(0)
}

test('somebody invited signs up in another browser, sees one app, is shut out and removed', async ({ page, browser, request }) => {
  const owner = { email: 'olive@example.com', name: 'Olive', organization: 'Olive Works' }
  const guestEmail = 'gus@example.com'
  await becomeCustomer(page, request, product().url, owner)
  await makeApps(request, owner.email, ['shop', 'laboratory'])
  await openMembers(page, 'olive-works')
  await invite(page, guestEmail, 'shop')
  const link = await mailedLink(request, guestEmail, /join/i)
  await visit(page, link)
  await expect(page.getByText(`This invitation is for ${guestEmail}`)).toBeVisible()

  const guest = await (await browser.newContext()).newPage()
  await visit(guest, link)
  await expect(guest.getByRole('heading', { name: 'Join Olive Works' })).toBeVisible()
  await expect(guest.getByText('Developer, some apps only')).toBeVisible()
  await guest.getByLabel('Your name').fill('Gus')
  await guest.getByLabel('Password', { exact: true }).fill(PASSWORD)
  await guest.getByRole('button', { name: 'Create account and join' }).click()
  await expect(guest).toHaveURL(/\/olive-works\/apps$/)
  await expect(guest.getByRole('link', { name: 'shop' }).first()).toBeVisible()
  await expect(guest.getByText('laboratory')).toHaveCount(0)
  await expect(guest.getByRole('button', { name: 'New app' })).toBeDisabled()
  await openMembers(guest, 'olive-works')
  await expect(guest.getByRole('button', { name: 'Invite' })).toBeDisabled()
  await visit(guest, link)
  await expect(guest.getByText(/used, withdrawn or is too old/)).toBeVisible()

  await openMembers(page, 'olive-works')
  await act(page, 'Gus', 'Suspend')
  await expect(page.getByText('suspended', { exact: true })).toBeVisible()
  await expectShutOut(guest)
  await act(page, 'Gus', 'Let in again')
  await expect(page.getByText('suspended', { exact: true })).toHaveCount(0)
  await visit(guest, `${product().url}/olive-works/apps`)
  await expect(guest.getByRole('link', { name: 'shop' }).first()).toBeVisible()
  await act(page, 'Gus', 'Remove')
  await page.getByRole('button', { name: 'Remove Gus' }).click()
  await expect(page.getByRole('dialog')).toHaveCount(0)
  await expect(page.getByRole('table', { name: 'Members of this organization' }).getByText(guestEmail)).toHaveCount(0)
  await expectShutOut(guest)
})

test('an organization is deleted by its name and brought back, and its apps with it', async ({ page, request }) => {
  await interfacesSettle(page)
  await becomeCustomer(page, request, product().url, { email: 'dora@example.com', name: 'Dora', organization: 'Dora Deletes' })
  await makeApps(request, 'dora@example.com', ['shop'])
  await visit(page, `${product().url}/dora-deletes/settings`)
  await page.getByRole('button', { name: 'Delete organization' }).click()
  const dialog = page.getByRole('dialog', { name: 'Delete Dora Deletes?' })
  await expect(dialog.getByRole('button', { name: 'Delete organization' })).toBeDisabled()
  await dialog.getByLabel(/to confirm/).fill('Dora Deletes')
  await dialog.getByRole('button', { name: 'Delete organization' }).click()
  await expect(page.getByText('will be deleted')).toBeVisible()
  await interfacesSettle(page)
  await visit(page, `${product().url}/dora-deletes/apps`)
  await expect(page.getByRole('table').getByText(/stopp(ing|ed)/i)).toBeVisible()
  await mailedLink(request, 'dora@example.com', /will be deleted/)
  await page.getByRole('button', { name: 'Undo the deletion' }).click()
  await expect(page.getByText('will be deleted')).toHaveCount(0)
  await expect(page.getByRole('table').getByText(/deploying|running/i)).toBeVisible()
})

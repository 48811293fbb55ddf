import { expect, test, type Page } from '@playwright/test'
import { becomeCustomer, interfacesSettle, lookAt, PASSWORD, product, tokenOf, visit } from './journey.ts'

const ORG = 'machine-works'
const CUSTOMER = { email: 'mack@example.com', name: 'Mack', organization: 'Machine Works' }

/** What a customer expects of a machine of their own: a disk, and a name. */
test.describe.serial('the rest of a machine', () => {
  let page: Page
  const at = (path: string): string => `${product().url}/${ORG}/${path}`

  test.beforeAll(async ({ browser, request }) => {
    page = await (await browser.newContext({ ignoreHTTPSErrors: true })).newPage()
    await becomeCustomer(page, request, product().url, CUSTOMER)
    const headers = { authorization: `Bearer ${await tokenOf(request, { email: CUSTOMER.email, password: PASSWORD })}` }
    const made = await request.post(`${product().api}/v1/apps`, { headers, data: { name: 'box', image: 'builtin/hello:v1' } })
    expect(made.status(), await made.text()).toBe(201)
    const { id } = (await made.json()) as { id: string }
    await expect.poll(async () => ((await (await request.get(`${product().api}/v1/apps/${id}`, { headers })).json()) as { status: string }).status, { timeout: 120_000 })
      .toBe('running')
    await interfacesSettle(page)
  })
  test.afterAll(() => page.context().close())

  test('a volume is made for the app and kept by a snapshot', async () => {
    await visit(page, at('volumes'))
    await lookAt(page, 'volumes-empty')
    await page.getByRole('button', { name: 'New volume' }).first().click()
    const dialog = page.getByRole('dialog', { name: 'New volume' })
    await dialog.getByLabel('Name', { exact: true }).fill('data')
    await dialog.getByLabel('App').selectOption({ label: 'box' })
    await dialog.getByRole('button', { name: 'Create the volume' }).click()
    await expect(page).toHaveURL(/\/volumes\/data$/)
    await expect(page.getByText('Attached').first()).toBeVisible({ timeout: 120_000 })
    await interfacesSettle(page, 8_000)
    await visit(page, at('volumes/data'))
    await page.getByRole('button', { name: 'Take a snapshot' }).click()
    await page.getByRole('dialog').getByLabel('Name').fill('first')
    await page.getByRole('button', { name: 'Take the snapshot' }).click()
    await expect(page.getByRole('list', { name: 'Snapshots, newest first' }).getByText('first')).toBeVisible({ timeout: 60_000 })
    await lookAt(page, 'volume')
    await visit(page, at('volumes'))
    await lookAt(page, 'volumes')
  })

  test('a domain is added and shows the record that proves it', async () => {
    await visit(page, at('domains'))
    await lookAt(page, 'domains-empty')
    await page.getByRole('button', { name: 'Add a domain' }).click()
    await page.getByRole('textbox', { name: 'Domain' }).fill('shop.machine-works.dev')
    await page.getByLabel('App', { exact: true }).selectOption({ label: 'box' })
    await page.getByRole('button', { name: 'Add and prove it' }).click()
    await expect(page).toHaveURL(/\/domains\/dmn_/)
    await expect(page.getByText('TXT').first()).toBeVisible()
    await lookAt(page, 'domain')
  })
})

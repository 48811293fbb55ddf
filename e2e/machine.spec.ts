import { expect, test, type Page } from '@playwright/test'
import { FakeS3 } from '../agent/drivers/bucket/testing/fake-s3.ts'
import { becomeCustomer, ensureOperator, interfacesSettle, lookAt, OPERATOR, PASSWORD, product, signIn, tokenOf, tokenOfOperator, visit } from './journey.ts'

const ORG = 'machine-works'
const CUSTOMER = { email: 'mack@example.com', name: 'Mack', organization: 'Machine Works' }

/** What a customer expects of a machine of their own: a disk, a shell, rules for what leaves it, a name. */
test.describe.serial('the rest of a machine', () => {
  let page: Page
  const s3 = new FakeS3()
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
  test.afterAll(async () => {
    await s3.close()
    await page.context().close()
  })

  const run = async (command: string, answer: string | RegExp): Promise<void> => {
    await page.getByLabel('Command', { exact: true }).fill(command)
    await page.getByRole('button', { name: 'Run', exact: true }).click()
    await expect(page.getByRole('status').filter({ hasText: answer })).toBeVisible({ timeout: 20_000 })
  }

  test('a volume is made for the app, written to, kept by a snapshot and cloned', async () => {
    await visit(page, at('volumes'))
    await lookAt(page, 'volumes-empty')
    await page.getByRole('button', { name: 'New volume' }).first().click()
    const dialog = page.getByRole('dialog', { name: 'New volume' })
    await dialog.getByLabel('Name', { exact: true }).fill('data')
    await dialog.getByLabel('App').selectOption({ label: 'box' })
    await dialog.getByRole('radio', { name: /^Strict/ }).click()
    await lookAt(page, 'volume-new')
    await dialog.getByRole('button', { name: 'Create the volume' }).click()
    await expect(page).toHaveURL(/\/volumes\/data$/)
    await expect(page.getByText('Attached').first()).toBeVisible({ timeout: 120_000 })
    await interfacesSettle(page, 8_000)
    await visit(page, at('apps/box/terminal'))
    await expect(() => run('sh -c "echo kept > /data/note && sync && cat /data/note"', 'kept')).toPass({ timeout: 120_000 })
    await visit(page, at('volumes/data'))
    await page.getByRole('button', { name: 'Take a snapshot' }).click()
    await page.getByRole('dialog').getByLabel('Name').fill('first')
    await page.getByRole('button', { name: 'Take the snapshot' }).click()
    await expect(page.getByRole('list', { name: 'Snapshots, newest first' }).getByText('first')).toBeVisible({ timeout: 60_000 })
    await expect(page.getByText('The app stops by itself (strict)')).toBeVisible()
    await lookAt(page, 'volume')
    await page.getByRole('button', { name: 'More', exact: true }).click()
    await page.getByRole('menuitem', { name: /machine is cut off/ }).click()
    await page.getByRole('radio', { name: /^Pinned/ }).click()
    await lookAt(page, 'volume-mode')
    await page.getByRole('button', { name: 'Save' }).click()
    await expect(page.getByText('The app runs on (pinned)')).toBeVisible()
    await visit(page, at('volumes'))
    await lookAt(page, 'volumes')
  })

  test('a backup is carried to a bucket, restored on trial, and the app says when that last worked', async ({ request }) => {
    const bucket = { endpoint: await s3.listen(), region: 'us-east-1', bucket: s3.bucket }
    const headers = { authorization: `Bearer ${await tokenOfOperator(request)}` }
    const data = { ...bucket, access_key_id: s3.keys.accessKeyId, secret_access_key: s3.keys.secretAccessKey }
    const named = await request.post(`${product().api}/v1/admin/backup-target`, { headers, data })
    expect(named.ok(), await named.text()).toBe(true)
    await visit(page, at('volumes/data'))
    await page.getByRole('button', { name: 'Back up now' }).click()
    const backups = page.getByRole('list', { name: 'Backups, newest first' })
    await expect(backups.getByText(/adds/)).toBeVisible({ timeout: 90_000 })
    await backups.getByRole('button', { name: /What to do with/ }).click()
    await page.getByRole('menuitem', { name: 'Restore on trial' }).click()
    await expect(backups.getByText(/restored on trial/)).toBeVisible({ timeout: 90_000 })
    await expect(page.getByText(/all of \d+ files? .* can be read/)).toBeVisible()
    await lookAt(page, 'volume-proven')
    await visit(page, at('apps/box'))
    await expect(page.getByRole('list', { name: 'Volumes of this app' }).getByText(/Restore last proven/)).toBeVisible()
    await lookAt(page, 'app-with-volume')
    expect([...s3.objects.values()].some((body) => body.includes('kept'))).toBe(false)
  })

  test('a terminal opens in the browser, answers, and is told of afterwards', async () => {
    await visit(page, at('apps/box/terminal'))
    await page.getByRole('button', { name: 'Open terminal' }).click()
    await expect(page.getByRole('button', { name: 'Close terminal' })).toBeVisible({ timeout: 30_000 })
    await page.getByRole('textbox', { name: /terminal/i }).focus()
    await page.keyboard.type('echo $((40 + 2)); cat /data/note\n', { delay: 30 })
    await expect(page.getByRole('group', { name: 'Terminal of box' })).toContainText('42', { timeout: 30_000 })
    await lookAt(page, 'terminal')
    await page.getByRole('button', { name: 'Close terminal' }).click()
    await expect(page.getByRole('button', { name: 'Open again' })).toBeVisible()
    await visit(page, at('settings/terminals'))
    await expect(page.getByText('box').first()).toBeVisible()
    await lookAt(page, 'terminals')
  })

  test('rules say where the app may go, and a wrong one names its field', async () => {
    await visit(page, at('apps/box/network'))
    await expect(page.getByText('box.internal')).toBeVisible()
    await page.getByRole('radio', { name: /Only where rules say/ }).click()
    await page.getByRole('button', { name: 'Add a rule' }).click()
    await page.getByLabel('Destination 1').fill('not a place')
    await page.getByRole('button', { name: 'Save network' }).click()
    await expect(page.getByRole('alert').first()).toBeVisible()
    await page.getByLabel('Destination 1').fill('api.example.com')
    await page.getByRole('button', { name: 'Save network' }).click()
    await expect(page.getByText('In force within a second')).toBeVisible()
    await lookAt(page, 'app-network')
    await visit(page, at('network'))
    await lookAt(page, 'network')
  })

  test('an operator sees the place of the node in the private network', async ({ browser, request }) => {
    await ensureOperator(request)
    const staff = await (await browser.newContext({ ignoreHTTPSErrors: true })).newPage()
    await signIn(staff, product().url, OPERATOR)
    await visit(staff, `${product().url}/admin/nodes`)
    await staff.getByRole('row').nth(1).getByRole('button').first().click()
    await expect(staff.getByRole('heading', { name: 'Private network' })).toBeVisible()
    await expect(staff.getByText(/:51820$/)).toBeVisible()
    await lookAt(staff, 'node')
    await staff.context().close()
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

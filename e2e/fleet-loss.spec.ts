import { expect, test, type APIRequestContext, type Page } from '@playwright/test'
import { PretendedNodes, type Machine } from './fleet-nodes.ts'
import { becomeCustomer, ensureOperator, lookAt, OPERATOR, PASSWORD, product, signIn, tokenOf, tokenOfOperator, visit } from './journey.ts'

const CUSTOMER = { email: 'hadiza@example.com', name: 'Hadiza', organization: 'Kano Ledgers' }
const at = (path: string): string => `${product().url}/kano-ledgers/${path}`
const api = (path: string): string => `${product().api}/v1/${path}`
const size = { region: 'kano', cpu: 8, memoryGib: 16, diskGib: 200 }
type Headers = Record<string, string>
interface NodeRow { id: string; hostname: string; status: string }

/** A machine burns while the fleet is being upgraded: what the operator does, and what the owner of its data. */
test.describe.serial('a lost machine', () => {
  const nodes = new PretendedNodes()
  let staff: Page
  let owner: Page
  let own = ''
  let operator: Headers = {}
  let customer: Headers = {}
  let fetched = (): void => undefined
  const MACHINES: Machine[] = [
    { ...size, hostname: 'kano-1', zone: 'rack-1', upgrade: { fate: 'arrives' } },
    { ...size, hostname: 'kano-2', zone: 'rack-1', upgrade: { fate: 'arrives', when: new Promise<void>((resolve) => { fetched = resolve }) } },
    { ...size, hostname: 'kano-3', zone: 'rack-2', upgrade: { fate: 'rolls back' } },
  ]
  const listed = async (request: APIRequestContext): Promise<NodeRow[]> =>
    ((await (await request.get(api('nodes?limit=100'), { headers: operator })).json()) as { data: NodeRow[] }).data
  const read = async (request: APIRequestContext, path: string): Promise<{ status: string; in_use_by?: string | null }> =>
    (await (await request.get(api(path), { headers: customer })).json()) as { status: string; in_use_by?: string | null }
  const post = async (request: APIRequestContext, path: string, data: object): Promise<void> => {
    const reply = await request.post(api(path), { headers: customer, data })
    expect(reply.ok(), await reply.text()).toBe(true)
  }

  // Pictures of every step take their time on a busy machine.
  test.describe.configure({ timeout: 400_000 })

  test.beforeAll(async ({ browser, request }) => {
    await ensureOperator(request)
    operator = { authorization: `Bearer ${await tokenOfOperator(request)}` }
    owner = await (await browser.newContext({ ignoreHTTPSErrors: true })).newPage()
    await becomeCustomer(owner, request, product().url, CUSTOMER)
    customer = { authorization: `Bearer ${await tokenOf(request, { email: CUSTOMER.email, password: PASSWORD })}` }
    own = (await listed(request)).at(-1)?.id ?? '' // the newest come first, and it was there before all others
    expect((await request.post(api(`nodes/${own}/cordon`), { headers: operator, data: { reason: 'A machine is lost' } })).ok()).toBe(true)
    const [first, ...others] = MACHINES
    if (first) await nodes.join(request, product().api, operator, first)
    await post(request, 'backup-targets', { endpoint: 'https://s3.example.com', bucket: 'kano-ledgers', access_key_id: 'AKID', secret_access_key: 'the secret access key' })
    await post(request, 'apps', { name: 'ledger', image: 'builtin/hello:v1', port: 8080, resources: { memory: '256m' } })
    await expect.poll(async () => (await read(request, 'apps/ledger')).status, { timeout: 60_000 }).toBe('running')
    await post(request, 'volumes', { name: 'entries', app_id: 'ledger', mount_path: '/data' })
    await expect.poll(async () => (await read(request, 'volumes/entries')).in_use_by ?? null, { timeout: 60_000 }).not.toBeNull()
    await expect.poll(async () => (await read(request, 'apps/ledger')).status, { timeout: 60_000 }).toBe('running')
    await post(request, 'volumes/entries/backups', {})
    const newest = async () => ((await (await request.get(api('backups'), { headers: customer })).json()) as { data: { status: string }[] }).data[0]?.status
    await expect.poll(newest, { timeout: 60_000 }).toBe('ready')
    await nodes.end('kano-1')
    for (const machine of others) await nodes.join(request, product().api, operator, machine)
    staff = await (await browser.newContext({ ignoreHTTPSErrors: true })).newPage()
    await signIn(staff, product().url, OPERATOR)
  })

  test.afterAll(async ({ playwright }) => {
    const request = await playwright.request.newContext({ ignoreHTTPSErrors: true })
    fetched()
    await request.delete(api('apps/ledger'), { headers: customer })
    // Nothing of the next journey is placed on machines whose silence is not noticed yet.
    for (const { id } of (await listed(request)).filter((node) => node.id !== own)) await request.post(api(`nodes/${id}/cordon`), { headers: operator, data: { reason: 'It was pretended' } })
    await nodes.endAll()
    await request.post(api(`nodes/${own}/uncordon`), { headers: operator })
    await staff?.context().close()
    await owner?.context().close()
    await request.dispose()
  })

  const standingOf = async (request: APIRequestContext): Promise<string | undefined> => (await listed(request)).find((node) => node.hostname === 'kano-1')?.status

  test('the fleet comes to the release of the console, node by node; one that goes back says why and holds up the rest', async ({ request }) => {
    await expect.poll(() => standingOf(request), { timeout: 90_000 }).not.toBe('ready')
    await visit(staff, `${product().url}/admin/nodes`)
    await expect(staff.getByText(/3 nodes run another release of the agent/)).toBeVisible()
    await staff.getByRole('button', { name: 'Upgrade…' }).click()
    await lookAt(staff, 'upgrade-confirm')
    await staff.getByRole('button', { name: 'Upgrade 3 nodes' }).click()
    const rows = staff.getByRole('list', { name: 'Nodes of this upgrade' }).getByRole('listitem')
    await expect(rows.filter({ hasText: /Fetching|Rolled back/ }).first()).toBeVisible()
    await lookAt(staff, 'upgrade-running')
    fetched()
    await expect(staff.getByRole('heading', { name: /^Upgrade paused/ })).toBeVisible({ timeout: 30_000 })
    await expect(staff.getByText(/^kano-3 went back to the release before\. Its instances ran on\. The portal did not answer it in time\.$/)).toBeVisible()
    await lookAt(staff, 'upgrade-paused')
    await staff.getByRole('button', { name: 'Leave it out and go on' }).click()
    await staff.getByText(/^Last upgrade: agent .*1 of 3 nodes, 2 left out/).click({ timeout: 30_000 })
    await expect(rows.filter({ hasText: 'kano-2' })).toContainText('Upgraded')
    await expect(rows.filter({ hasText: 'kano-1' })).toContainText('It was not heard when its turn came.')
    await lookAt(staff, 'upgrade-done')
  })

  test('the owner is told where the app is looked at, and what it takes to bring the data back', async ({ request }) => {
    await expect.poll(() => standingOf(request), { timeout: 120_000 }).toBe('lost')
    await visit(owner, at('apps/ledger'))
    await expect(owner.getByText(/^The machine that holds its volume entries was last heard/)).toBeVisible()
    await lookAt(owner, 'loss-app')
    await visit(owner, at('volumes'))
    await expect(owner.getByText('Machine not heard')).toBeVisible()
    await owner.getByRole('link', { name: 'entries' }).click()
    await expect(owner.getByText(/has to look at the machine and declare it dead/)).toBeVisible({ timeout: 30_000 })
    await expect(owner.getByRole('button', { name: 'Restore elsewhere…' })).toBeHidden()
    for (const name of ['Take a snapshot', 'Back up now']) await expect(owner.getByRole('button', { name })).toBeDisabled()
    await lookAt(owner, 'loss-volume')
  })

  test('the operator declares it dead, knowing what that means', async () => {
    await staff.getByRole('region', { name: 'Fleet' }).getByRole('button', { name: /^kano-1: Lost/ }).click({ timeout: 20_000 })
    await expect(staff.getByText(/^Last heard .* Apps without volumes/)).toBeVisible()
    await lookAt(staff, 'loss-node')
    await staff.getByRole('button', { name: 'Declare dead…' }).click()
    const dialog = staff.getByRole('dialog', { name: 'Declare kano-1 dead?' })
    await expect(dialog.getByText(/The owner of the volume on it may restore the last backup elsewhere/)).toBeVisible()
    await expect(dialog.getByRole('button', { name: 'Declare it dead' })).toBeDisabled()
    await dialog.getByLabel('How you know').fill('The rack burnt down')
    await dialog.getByLabel('Type kano-1 to go on').fill('kano-1')
    await lookAt(staff, 'loss-dead')
    await dialog.getByRole('button', { name: 'Declare it dead' }).click()
    await expect(dialog).toBeHidden()
    await expect(staff.getByText(/The rack burnt down/)).toBeVisible()
    await lookAt(staff, 'loss-declared')
  })

  test('the owner restores the last backup on another machine, and the app runs again', async ({ request }) => {
    await owner.getByRole('button', { name: 'Restore elsewhere…' }).click({ timeout: 20_000 })
    const dialog = owner.getByRole('dialog', { name: 'Restore entries elsewhere' })
    await dialog.getByLabel('Name of the new volume').fill('Entries 2')
    await dialog.getByRole('checkbox').check()
    await dialog.getByRole('button', { name: 'Restore elsewhere' }).click()
    await expect(dialog.getByLabel('Name of the new volume')).toHaveAttribute('aria-invalid', 'true')
    await dialog.getByLabel('Name of the new volume').fill('entries-2')
    await lookAt(owner, 'loss-restore')
    await dialog.getByRole('button', { name: 'Restore elsewhere' }).click()
    await expect(owner).toHaveURL(/\/volumes\/entries-2$/)
    await expect.poll(async () => (await read(request, 'apps/ledger')).status, { timeout: 60_000 }).toBe('running')
    await expect(owner.getByText('Attached').first()).toBeVisible()
    await expect(owner.getByRole('link', { name: 'entries', exact: true })).toBeVisible()
    await lookAt(owner, 'loss-restored')
    await owner.getByRole('link', { name: 'ledger' }).click()
    await expect(owner.getByText('Running').first()).toBeVisible()
    await expect(owner.getByText(/The machine that holds its volume/)).toBeHidden()
  })

  test('where a machine cannot end an app by itself, strict is refused with what is in the way', async () => {
    await visit(owner, at('volumes/entries-2'))
    await owner.getByRole('button', { name: 'More', exact: true }).click()
    await owner.getByRole('menuitem', { name: /machine is cut off/ }).click()
    await owner.getByRole('radio', { name: /^Strict/ }).click()
    await owner.getByRole('button', { name: 'Save' }).click()
    await expect(owner.getByText(/its fence process does not run/)).toBeVisible()
    await lookAt(owner, 'loss-mode-refused')
  })
})

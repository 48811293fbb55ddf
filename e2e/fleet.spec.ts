import { expect, test, type APIRequestContext, type Page } from '@playwright/test'
import { asksToJoin, PretendedNodes, type Machine } from './fleet-nodes.ts'
import { becomeCustomer, ensureOperator, lookAt, OPERATOR, PASSWORD, product, signIn, tokenOf, tokenOfOperator, visit } from './journey.ts'

const MACHINES: Machine[] = [
  { hostname: 'lagos-1', region: 'lagos', zone: 'rack-1', labels: { disk: 'fast' }, cpu: 16, memoryGib: 24, diskGib: 500 },
  { hostname: 'lagos-2', region: 'lagos', zone: 'rack-1', cpu: 16, memoryGib: 24, diskGib: 500 },
  { hostname: 'lagos-3', region: 'lagos', zone: 'rack-2', cpu: 8, memoryGib: 16, diskGib: 250 },
  { hostname: 'nairobi-1', region: 'nairobi', zone: 'room-a', cpu: 8, memoryGib: 16, diskGib: 250 },
  { hostname: 'nairobi-2', region: 'nairobi', zone: 'room-b', cpu: 8, memoryGib: 16, diskGib: 250, mesh: false },
  { hostname: 'accra-1', region: 'accra', cpu: 4, memoryGib: 8, diskGib: 120 },
]
const APPS = [['storefront', 9], ['api', 7], ['worker', 5], ['search', 4], ['mail', 2]] as const
const INSTANCES = APPS.reduce((sum, [, replicas]) => sum + replicas, 0)
const CUSTOMER = { email: 'fola@example.com', name: 'Fola', organization: 'Fleet Works' }
interface NodeRow { id: string; hostname: string; status: string; instances: number; volumes: number }

/** What an operator of several machines does with them. */
test.describe.serial('a fleet', () => {
  const nodes = new PretendedNodes()
  let staff: Page
  let own = ''
  const api = (path: string): string => `${product().api}/v1/${path}`
  const headersOf = async (request: APIRequestContext) => ({ authorization: `Bearer ${await tokenOfOperator(request)}` })
  const listed = async (request: APIRequestContext): Promise<NodeRow[]> =>
    ((await (await request.get(api('nodes?limit=100'), { headers: await headersOf(request) })).json()) as { data: NodeRow[] }).data
  /** Other journeys may have left machines that nobody hears. */
  const pretended = async (request: APIRequestContext): Promise<NodeRow[]> =>
    (await listed(request)).filter(({ hostname }) => MACHINES.some((machine) => machine.hostname === hostname))
  const idOf = async (request: APIRequestContext, hostname: string): Promise<string> => (await listed(request)).find((node) => node.hostname === hostname)?.id ?? ''
  const menuOf = async (hostname: string, act: string): Promise<void> => {
    await staff.getByRole('button', { name: `Acts on ${hostname}` }).click()
    await staff.getByRole('menuitem', { name: act, exact: true }).click()
  }

  test.beforeAll(async ({ browser, request }) => {
    await ensureOperator(request)
    const headers = await headersOf(request)
    await becomeCustomer(await (await browser.newContext({ ignoreHTTPSErrors: true })).newPage(), request, product().url, CUSTOMER)
    own = (await listed(request)).at(-1)?.id ?? '' // the newest come first, and it was there before all others
    // What follows shall run on pretended machines only.
    expect((await request.post(api(`nodes/${own}/cordon`), { headers, data: { reason: 'The fleet is looked at' } })).ok()).toBe(true)
    for (const machine of MACHINES) await nodes.join(request, product().api, headers, machine)
    await expect.poll(async () => (await pretended(request)).filter((node) => node.status === 'ready').length, { timeout: 30_000 }).toBe(MACHINES.length)
    const customer = { authorization: `Bearer ${await tokenOf(request, { email: CUSTOMER.email, password: PASSWORD })}` }
    for (const [name, replicas] of APPS) {
      const made = await request.post(api('apps'), { headers: customer, data: { name, image: 'builtin/hello:v1', port: 8080, replicas, resources: { memory: '1g', cpu: 1 } } })
      expect(made.status(), await made.text()).toBe(201)
    }
    await expect.poll(async () => (await pretended(request)).reduce((sum, node) => sum + node.instances, 0), { timeout: 60_000 }).toBe(INSTANCES)
    staff = await (await browser.newContext({ ignoreHTTPSErrors: true })).newPage()
    await signIn(staff, product().url, OPERATOR)
  })

  test.afterAll(async ({ playwright }) => {
    const request = await playwright.request.newContext({ ignoreHTTPSErrors: true })
    const headers = await headersOf(request)
    const customer = { authorization: `Bearer ${await tokenOf(request, { email: CUSTOMER.email, password: PASSWORD })}` }
    for (const [name] of APPS) await request.delete(api(`apps/${name}`), { headers: customer })
    await expect.poll(async () => (await listed(request)).filter((node) => node.id !== own && node.status === 'ready').reduce((sum, node) => sum + node.instances, 0), { timeout: 60_000 }).toBe(0)
    await nodes.endAll()
    for (const { id } of await listed(request)) if (id !== own) await request.delete(api(`nodes/${id}`), { headers })
    await request.post(api(`nodes/${own}/uncordon`), { headers })
    await staff?.context().close()
    await request.dispose()
  })

  test('regions, zones and nodes with what they hold', async () => {
    await visit(staff, `${product().url}/admin/nodes`)
    const map = staff.getByRole('region', { name: 'Fleet' })
    await expect(map.getByRole('heading', { name: /lagos 3 nodes/ })).toBeVisible()
    await expect(map.getByRole('button', { name: /^lagos-1: Ready, \d+ instances, Memory \d+ % reserved/ })).toBeVisible()
    await lookAt(staff, 'fleet')
  })

  test('a machine is added: where it stands, one line and a token to copy, and it shows when it joins', async ({ request }) => {
    await staff.context().grantPermissions(['clipboard-read', 'clipboard-write'])
    await staff.getByRole('button', { name: 'Add a node' }).click()
    const dialog = staff.getByRole('dialog', { name: 'Add a node' })
    await dialog.getByLabel('Region').fill('Dakar!')
    await dialog.getByRole('button', { name: 'Next' }).click()
    await expect(dialog.getByLabel('Region')).toHaveAttribute('aria-invalid', 'true')
    await dialog.getByLabel('Region').fill('dakar')
    await dialog.getByRole('button', { name: 'Next' }).click()
    const copied = async (what: string): Promise<string> => {
      await dialog.getByRole('button', { name: `Copy ${what}` }).click()
      return staff.evaluate(() => navigator.clipboard.readText())
    }
    const line = await copied('command')
    expect(line.split('\n')).toHaveLength(1)
    expect(line).toMatch(/^curl -fsSLk https:.*install\.sh.* --portal https:.* --ca-sha256 [0-9a-f]{64}$/)
    const token = await copied('token')
    expect(line).not.toContain(token)
    await lookAt(staff, 'fleet-add')
    await nodes.start(product().api, token, { hostname: 'dakar-1', region: 'dakar', cpu: 1, memoryGib: 0.25, diskGib: 10 })
    await expect(dialog.getByText('dakar-1 joined')).toBeVisible({ timeout: 15_000 })
    await lookAt(staff, 'fleet-added')
    await dialog.getByRole('button', { name: 'Done' }).click()
    await expect(staff.getByRole('region', { name: 'Fleet' }).getByRole('button', { name: /^dakar-1: Ready/ })).toBeVisible()
    const { api: at } = product()
    const spare = asksToJoin()
    expect(await spare(request, at, token)).toMatchObject({ status: 401, code: 'join_token_used', message: 'Another machine joined with this token. Make one for each machine.' })
    expect(await spare(request, at, 'join_never')).toMatchObject({ status: 401, code: 'join_token_invalid' })
    const tokenFor = async (region: string): Promise<string> =>
      ((await (await request.post(api('nodes/join-tokens'), { headers: await headersOf(request), data: { region } })).json()) as { token: string }).token
    expect((await spare(request, at, await tokenFor('dakar'))).status).toBe(201)
    expect(await spare(request, at, await tokenFor('lagos'))).toMatchObject({ status: 409, code: 'join_token_elsewhere', message: expect.stringContaining('is a node of dakar already') })
  })

  test('one node in full: what it holds, its place in the mesh, what is on it', async () => {
    await staff.getByRole('region', { name: 'Fleet' }).getByRole('button', { name: /^lagos-1:/ }).click()
    const drawer = staff.getByRole('dialog', { name: 'lagos-1' })
    await expect(drawer.getByText(/192\.0\.2\.\d+:51820/)).toBeVisible()
    await expect(drawer.getByText(/^(?!The edge).*lagos-2, lagos-3/)).toBeVisible({ timeout: 20_000 })
    await expect(drawer.getByText('storefront').first()).toBeVisible()
    await lookAt(staff, 'fleet-node')
    await staff.keyboard.press('Escape')
    await staff.getByRole('region', { name: 'Fleet' }).getByRole('button', { name: /^nairobi-2:/ }).click()
    await expect(staff.getByText(/Its edge serves what runs here and nothing else/)).toBeVisible()
    await staff.keyboard.press('Escape')
  })

  test('a drain says first where each goes, then how it goes', async ({ request }) => {
    await menuOf('accra-1', 'Drain')
    const dialog = staff.getByRole('dialog', { name: 'Drain accra-1?' })
    await expect(dialog.getByRole('list', { name: 'Where each goes' }).getByText(/^To /).first()).toBeVisible({ timeout: 20_000 })
    await dialog.getByRole('checkbox', { name: /^nairobi-1/ }).check()
    await expect(dialog.getByRole('list', { name: 'Where each goes' }).getByText('To nairobi-1')).toBeVisible()
    await lookAt(staff, 'fleet-drain')
    await dialog.getByLabel('Afterwards').selectOption({ label: 'Maintenance: it may be silent' })
    await dialog.getByRole('button', { name: 'Drain', exact: true }).click()
    await expect(dialog).toBeHidden()
    await staff.getByRole('region', { name: 'Fleet' }).getByRole('button', { name: /^accra-1:/ }).click()
    await lookAt(staff, 'fleet-draining')
    await staff.keyboard.press('Escape')
    await expect.poll(async () => (await (await request.get(api(`nodes/${await idOf(request, 'accra-1')}`), { headers: await headersOf(request) })).json() as { duty: string }).duty, { timeout: 120_000 }).toBe('maintenance')
    await expect(staff.getByText('Maintenance').first()).toBeVisible({ timeout: 20_000 })
  })

  test('a node that is not empty is not deleted', async () => {
    await menuOf('nairobi-1', 'Delete')
    const dialog = staff.getByRole('dialog', { name: 'nairobi-1 is not empty' })
    await expect(dialog.getByText(/instances? (is|are) still there/)).toBeVisible()
    await lookAt(staff, 'fleet-delete')
    await dialog.getByRole('button', { name: 'Drain it, then delete it…' }).click()
    await expect(staff.getByRole('dialog', { name: 'Drain nairobi-1?' }).getByLabel('Afterwards')).toHaveValue('removed')
    await staff.keyboard.press('Escape')
  })
})

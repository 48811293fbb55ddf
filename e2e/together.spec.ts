import { expect, test } from '@playwright/test'
import { becomeCustomer, CONSOLE, ensureOperator, lookAt, OPERATOR, PASSWORD, product, signIn, tokenOf, visit } from './journey.ts'

test('two people change the same role: what was typed stays, what the other changed is shown, and both come together', async ({ page, request }) => {
  const email = 'together@example.com'
  await becomeCustomer(page, request, product().url, { email, name: 'To Gether', organization: 'Together' })
  const headers = { ...CONSOLE, authorization: `Bearer ${await tokenOf(request, { email, password: PASSWORD })}` }
  const { data: [org] } = (await (await request.get(`${product().api}/v1/organizations`, { headers })).json()) as { data: { id: string }[] }
  const roles = `${product().api}/v1/organizations/${org?.id ?? ''}/roles`
  const { id } = (await (await request.post(roles, { headers, data: { name: 'Auditor', description: 'Looks', permissions: ['org:read', 'audit:read'] } })).json()) as { id: string }

  await visit(page, `${product().url}/together/settings/roles`)
  await page.getByRole('button', { name: 'Actions for Auditor' }).click()
  await page.getByRole('menuitem', { name: /Change/ }).click()
  await page.getByLabel('What it is for').fill('Looks at everything')
  await request.patch(`${roles}/${id}`, { headers: { ...headers, 'if-match': '*' }, data: { name: 'Controller', permissions: ['org:read', 'audit:read', 'usage:read'] } })
  await page.getByRole('button', { name: 'Save role' }).click()
  await expect(page.getByText('The role was changed while you were editing')).toBeVisible()
  await expect(page.getByLabel('What it is for')).toHaveValue('Looks at everything')
  await expect(page.getByRole('row', { name: /Auditor Controller/ })).toBeVisible()
  await lookAt(page, 'role-changed-meanwhile')
  await page.getByRole('button', { name: 'Take it in, keep mine' }).click()
  await expect(page.getByLabel('Name', { exact: true })).toHaveValue('Controller')
  await page.getByRole('button', { name: 'Save role' }).click()
  await expect(page.getByRole('dialog')).toHaveCount(0)
  expect(await (await request.get(`${roles}/${id}`, { headers })).json()).toMatchObject({
    name: 'Controller', description: 'Looks at everything', permissions: expect.arrayContaining(['usage:read']),
  })

  await visit(page, `${product().url}/account`)
  await lookAt(page, 'account')
  await page.getByRole('button', { name: 'Change e-mail' }).click()
  await lookAt(page, 'account-change-email')
})

test('the operator sees accounts, is asked for a second factor before taking one away, and rotates the wrapping key', async ({ page, request }) => {
  await ensureOperator(request)
  await signIn(page, product().url, OPERATOR)
  await visit(page, `${product().url}/admin/users`)
  await expect(page.getByRole('heading', { level: 1, name: 'Accounts' })).toBeVisible()
  await expect(page.getByText(OPERATOR.email).first()).toBeVisible()
  await lookAt(page, 'admin-accounts')
  await page.getByPlaceholder(/Find by/).or(page.getByLabel(/Find by/)).first().fill('nobody of that name')
  await expect(page.getByText(/Nothing matches|nothing/i).first()).toBeVisible()

  await visit(page, `${product().url}/admin/keys`)
  await expect(page.getByRole('heading', { level: 1, name: 'Keys' })).toBeVisible()
  await lookAt(page, 'admin-keys')
  await page.getByRole('button', { name: 'Rotate' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Rotate' }).click()
  await expect(page.getByText('The last rotation is complete')).toBeVisible({ timeout: 30_000 })
  await lookAt(page, 'admin-keys-rotated')
})

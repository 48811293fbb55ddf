import { expect, test, type Page, type Route } from '@playwright/test'
import { becomeCustomer, lookAt, product, visit } from './journey.ts'

/** As the edge hands it on: only the browser knows the console's name here. */
const carryOut = async (route: Route): Promise<void> => {
  const url = new URL(route.request().url())
  const reply = await route.fetch({
    url: `${product().api}${url.pathname}`, headers: { ...await route.request().allHeaders(), host: url.host, 'x-forwarded-proto': 'https' },
  })
  expect(reply.status(), await reply.text()).toBe(200)
}

/** Loses the first `count` tries of an act, before or after the server has done it. Answers with what was sent. */
const lose = async (page: Page, act: string, count: number, when: 'before' | 'after'): Promise<Record<string, string>[]> => {
  const sent: Record<string, string>[] = []
  await page.route(`**/api/trpc/${act}`, async (route: Route) => {
    sent.push(route.request().headers())
    if (sent.length > count) return route.continue()
    if (when === 'after') await carryOut(route)
    return route.abort('connectionreset')
  })
  return sent
}

const makeRole = async (page: Page, name: string): Promise<void> => {
  await page.getByRole('button', { name: 'New role' }).click()
  const dialog = page.getByRole('dialog', { name: 'New role' })
  await dialog.getByLabel('Name', { exact: true }).fill(name)
  await dialog.getByRole('button', { name: 'Save role' }).click()
}

test('a press whose answer is lost, or that never arrives, is carried out once', async ({ page, request }) => {
  await becomeCustomer(page, request, product().url, { email: 'once@example.com', name: 'Once', organization: 'Once Only' })
  await visit(page, `${product().url}/once-only/settings/roles`)
  const unanswered = await lose(page, 'roles.create', 2, 'after')
  await makeRole(page, 'Bookkeeper')
  await expect(page.getByRole('columnheader', { name: /Bookkeeper/ })).toHaveCount(1)
  expect(unanswered.map((headers) => headers['x-shellwego-repeated'])).toEqual([undefined, '1', '1'])
  expect(new Set(unanswered.map((headers) => headers['idempotency-key'])).size).toBe(1)
  await page.unroute('**/api/trpc/roles.create')
  expect(await lose(page, 'roles.create', 1, 'before')).toEqual([])
  await makeRole(page, 'Auditor')
  await expect(page.getByRole('columnheader', { name: /Auditor/ })).toHaveCount(1)
  await page.reload()
  await expect(page.getByRole('columnheader', { name: /Bookkeeper/ })).toHaveCount(1)
})

test('where it could be carried out twice, the person is told to look', async ({ page, request }) => {
  await becomeCustomer(page, request, product().url, { email: 'twice@example.com', name: 'Twice', organization: 'Never Twice' })
  await visit(page, `${product().url}/account/tokens`)
  await lose(page, 'tokens.create', 1, 'after')
  await page.getByRole('button', { name: 'New token' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Name', { exact: true }).fill('laptop')
  await dialog.getByRole('button', { name: 'Make token' }).click()
  await expect(dialog.getByText('The connection broke before the answer came')).toBeVisible()
  await lookAt(page, 'answer-lost')
  await page.reload()
  await expect(page.getByText('laptop', { exact: true })).toHaveCount(1)
})

import { expect, test } from '@playwright/test'
import { becomeCustomer, product, tokenOf, visit, PASSWORD } from './journey.ts'

const customer = { email: 'ada.rest@example.com', name: 'Ada Rest', organization: 'Rest Works' }

test('somebody else changes an app while a form is open: the form shows what, keeps what was typed, and saves both', async ({ page, request }) => {
  test.setTimeout(120_000)
  const { url, api } = product()
  await becomeCustomer(page, request, url, customer)
  const token = await tokenOf(request, { email: customer.email, password: PASSWORD })
  const headers = { authorization: `Bearer ${token}` }
  const made = await request.post(`${api}/v1/apps`, { headers, data: { name: 'shared', image: 'builtin/hello:v1', env: { HELLO_A: 'one', HELLO_B: 'two' } } })
  expect(made.status(), await made.text()).toBe(201)
  const { id } = (await made.json()) as { id: string }
  const [{ slug } = { slug: '' }] = ((await (await request.get(`${api}/v1/organizations`, { headers })).json()) as { data: { slug: string }[] }).data
  await visit(page, `${url}/${slug}/apps/shared/settings`)
  const value = page.getByRole('group', { name: 'Variable 1' }).getByLabel('Value')
  await expect(value).toHaveValue('one')
  await value.fill('mine')

  const read = await request.get(`${api}/v1/apps/${id}`, { headers })
  const changed = await request.patch(`${api}/v1/apps/${id}`, { headers: { ...headers, 'if-match': read.headers().etag ?? '' }, data: { env: { HELLO_B: 'theirs' } } })
  expect(changed.status(), await changed.text()).toBe(200)

  await expect(page.getByText('The app was changed while you were editing')).toBeVisible()
  await expect(page.getByRole('row', { name: /HELLO_B.*two.*theirs/ })).toBeVisible()
  await page.screenshot({ path: 'test-results/changed-meanwhile.png', fullPage: true })
  await page.getByRole('button', { name: 'Take it in, keep mine' }).click()
  await expect(value).toHaveValue('mine')
  await page.getByRole('button', { name: /^Deploy \d/ }).click()
  await expect.poll(async () => ((await (await request.get(`${api}/v1/apps/${id}`, { headers })).json()) as { env: Record<string, { value: string }> }).env)
    .toEqual({ HELLO_A: { value: 'mine', secret: false }, HELLO_B: { value: 'theirs', secret: false } })
})

test('the reference reads well on a phone and in the dark, searches, and leads to the page of an error code', async ({ page }) => {
  const { url } = product()
  await visit(page, `${url}/docs`)
  await expect(page.getByRole('heading', { level: 1 })).toContainText('API')
  await page.screenshot({ path: 'test-results/docs-light-1280.png' })
  await page.emulateMedia({ colorScheme: 'dark' })
  await page.setViewportSize({ width: 390, height: 844 })
  await page.screenshot({ path: 'test-results/docs-dark-390.png' })
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390)
  await page.getByRole('searchbox').fill('scale')
  await expect(page.locator('article.route:visible')).toHaveCount(1)
  await page.locator('article.route:visible').getByText('Refusals').click()
  await page.locator('article.route:visible').getByRole('link', { name: 'quota_exceeded' }).click()
  await expect(page.getByRole('heading', { name: 'What to do' })).toBeVisible()
})

import { beforeAll, expect, test } from 'vitest'
import { setPlainMail, makeCustomer } from '../server/domain/billing/testing/books.ts'
import { makeUser } from '../server/testing/actors.ts'
import { withApi } from '../server/testing/api.ts'
import { withRuntime } from '../server/testing/runtime.ts'
import { withCli } from './testing/run-cli.ts'
import { signedIn } from './testing/signed-in.ts'

withRuntime({ SHELLWEGO_SANDBOX_PORT: 21_420, PORT: 21_421 })
const api = withApi()
const cli = withCli()
let staff: Record<string, string>
let customer: Record<string, string>

beforeAll(async () => {
  setPlainMail()
  const owner = await makeCustomer()
  staff = await signedIn(api, await makeUser({ staff: true }))
  customer = await signedIn(api, owner)
})
const json = async (env: Record<string, string>, ...args: string[]) => {
  const { code, stdout, stderr } = await cli.call([...args, '--json'], { env })
  if (code !== 0) throw new Error(stderr)
  return JSON.parse(stdout) as never
}

test('a price for one market, as the guide says it', async () => {
  const set = await cli.call(['pricing', 'set', '--region', 'NG', '--currency', 'NGN', '--plan', 'starter', '--price', '3000'], { env: staff })
  expect(set).toMatchObject({ code: 0, stderr: 'Version 1 of starter, NGN in NG: 3000 a month.\n' })
  expect(await json(staff, 'pricing', 'set', '--currency', 'GHS', '--price', '1500', '--meter', 'vcpu_seconds=0.5')).toMatchObject({
    currency: 'GHS', region: '', version: 1, price: '1500', charges: [{ meter: 'vcpu_seconds', price: { model: 'per_unit', unit_amount: '0.5' } }] })
  const { stdout } = await cli.call(['pricing', 'list', '--currency', 'NGN'], { env: staff })
  expect(stdout).toMatch(/starter\s+NGN\s+NG\s+1\s+3000\s+month\s+arrears/)
  expect(stdout).toMatch(/starter\s+NGN\s+everywhere\s+1\s+3000/)
})

test('what is wrong with a price is said, and customers set none', async () => {
  const set = (...more: string[]) => cli.call(['pricing', 'set', '--currency', 'USD', ...more], { env: staff })
  expect(await set('--price', '-1')).toMatchObject({ code: 2, stderr: expect.stringContaining('recurring.unit_amount') })
  expect(await set('--price', '1', '--meter', 'nope=1')).toMatchObject({ code: 2, stderr: expect.stringContaining('no such meter') })
  expect(await set('--meter', 'vcpu_seconds')).toMatchObject({ code: 2, stderr: expect.stringContaining('--meter wants') })
  expect(await cli.call(['pricing', 'set', '--currency', 'USD', '--price', '1'], { env: customer })).toMatchObject({ code: 3 })
})

test('plans and the subscription: looked at, changed with the figures shown, undone, listed', async () => {
  expect(await cli.call(['plans', 'create', 'pro', '--name', 'Pro', '--description', 'More'], { env: staff })).toMatchObject({ code: 0 })
  await cli.call(['pricing', 'set', '--currency', 'USD', '--plan', 'pro', '--price', '20', '--no-usage'], { env: staff })
  expect((await json(customer, 'plans', 'list') as { key: string }[]).map((plan) => plan.key)).toEqual(['pro', 'starter'])
  expect(await json(customer, 'subscription', 'get')).toMatchObject({ plan_key: 'starter', status: 'active' })
  const unsure = await cli.call(['subscription', 'change', 'pro'], { env: customer })
  expect(unsure).toMatchObject({ code: 2, stderr: expect.stringContaining('USD 20.00 a period instead of USD 2.00') })
  expect(await json(customer, 'subscription', 'change', 'pro', '--yes')).toMatchObject({ plan_key: 'pro' })
  expect(await json(customer, 'subscription', 'cancel', '--yes')).toMatchObject({ pending_change: { kind: 'cancel', state: 'scheduled' } })
  expect(await json(customer, 'subscription', 'undo')).toMatchObject({ pending_change: null })
  expect((await json(customer, 'subscription', 'history') as { kind: string; state: string }[]).map((c) => `${c.kind} ${c.state}`)).toEqual(['cancel cancelled', 'plan applied'])
  expect(await json(staff, 'plans', 'update', 'pro', '--log-days', '90')).toMatchObject({ key: 'pro', name: 'Pro', log_retention_days: 90 })
  expect(await cli.call(['plans', 'update', 'pro'], { env: staff })).toMatchObject({ code: 2, stderr: expect.stringContaining('Say what to change') })
  expect(await cli.call(['plans', 'archive', 'pro', '--yes'], { env: staff })).toMatchObject({ code: 0 })
  expect((await json(customer, 'plans', 'list') as { key: string }[]).map((plan) => plan.key)).toEqual(['pro', 'starter'])
  await cli.call(['subscription', 'change', 'starter', '--when', 'now', '--yes'], { env: customer })
  expect((await json(customer, 'plans', 'list') as { key: string }[]).map((plan) => plan.key)).toEqual(['starter'])
})

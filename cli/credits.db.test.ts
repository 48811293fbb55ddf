import { beforeAll, expect, test } from 'vitest'
import { closePeriodsOf } from '../server/domain/billing/periods/close-period.ts'
import { makeCustomer, setPlainMail } from '../server/domain/billing/testing/books.ts'
import { makeUser } from '../server/testing/actors.ts'
import { withApi } from '../server/testing/api.ts'
import { withRuntime } from '../server/testing/runtime.ts'
import { withCli } from './testing/run-cli.ts'
import { signedIn } from './testing/signed-in.ts'

withRuntime({ SHELLWEGO_SANDBOX_PORT: 21_480, PORT: 21_481 })
const api = withApi()
const cli = withCli()
let staff: Record<string, string>
let customer: Record<string, string>
let orgId: string

beforeAll(async () => {
  setPlainMail()
  const owner = await makeCustomer({ joinedAt: new Date('2031-01-01T00:00:00Z') })
  orgId = owner.organization.id
  staff = await signedIn(api, await makeUser({ staff: true }))
  customer = await signedIn(api, owner)
})
const run = (env: Record<string, string>, ...args: string[]) => cli.call(args, { env })
const json = async (env: Record<string, string>, ...args: string[]) => {
  const { code, stdout, stderr } = await run(env, ...args, '--json')
  if (code !== 0) throw new Error(stderr)
  return JSON.parse(stdout) as never
}

test('credit is given, bought, looked at and taken back', async () => {
  expect(await run(staff, 'credits', 'give', orgId, '2.50', '--reason', 'Welcome', '--expires-on', '2099-01-01')).toMatchObject({ code: 0, stderr: expect.stringContaining('Gave USD 2.50') })
  expect(await run(customer, 'credits', 'balance')).toMatchObject({ code: 0, stdout: expect.stringContaining('USD 2.50') })
  const order = await json(customer, 'credits', 'buy', '50')
  expect(order).toMatchObject({ amount: { amount: 5000, currency: 'USD' } })
  expect(await run(customer, 'credits', 'buy', '0.001')).toMatchObject({ code: 2, stderr: expect.stringContaining('2 decimals') })
  const [gift] = await json(customer, 'credits', 'history') as { credit_id: string; amount: object }[]
  expect(gift).toMatchObject({ amount: { amount: 250 } })
  expect(await run(customer, 'credits', 'revoke', gift?.credit_id ?? '', '--reason', 'Mine', '--yes')).toMatchObject({ code: 3 })
  expect(await run(staff, 'credits', 'revoke', gift?.credit_id ?? '', '--reason', 'Wrong one', '--yes')).toMatchObject({ code: 0 })
  expect(await json(customer, 'credits', 'balance')).toMatchObject({ balance: { amount: 0 } })
})

test('coupons are made, redeemed, listed and archived', async () => {
  expect(await run(staff, 'coupons', 'create', 'spring', '--percent', '10', '--periods', '2', '--max', '5')).toMatchObject({ code: 0, stderr: expect.stringContaining('SPRING') })
  expect(await run(staff, 'coupons', 'create', 'both', '--percent', '10', '--amount', '5')).toMatchObject({ code: 2 })
  expect(await run(staff, 'coupons', 'create', 'much', '--percent', '101')).toMatchObject({ code: 2, stderr: expect.stringContaining('at most 100') })
  expect(await run(customer, 'credits', 'redeem', 'spring')).toMatchObject({ code: 0, stderr: expect.stringContaining('10 %') })
  expect(await run(customer, 'credits', 'redeem', 'spring')).toMatchObject({ code: 5 })
  expect(await json(customer, 'credits', 'coupons')).toMatchObject([{ code: 'SPRING', periods_left: 2 }])
  expect((await run(staff, 'coupons', 'list')).stdout).toMatch(/SPRING\s+active\s+10 %\s+2 periods\s+1 of 5/)
  expect(await run(staff, 'coupons', 'archive', 'SPRING', '--yes')).toMatchObject({ code: 0 })
})

test('the operator reads the books, checks and rebuilds them, and reads the reports; a customer does not', async () => {
  await closePeriodsOf([orgId], new Date('2031-02-01T00:00:00Z'))
  expect((await run(staff, 'ledger', 'balance')).stdout).toMatch(/revenue\s+income\s+USD -/)
  expect(await run(staff, 'ledger', 'check')).toMatchObject({ code: 0, stderr: expect.stringContaining('The books hold') })
  expect(await run(staff, 'ledger', 'rebuild', '--yes')).toMatchObject({ code: 0, stderr: expect.stringContaining('all were right') })
  expect((await run(staff, 'ledger', 'entries', '--account', 'receivable', '--currency', 'USD')).stdout).toMatch(/Invoice finalised\s+receivable/)
  for (const report of ['revenue', 'mrr', 'tax']) expect(await run(staff, 'ledger', report, '--from', '2031-01', '--to', '2031-03')).toMatchObject({ code: 0 })
  for (const command of ['balance', 'check', 'entries', 'revenue', 'mrr', 'tax']) expect(await run(customer, 'ledger', command)).toMatchObject({ code: 3 })
})

import { readFileSync } from 'node:fs'
import path from 'node:path'
import { beforeAll, expect, test } from 'vitest'
import { closePeriodsOf } from '../server/domain/billing/periods/close-period.ts'
import { makeCustomer, setPlainMail } from '../server/domain/billing/testing/books.ts'
import { makeUser } from '../server/testing/actors.ts'
import { tokenOf, withApi } from '../server/testing/api.ts'
import { withRuntime } from '../server/testing/runtime.ts'
import { withCli } from './testing/run-cli.ts'

withRuntime({ SHELLWEGO_SANDBOX_PORT: 24_220, PORT: 24_221 })
const api = withApi()
const cli = withCli()
let staff: Record<string, string>
let second: Record<string, string>
let customer: Record<string, string>
let orgId: string

beforeAll(async () => {
  setPlainMail()
  const owner = await makeCustomer({ joinedAt: new Date('2031-01-01T00:00:00Z') })
  orgId = owner.organization.id
  const operator = async () => ({ SHELLWEGO_URL: api.url(), SHELLWEGO_TOKEN: await tokenOf((await makeUser({ staff: true })).actor) })
  ;[staff, second] = [await operator(), await operator()]
  customer = { SHELLWEGO_URL: api.url(), SHELLWEGO_TOKEN: await tokenOf(owner.actor) }
  for (const now of ['2031-02-01', '2031-03-01', '2031-04-01']) await closePeriodsOf([orgId], new Date(`${now}T00:00:00Z`))
})
const run = (env: Record<string, string>, ...args: string[]) => cli.call(args, { env })
const json = async (env: Record<string, string>, ...args: string[]) => {
  const { code, stdout, stderr } = await run(env, ...args, '--json')
  if (code !== 0) throw new Error(stderr)
  return JSON.parse(stdout) as never
}
const invoices = async (): Promise<{ id: string; number: string; status: string }[]> => json(staff, 'billing', 'invoices')

test('the statement is shown, and is a file where one is wanted', async () => {
  const days = ['--from', '2031-01-01', '--to', '2031-12-31']
  expect(await run(customer, 'statement', ...days)).toMatchObject({ code: 0, stdout: expect.stringMatching(/2031-02-01\s+invoice\s+\S+\s+USD 2\.\d\d/) })
  expect((await run(customer, 'statement', ...days, '--as', 'csv')).stdout).toContain('opening_balance')
  expect((await run(customer, 'invoices', 'export')).stdout.split('\r\n')).toHaveLength(5)
  const file = path.join(cli.home(), 'statement.pdf')
  expect(await run(customer, 'statement', ...days, '--as', 'pdf', '--file', file)).toMatchObject({ code: 0 })
  expect(readFileSync(file).subarray(0, 5).toString()).toBe('%PDF-')
})

test('the operator voids, writes off, credits and charges; a customer does none of it', async () => {
  const [third, , first] = await invoices()
  expect(await run(customer, 'billing', 'void', first?.id ?? '', '--reason', 'Mine', '--yes')).toMatchObject({ code: 3 })
  expect(await run(staff, 'billing', 'void', first?.number ?? '', '--reason', 'Wrong customer', '--yes')).toMatchObject({ code: 0, stderr: expect.stringContaining('is void') })
  expect(await run(staff, 'billing', 'credit', third?.number ?? '', '--reason', 'Outage', '--line', '1=50')).toMatchObject({ code: 2, stderr: expect.stringContaining('--yes') })
  expect(await run(staff, 'billing', 'credit', third?.number ?? '', '--reason', 'Outage', '--line', '1=50', '--yes')).toMatchObject({ code: 0, stderr: expect.stringMatching(/Issued \S+ over USD 0\.5\d/) })
  expect(await run(staff, 'billing', 'credit', third?.number ?? '', '--reason', 'Outage', '--line', 'two', '--yes')).toMatchObject({ code: 2 })
  const [note] = await json(customer, 'credit-notes', 'list') as { number: string }[]
  expect((await run(customer, 'credit-notes', 'xml', note?.number ?? '')).stdout).toContain('<CreditNote ')
  expect(await run(staff, 'billing', 'write-off', third?.number ?? '', '--reason', 'Gone', '--yes')).toMatchObject({ code: 0, stderr: expect.stringContaining('uncollectible') })
  expect(await run(staff, 'billing', 'charge', orgId, '--description', 'Migration', '--amount', '25,00')).toMatchObject({ code: 2, stderr: expect.stringContaining('unit_amount') })
  expect(await run(staff, 'billing', 'charge', orgId, '--description', 'Migration', '--amount', '25')).toMatchObject({ code: 0, stderr: expect.stringContaining('next invoice') })
  expect(await run(staff, 'billing', 'charge', orgId, '--description', 'Training', '--amount', '90', '--as', 'one_off')).toMatchObject({ code: 0, stderr: expect.stringContaining('Made ') })
  expect(await run(staff, 'billing', 'invoices', '--csv')).toMatchObject({ code: 0, stdout: expect.stringContaining(first?.number ?? '-') })
  expect(await run(staff, 'billing', 'sellers')).toMatchObject({ code: 0 })
  const journal = await run(staff, 'billing', 'journal', '--from', '2031-01-01', '--to', '2031-12-31')
  expect(journal.stdout).toContain('receivable')
  expect(await run(staff, 'ledger', 'check')).toMatchObject({ code: 0 })
})

test('an adjustment above the limit wants somebody else\'s word', async () => {
  const ask = (minor: string) => run(staff, 'billing', 'adjust', orgId, '--currency', 'USD', '--description', 'Agreed', '--reason', 'Ticket 812', '--', minor)
  expect(await ask('-1.5')).toMatchObject({ code: 2 })
  expect(await ask('-100000000')).toMatchObject({ code: 0, stderr: expect.stringContaining('requested') })
  const [asked] = await json(staff, 'billing', 'adjustments') as { id: string }[]
  expect((await run(staff, 'billing', 'approve', asked?.id ?? '')).code).not.toBe(0)
  expect(await run(second, 'billing', 'reject', asked?.id ?? '', '--note', 'Too much')).toMatchObject({ code: 0, stderr: expect.stringContaining('rejected') })
})

test('meters are made, priced, put away and brought back', async () => {
  expect(await run(staff, 'meters', 'create', 'api_calls', '--name', 'API calls', '--unit', '1,000 calls', '--per', '1000')).toMatchObject({ code: 0 })
  expect(await run(staff, 'meters', 'create', 'users', '--name', 'Users', '--unit', 'user', '--aggregation', 'unique')).toMatchObject({ code: 2, stderr: expect.stringContaining('field') })
  expect((await run(staff, 'meters', 'list')).stdout).toMatch(/api_calls\s+API calls\s+1,000 calls\s+sum/)
  const priced = await json(staff, 'pricing', 'set', '--currency', 'USD', '--price', '3', '--meter', 'api_calls=0.4') as { id: string }
  expect(await run(staff, 'pricing', 'migrate', priced.id, '--yes')).toMatchObject({ code: 0, stderr: '1 subscriptions move.\n' })
  expect(await run(staff, 'meters', 'archive', 'api_calls', '--yes')).toMatchObject({ code: 0 })
  expect(await run(staff, 'meters', 'restore', 'api_calls')).toMatchObject({ code: 0 })
  expect(await run(staff, 'meters', 'archive', 'vcpu_seconds', '--yes')).toMatchObject({ code: 4 })
})

test('rates by country with their dates, and how an organization is taxed', async () => {
  expect((await run(staff, 'taxes', 'preset', '--country', 'NG')).stdout).toContain('0.075')
  expect(await run(staff, 'taxes', 'add', '--country', 'NG', '--rate', '0.1', '--name', 'VAT', '--from', '2027-01-01')).toMatchObject({ code: 2, stderr: expect.stringContaining('in force') })
  expect(await run(staff, 'taxes', 'add', '--country', 'NG', '--rate', '0.1', '--name', 'VAT', '--from', '2027-01-01', '--ends-present')).toMatchObject({ code: 0 })
  const rates = await json(staff, 'taxes', 'rates', '--country', 'NG') as { id: string; rate: string }[]
  expect(await run(staff, 'taxes', 'end', rates.find(({ rate }) => rate === '0.1')?.id ?? '', '--on', '2028-01-01')).toMatchObject({ code: 0 })
  expect(await run(customer, 'taxes', 'rates')).toMatchObject({ code: 3 })
  expect(await run(customer, 'taxes', 'set-profile', '--business', '--tax-id', 'nonsense')).toMatchObject({ code: 2, stderr: expect.stringContaining('tax_id') })
  expect(await run(customer, 'taxes', 'set-profile')).toMatchObject({ code: 2 })
  expect(await run(customer, 'taxes', 'set-profile', '--region', 'LA')).toMatchObject({ code: 0 })
  expect(await json(customer, 'taxes', 'profile')).toMatchObject({ business: false, region: 'LA' })
})

import { beforeAll, expect, test } from 'vitest'
import { runtime } from '../server/core/runtime.ts'
import { setPlainMail } from '../server/domain/billing/testing/books.ts'
import { makeInvoices } from '../server/domain/reconciliation/testing/bank.ts'
import { makeUser } from '../server/testing/actors.ts'
import { tokenOf, withApi } from '../server/testing/api.ts'
import { withRuntime } from '../server/testing/runtime.ts'
import { withCli } from './testing/run-cli.ts'

withRuntime({ SHELLWEGO_SANDBOX_PORT: 24_031, PORT: 24_030 })
const api = withApi()
const cli = withCli()
let env: Record<string, string>

beforeAll(async () => {
  setPlainMail()
  env = { SHELLWEGO_URL: api.url(), SHELLWEGO_TOKEN: await tokenOf((await makeUser({ staff: true })).actor) }
})
const run = (...args: string[]) => cli.call(args, { env })

test('a payment that came by hand is recorded with its evidence, and the same one is recorded once', async () => {
  const { invoices: [one] } = await makeInvoices([1_000])
  const record = (...more: string[]) => run('invoices', 'record-payment', one?.id ?? '', '--evidence', 'Cash, receipt 4711', '--reference', 'receipt-4711', ...more)
  expect(await record('--amount', '10.00')).toMatchObject({ code: 2, stderr: expect.stringContaining('minor units') as string })
  expect(await record('--amount', '1000')).toMatchObject({ code: 0, stderr: expect.stringContaining('Recorded as pay_') as string })
  expect((await record('--amount', '1000')).code).not.toBe(0)
  expect((await runtime().databases.asSystem('job', (db) => db.invoice.findUniqueOrThrow({ where: { id: one?.id ?? '' } }))).state).toBe('paid')
})

test('where customers transfer to is added, changed and removed', async () => {
  const entity = await runtime().databases.asSystem('job', (db) => db.legalEntity.findFirstOrThrow({ where: { isDefault: true } }))
  const added = await run('transfer-accounts', 'add', '--seller', entity.id, '--currency', 'EUR', '--bank', 'Test Bank', '--name', 'Acme Ltd', '--account', 'DE89370400440532013000', '--json')
  const { id } = JSON.parse(added.stdout) as { id: string }
  expect(await run('transfer-accounts', 'set', id, '--note', 'The reference, nothing else')).toMatchObject({ code: 0 })
  const [kept] = JSON.parse((await run('transfer-accounts', 'list', '--json')).stdout) as object[]
  expect(kept).toMatchObject({ id, bank_name: 'Test Bank', account_number: 'DE89370400440532013000', note: 'The reference, nothing else' })
  expect((await run('transfer-accounts', 'remove', id, '--yes')).code).toBe(0)
  expect((await run('transfer-accounts', 'list')).stderr).toContain('Nobody can pay by bank transfer')
})

test('accounts of a reseller are listed; an unknown provider is refused at its field', async () => {
  const { id } = await runtime().databases.asSystem('job', (db) => db.brand.findFirstOrThrow())
  expect(await run('payment-accounts', 'list', id)).toMatchObject({ code: 0 })
  const refused = await run('payment-accounts', 'add', id, '--provider', 'nobody', '--account', 'acct_1Pq2R3', '--fee-share', '0.05')
  expect([refused.code, refused.stderr]).toEqual([expect.any(Number), expect.stringMatching(/provider|reseller|brand/i)])
  expect(refused.code).not.toBe(0)
})

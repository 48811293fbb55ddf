import { beforeEach, expect, test } from 'vitest'
import { createBankTransferProvider } from '../../../adapters/bank-transfer/bank-transfer-provider.ts'
import { runtime } from '../../../core/runtime.ts'
import { makeUser } from '../../../testing/actors.ts'
import {
  createTransferAccount, deleteTransferAccount, getCheckout, getInvoice, listTransferAccounts, payInvoice, receiveMoney, setProviders, transferTarget,
  updateTransferAccount,
} from '../index.ts'
import { attemptsOf, run, violations, withInvoice, withPayments, type Customer } from '../testing/paying.ts'
import { rails } from '../testing/rails.ts'

withPayments(24_474)
beforeEach(() => setProviders([...rails(), createBankTransferProvider({ targetOf: transferTarget })]))

const ACCOUNT = { bank_name: 'First Bank', account_name: 'Shell Ltd', account_number: 'DE89 3704 0044 0532 0130 00', bic: 'deutdeff', note: '' }
const withAccount = async ({ invoice }: Pick<Customer, 'invoice'>) => {
  const staff = await makeUser({ staff: true })
  const known = (await staff.call(listTransferAccounts, {})).data.find((one) => one.entity_id === invoice.entityId && one.currency === invoice.currency)
  return { staff, account: known ?? await staff.call(createTransferAccount, { legal_entity_id: invoice.entityId, currency: invoice.currency, ...ACCOUNT }) }
}
const arrive = ({ invoice }: Pick<Customer, 'invoice'>, key: string, reference: string, amount: bigint) => runtime().databases.asSystem('job', (db) =>
  receiveMoney(db, { brandId: invoice.brandId, entityId: invoice.entityId, provider: 'bank', reference, amount, currency: invoice.currency, at: new Date(), payer: 'Ada', key }))
const waysOf = async ({ owner, invoice }: Pick<Customer, 'owner' | 'invoice'>) => [
  (await owner.call(getInvoice, { invoice_id: invoice.id })).providers.includes('bank_transfer'),
  (await owner.call(getCheckout, { invoice_id: invoice.id })).ways.some((way) => way.provider === 'bank_transfer'),
]
const begin = ({ owner, invoice }: Pick<Customer, 'owner' | 'invoice'>) => run(owner, payInvoice, { invoice_id: invoice.id, provider: 'bank_transfer' })
const referenceOf = (lines: { label: string; value: string }[]) => lines.find(({ label }) => label === 'Reference')?.value ?? ''

test('offered where the seller has an account for the currency, and only there', async () => {
  const customer = await withInvoice('NGN')
  const { staff } = await withAccount(await withInvoice('USD'))
  expect(await waysOf(customer)).toEqual([false, false])
  await expect(begin(customer)).rejects.toMatchObject({ code: 'rule_violated', errors: [{ pointer: '/provider', code: 'currency_unsupported' }] })
  const account = await staff.call(createTransferAccount, { legal_entity_id: customer.invoice.entityId, currency: 'NGN', ...ACCOUNT, account_number: '0123456789', bic: null })
  expect(await waysOf(customer)).toEqual([true, true])
  await staff.call(deleteTransferAccount, { transfer_account_id: account.id })
  expect(await waysOf(customer)).toEqual([false, false])
})

test('told where to and under which reference; the bank writes it its own way; paid', async () => {
  const customer = await withInvoice()
  await withAccount(customer)
  const { instructions, payment_id: id } = await begin(customer)
  expect(instructions.map(({ label }) => label)).toEqual(['Bank', 'Account name', 'IBAN', 'BIC', 'Amount', 'Reference'])
  expect((await begin(customer)).payment_id).toBe(id)
  const text = `SEPA CR ${referenceOf(instructions).toLowerCase()} ADA LOVELACE`
  expect(await arrive(customer, 'line-1', text, customer.invoice.total)).toMatchObject({ outcome: 'booked', invoiceId: customer.invoice.id })
  expect(await arrive(customer, 'line-1', text, customer.invoice.total)).toEqual({ outcome: 'duplicate' })
  expect((await customer.read())?.state).toBe('paid')
  expect((await attemptsOf(customer.orgId)).map(({ state }) => state).sort()).toEqual(['canceled', 'succeeded'])
  expect(await violations()).toEqual([])
})

test('paid in two parts: the second instructions ask for the rest under the same reference', async () => {
  const customer = await withInvoice()
  await withAccount(customer)
  const first = await begin(customer)
  const half = customer.invoice.total / 2n
  await arrive(customer, 'half-1', referenceOf(first.instructions), half)
  expect((await customer.read())?.state).toBe('partially_paid')
  const second = await begin(customer)
  expect(second.payment_id).not.toBe(first.payment_id)
  expect(referenceOf(second.instructions)).toBe(referenceOf(first.instructions))
  await arrive(customer, 'half-2', referenceOf(second.instructions), customer.invoice.total - half)
  expect((await customer.read())?.state).toBe('paid')
  expect(await violations()).toEqual([])
})

test('a mistyped reference, that of another invoice\'s, and none: the first and last wait for a person', async () => {
  const [customer, other] = [await withInvoice(), await withInvoice()]
  await withAccount(customer)
  const reference = referenceOf((await begin(customer)).instructions)
  const last = Number(reference.at(-1))
  expect(await arrive(customer, 'typo', `${reference.slice(0, -1)}${(last + 1) % 10}`, customer.invoice.total)).toMatchObject({ outcome: 'suspense' })
  expect(await arrive(customer, 'none', 'thank you', customer.invoice.total)).toMatchObject({ outcome: 'suspense' })
  expect(await arrive(customer, 'other', referenceOf((await begin(other)).instructions), other.invoice.total)).toMatchObject({ outcome: 'booked', invoiceId: other.invoice.id })
  expect((await customer.read())?.state).toBe('finalised')
  expect(await violations()).toEqual([])
})

test('an account with a wrong number or BIC, of no currency, of nobody, or twice is refused at its field', async () => {
  const customer = await withInvoice()
  const { staff, account } = await withAccount(customer)
  const create = (change: object) => staff.call(createTransferAccount, { legal_entity_id: customer.invoice.entityId, currency: 'EUR', ...ACCOUNT, ...change })
  const at = (pointer: string, code: string) => ({ code: 'rule_violated', errors: [{ pointer, code }] })
  await expect(create({ account_number: 'DE89 3704 0044 0532 0130 01' })).rejects.toMatchObject(at('/account_number', 'malformed'))
  await expect(create({ bic: 'NOT A BIC' })).rejects.toMatchObject(at('/bic', 'malformed'))
  await expect(create({ currency: 'QQQ' })).rejects.toMatchObject(at('/currency', 'unknown_currency'))
  await expect(create({ currency: 'USD' })).rejects.toMatchObject(at('/currency', 'taken'))
  await expect(create({ legal_entity_id: 'ent_nobody' })).rejects.toMatchObject({ code: 'not_found' })
  const changed = await staff.call(updateTransferAccount, { transfer_account_id: account.id, ...ACCOUNT, note: 'Charges: OUR' }, { precondition: { ifMatch: `"${account.etag}"` } })
  expect(changed).toMatchObject({ account_number: 'DE89370400440532013000', bic: 'DEUTDEFF', note: 'Charges: OUR' })
  await expect(staff.call(updateTransferAccount, { transfer_account_id: account.id, ...ACCOUNT }, { precondition: { ifMatch: `"${account.etag}"` } })).rejects.toMatchObject({ code: 'precondition_failed' })
})

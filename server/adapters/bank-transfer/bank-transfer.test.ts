import { expect, test } from 'vitest'
import { findCreditorReferences, isCreditorReference } from '../../contract/creditor-reference.ts'
import { createBankTransferProvider } from './bank-transfer-provider.ts'

const TARGET = { bankName: 'First Bank', accountName: 'Acme Ltd', accountNumber: 'DE89370400440532013000', bic: 'DEUTDEFF', note: 'Fees are yours', invoiceNumber: 'SWG-2026-000012' }
const ATTEMPT = {
  id: 'pay_0000abcd1234', invoiceId: 'inv_1', amount: { minor: 1_250_050n, currency: 'EUR' }, description: 'Invoice', customerEmail: 'a@b.co', successUrl: 'https://x.example', cancelUrl: 'https://x.example',
  expiresAt: null, phone: null, saveMethod: false, customerRef: null, split: null,
}
const rail = (target: typeof TARGET | null) => createBankTransferProvider({ targetOf: () => Promise.resolve(target) })
const linesOf = async (target: typeof TARGET, attempt = ATTEMPT) => {
  const started = await rail(target).createCheckout(attempt)
  if (started.kind !== 'instructions') throw new Error(started.kind)
  return { providerRef: started.providerRef, lines: Object.fromEntries(started.lines.map(({ label, value }) => [label, value])) }
}

test('the payer is told all that a bank asks for', async () => {
  const { lines } = await linesOf(TARGET)
  expect(lines).toMatchObject({ Bank: 'First Bank', 'Account name': 'Acme Ltd', IBAN: 'DE89 3704 0044 0532 0130 00', BIC: 'DEUTDEFF', Amount: 'EUR 12500.50', Note: 'Fees are yours' })
  expect(isCreditorReference(lines['Reference'] ?? '')).toBe(true)
})

test('what is not set is not shown, and a number that is no IBAN is called a number', async () => {
  const { lines } = await linesOf({ ...TARGET, accountNumber: '0123456789', note: '' })
  expect(Object.keys(lines)).toEqual(['Bank', 'Account name', 'Account number', 'BIC', 'Amount', 'Reference'])
})

test('attempts of one invoice share the reference and no name in our books; another invoice has another', async () => {
  const [first, again, other] = await Promise.all([linesOf(TARGET), linesOf(TARGET, { ...ATTEMPT, id: 'pay_0000abcd9999' }), linesOf({ ...TARGET, invoiceNumber: 'SWG-2026-000013' })])
  expect(again.lines['Reference']).toBe(first.lines['Reference'])
  expect(again.providerRef).not.toBe(first.providerRef)
  expect(other.lines['Reference']).not.toBe(first.lines['Reference'])
  expect(findCreditorReferences(first.providerRef)).toContain((first.lines['Reference'] ?? '').replaceAll(' ', ''))
})

test('a seller without an account for the currency takes none', async () => {
  await expect(rail(null).createCheckout(ATTEMPT)).rejects.toMatchObject({ code: 'currency_unsupported' })
})

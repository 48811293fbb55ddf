/** Bank transfer as a rail: nothing is called. The payer is told where to send the money, it arrives on a statement or by a person's hand. */
import { creditorReference, printedReference } from '../../contract/creditor-reference.ts'
import { minorToDecimal } from '../../contract/money.ts'
import type { CheckoutAttempt, PaymentProvider, StartedCheckout } from '../../domain/payments/ports.ts'
import { PaymentProviderError } from '../../domain/payments/ports.ts'

export type TransferTarget = {
  readonly bankName: string; readonly accountName: string; readonly accountNumber: string; readonly bic: string | null; readonly note: string
  readonly invoiceNumber: string
}
export type BankTransferConfig = {
  /** Null where the seller takes no transfers in the currency of this attempt. */
  readonly targetOf: (attemptId: string) => Promise<TransferTarget | null>
}

const isIban = (number: string): boolean => /^[A-Z]{2}\d{2}[A-Z0-9]{11,30}$/.test(number)
const inGroups = (number: string): string => (isIban(number) ? number.replace(/(.{4})(?=.)/g, '$1 ') : number)

/** Several attempts of one invoice have one reference on paper, and a name each in our books. */
const refOf = (reference: string, attemptId: string): string => `${reference}/${attemptId.slice(-8)}`

function instructionsFor({ id, amount }: CheckoutAttempt, target: TransferTarget): StartedCheckout {
  const reference = creditorReference(target.invoiceNumber)
  const { bankName, accountName, accountNumber, bic, note } = target
  return {
    kind: 'instructions', providerRef: refOf(reference, id),
    lines: [
      { label: 'Bank', value: bankName }, { label: 'Account name', value: accountName }, { label: isIban(accountNumber) ? 'IBAN' : 'Account number', value: inGroups(accountNumber) },
      ...(bic === null ? [] : [{ label: 'BIC', value: bic }]), { label: 'Amount', value: `${amount.currency} ${minorToDecimal(amount.minor, amount.currency)}` },
      { label: 'Reference', value: printedReference(reference) }, ...(note === '' ? [] : [{ label: 'Note', value: note }]),
    ],
  }
}

export function createBankTransferProvider({ targetOf }: BankTransferConfig): PaymentProvider {
  return {
    name: 'bank_transfer',
    label: 'Bank transfer',
    capabilities: {
      currencies: null, minimums: {}, hasEventId: false, sendsFailures: false, checkout: 'instructions', savesMethods: false, refunds: 'none', disputes: false, payouts: false, splits: false,
    },
    async createCheckout(attempt) {
      const target = await targetOf(attempt.id)
      if (target === null) throw new PaymentProviderError('currency_unsupported', `This seller takes no bank transfers in ${attempt.amount.currency}.`)
      return instructionsFor(attempt, target)
    },
    fetchPayment: () => Promise.resolve(null),
    refund: () => Promise.reject(new PaymentProviderError('provider_refused', 'Transfers are sent back by hand')),
    health: () => Promise.resolve({ ok: true, detail: 'nothing is called' }),
    parseWebhook: () => Promise.resolve({ ok: false, reason: 'malformed' }),
  }
}

import { SECRETS } from '../../sandbox/providers/testing/harness.ts'
import type { ContractSubject } from '../testing/provider-contract.ts'
import { describeProviderContract } from '../testing/provider-contract.ts'
import { createPaystackProvider } from './paystack-provider.ts'
import { paystackSignature } from './webhook.ts'

const sign = (body: string) => ({ rawBody: Buffer.from(body), headers: { 'x-paystack-signature': paystackSignature(Buffer.from(body), SECRETS.paystackSecretKey) } })
const card = (number: string) => ({ card: number })

const paystack: ContractSubject = {
  name: 'paystack', sharedAccount: 'ACCT_reseller', keepsPartOnRefund: true,
  rail: ({ port }, key) => createPaystackProvider({ secretKey: key === 'right' ? SECRETS.paystackSecretKey : 'sk_test_wrong', baseUrl: `http://127.0.0.1:${port}` }),
  amount: { minor: 1_250_000n, currency: 'NGN' },
  units: [
    { minor: 700n, currency: 'XOF', sent: 70_000 }, { minor: 10n, currency: 'GHS', sent: 10 }, { minor: 200n, currency: 'USD', sent: 200 }, { minor: 30_001n, currency: 'KES', sent: 30_001 },
  ],
  sentOf: (checkout) => checkout['amount'],
  checkoutKind: 'transaction', startedTwice: 'one', findsByAttempt: true, retriesInCheckout: true,
  declines: [
    ['decline', 'card_declined'], [card('4084080000670037'), 'insufficient_funds'], [card('507850785078507853'), 'invalid_method'],
    [{ card: '4084080000000409', authentication: 'fail' }, 'authentication_required'], [card('1'), 'invalid_method'],
  ],
  saved: [
    ['success', 'succeeded', null], [card('5060666666666666666'), 'failed', 'invalid_method'], [card('4084080000001111'), 'failed', 'insufficient_funds'],
    [{ card: '4084080000000409', authentication: 'pass' }, 'requires_action', 'authentication_required'],
  ],
  failingRefund: card('4084080000671803'),
  signsBody: true,
  forge: ({ rawBody }) => ({ rawBody, headers: { 'x-paystack-signature': '0'.repeat(128) } }),
  otherMode: ({ rawBody }) => sign(rawBody.toString().replaceAll('"domain":"test"', '"domain":"live"')),
  malformed: (_harness, body) => sign(body),
}

describeProviderContract(paystack)

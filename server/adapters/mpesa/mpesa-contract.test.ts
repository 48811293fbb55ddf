import { SECRETS } from '../../sandbox/providers/testing/harness.ts'
import type { ContractSubject } from '../testing/provider-contract.ts'
import { describeProviderContract } from '../testing/provider-contract.ts'
import { callbackToken } from './callback.ts'
import { createMpesaProvider } from './mpesa-provider.ts'

/** The stand-in's phone: a number here is what the network answers instead of the payer. */
const result = (code: string) => ({ card: code })

const mpesa: ContractSubject = {
  name: 'mpesa',
  rail: ({ port, hooks }, key) => createMpesaProvider({
    ...SECRETS.mpesa, consumerSecret: key === 'right' ? SECRETS.mpesa.consumerSecret : 'wrong', callbackSecrets: ['callback secret', 'an older one'], callbackUrl: `${hooks}/mpesa`,
    baseUrl: `http://127.0.0.1:${port}`,
  }),
  amount: { minor: 125_000n, currency: 'KES' }, phone: '+254712345678',
  units: [{ minor: 100n, currency: 'KES' }, { minor: 25_000_000n, currency: 'KES' }],
  checkoutKind: 'prompt', startedTwice: 'one', findsByAttempt: false, retriesInCheckout: false,
  declines: [
    ['decline', 'cancelled_by_payer'], [result('1'), 'insufficient_funds'], [result('1037'), 'timeout'], [result('2001'), 'authentication_required'], [result('17'), 'processing_error'],
  ],
  signsBody: false,
  forge: ({ rawBody }) => ({ rawBody, headers: { 'x-hook-token': callbackToken('somebody else\'s', 'pay_1', 1250) } }),
  malformed: (_harness, body) => ({ rawBody: Buffer.from(body), headers: { 'x-hook-token': callbackToken('an older one', 'pay_1', 1250) } }),
}

describeProviderContract(mpesa)

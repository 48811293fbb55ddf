import { SECRETS } from '../../sandbox/providers/testing/harness.ts'
import type { ContractSubject } from '../testing/provider-contract.ts'
import { describeProviderContract } from '../testing/provider-contract.ts'
import { createFlutterwaveProvider } from './flutterwave-provider.ts'

const card = (number: string) => ({ card: number })

const flutterwave: ContractSubject = {
  name: 'flutterwave', sharedAccount: 'RS_SANDBOX',
  rail: ({ port }, key) => createFlutterwaveProvider({
    secretKey: key === 'right' ? SECRETS.flutterwaveSecretKey : 'FLWSECK_TEST-wrong-X', secretHashes: ['an older hash', SECRETS.flutterwaveSecretHash], baseUrl: `http://127.0.0.1:${port}`,
  }),
  amount: { minor: 1_250_000n, currency: 'NGN' },
  units: [
    { minor: 700n, currency: 'XOF' }, { minor: 12_345n, currency: 'UGX' }, { minor: 1999n, currency: 'USD' }, { minor: 110n, currency: 'GHS' }, { minor: 30_001n, currency: 'KES' },
    { minor: 99_999_999_999_901n, currency: 'NGN' },
  ],
  checkoutKind: 'order', startedTwice: 'one', findsByAttempt: true, retriesInCheckout: true, unseenUntilTried: true, silentDisputes: true, silentRefunds: true,
  declines: [
    ['decline', 'card_declined'], [card('5258585922666506'), 'insufficient_funds'], [card('5551651630381384'), 'expired_card'],
    [{ card: '5590131743294314', authentication: 'fail' }, 'authentication_required'], [card('1'), 'card_declined'],
  ],
  saved: [
    ['success', 'succeeded', null], [card('5399838383838381'), 'failed', 'insufficient_funds'], [{ card: '5590131743294314', authentication: 'pass' }, 'succeeded', null],
    [{ card: '4242424242424242', authentication: 'pass' }, 'requires_action', 'authentication_required'],
  ],
  signsBody: false,
  forge: ({ rawBody }) => ({ rawBody, headers: { 'verif-hash': 'another hash' } }),
  malformed: (_harness, body) => ({ rawBody: Buffer.from(body), headers: { 'verif-hash': SECRETS.flutterwaveSecretHash } }),
}

describeProviderContract(flutterwave)

import { createHmac } from 'node:crypto'
import { SECRETS } from '../../sandbox/providers/testing/harness.ts'
import type { ContractSubject } from '../testing/provider-contract.ts'
import { describeProviderContract } from '../testing/provider-contract.ts'
import { createStripeProvider } from './stripe-provider.ts'

const sign = (body: string) => {
  const time = Math.floor(Date.now() / 1000)
  const signature = createHmac('sha256', SECRETS.stripeWebhookSecret).update(`${time}.${body}`).digest('hex')
  return { rawBody: Buffer.from(body), headers: { 'stripe-signature': `t=${time},v1=${signature}` } }
}
const card = (number: string) => ({ card: number })

const stripe: ContractSubject = {
  name: 'stripe', sharedAccount: 'acct_1Reseller',
  rail: ({ port }, key) => createStripeProvider({
    secretKey: key === 'right' ? SECRETS.stripeApiKey : 'sk_test_wrong', webhookSecrets: ['whsec_old', SECRETS.stripeWebhookSecret], endpoint: { host: '127.0.0.1', port, protocol: 'http' },
  }),
  amount: { minor: 12_500n, currency: 'USD' },
  units: [
    { minor: 5000n, currency: 'JPY', sent: 5000 }, { minor: 37_000n, currency: 'UGX', sent: 3_700_000 }, { minor: 1230n, currency: 'KWD', sent: 1230 },
    { minor: 1200n, currency: 'MGA', sent: 12 }, { minor: 500n, currency: 'XOF', sent: 500 }, { minor: 50n, currency: 'USD', sent: 50 },
  ],
  sentOf: (checkout) => checkout['amount_total'],
  checkoutKind: 'checkout.session', startedTwice: 'one', findsByAttempt: true, retriesInCheckout: true,
  declines: [
    ['decline', 'card_declined'], [card('4000000000009995'), 'insufficient_funds'], [card('4000000000009987'), 'lost_or_stolen'], [card('4000000000009979'), 'lost_or_stolen'],
    [card('4000000000000069'), 'expired_card'], [card('4000000000000127'), 'invalid_method'], [card('4000000000000119'), 'processing_error'],
    [card('4000000000006975'), 'limit_exceeded'], [{ card: '4000002760003184', authentication: 'fail' }, 'authentication_required'], [card('1'), 'invalid_method'],
  ],
  saved: [
    ['success', 'succeeded', null], [{ card: '4000002500003155', authentication: 'pass' }, 'succeeded', null],
    [{ card: '4000002760003184', authentication: 'pass' }, 'requires_action', 'authentication_required'], [card('4000000000000341'), 'failed', 'card_declined'],
    [{ card: '4000008260003178', authentication: 'pass' }, 'failed', 'insufficient_funds'],
  ],
  failingRefund: card('4000000000005126'),
  signsBody: true,
  forge: ({ rawBody }) => ({ rawBody, headers: { 'stripe-signature': `t=${Math.floor(Date.now() / 1000)},v1=${'0'.repeat(64)}` } }),
  otherMode: ({ rawBody }) => sign(JSON.stringify({ ...JSON.parse(rawBody.toString()) as object, livemode: true })),
}

describeProviderContract(stripe)

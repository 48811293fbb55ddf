import type { Checkout } from '../../_lib/wire.ts'

/** Where a payer stands. Derived from what the server says, so that two tabs, a back button and a closed tab agree. */
export type PayStep =
  | 'choose' | 'opening' | 'at_provider' | 'confirm_on_phone' | 'transfer' | 'checking' | 'requires_action' | 'failed' | 'paid' | 'closed'

export interface PayFacts {
  checkout: Pick<Checkout, 'status' | 'amount_due' | 'payment'>
  /** A payment is being opened by this page. */
  opening: boolean
  /** The payment the provider sent the payer back from. */
  returned: string | null
  /** The payment the payer turned away from, to choose another way. */
  dismissed: string | null
  now: number
}

/** How long a phone waits for its owner. */
export const PUSH_MS = 120_000

const PAYABLE = new Set(['open', 'overdue', 'partially_paid'])

export const pushLeftMs = (createdAt: string, now: number): number => Math.max(0, Date.parse(createdAt) + PUSH_MS - now)

export const payStep = ({ checkout, opening, returned, dismissed, now }: PayFacts): PayStep => {
  const { status, amount_due: due, payment } = checkout
  if (status === 'paid' || (PAYABLE.has(status) && due.amount <= 0)) return 'paid'
  if (!PAYABLE.has(status)) return 'closed'
  if (opening) return 'opening'
  if (payment?.state === 'processing') return 'checking'
  if (payment === null || payment.id === dismissed) return 'choose'
  return stepOf(payment, returned, now)
}

const stepOf = (payment: NonNullable<Checkout['payment']>, returned: string | null, now: number): PayStep => {
  switch (payment.state) {
    case 'created':
    case 'pending':
      if (payment.way === 'push') return pushLeftMs(payment.created_at, now) > 0 ? 'confirm_on_phone' : 'checking'
      if (payment.way === 'instructions') return 'transfer'
      if (payment.id === returned) return 'checking'
      return payment.checkout_url === null ? 'choose' : 'at_provider'
    case 'requires_action': return 'requires_action'
    case 'failed':
    case 'canceled':
    case 'expired': return 'failed'
    default: return 'choose'
  }
}

/** Asked again this often while something may happen without the payer; null: nothing will. */
export const pollMs = (step: PayStep): number | null => {
  if (step === 'checking' || step === 'confirm_on_phone') return 2_000
  return step === 'paid' || step === 'closed' ? null : 5_000
}

const RAIL = 'shellwego.pay.rail'

/** Where a currency has ways of its own, people look for those before cards from abroad. */
const HOME = new Map([['KES', ['mpesa']], ['NGN', ['paystack', 'flutterwave']]])

export const inHomeOrder = (ways: Checkout['ways'], currency: string): Checkout['ways'] => {
  const home = HOME.get(currency) ?? []
  const rank = ({ provider }: Checkout['ways'][number]): number => (home.includes(provider) ? home.indexOf(provider) : home.length)
  return ways.toSorted((a, b) => rank(a) - rank(b))
}

/** The way paid by last on this device, where it is offered; else the first that takes the sum. */
export const firstChoice = (ways: Checkout['ways'], remembered: string | null): string => {
  const open = ways.filter((way) => way.minimum === null)
  return (open.find((way) => way.provider === remembered) ?? open[0])?.provider ?? ''
}

/** The stored card to begin with: not the one that was just refused. Null: none is left, another way is better. */
export const firstMethod = <M extends { id: string }>(methods: readonly M[], { payment }: Pick<Checkout, 'payment'>): M | null =>
  methods.find(({ id }) => payment?.state !== 'failed' || id !== payment.payment_method_id) ?? null

export const rememberRail = (provider: string): void => {
  try {
    localStorage.setItem(RAIL, provider)
  } catch { /* Private windows may refuse: then nothing is remembered. */ }
}

export const rememberedRail = (): string | null => {
  try {
    return localStorage.getItem(RAIL)
  } catch {
    return null
  }
}

/** Country codes of the currencies that people pay by phone in. */
const CODES = new Map([['KES', '254'], ['TZS', '255'], ['UGX', '256'], ['RWF', '250'], ['GHS', '233'], ['NGN', '234'], ['ZAR', '27'], ['PHP', '63'], ['INR', '91']])

/** What was typed as the server takes it, `+254712345678`; null when it is no number. People write spaces, dashes, and a local 0. */
export const phoneNumber = (typed: string, currency: string): string | null => {
  const bare = typed.replace(/[\s().-]/g, '').replace(/^00/, '+')
  const code = CODES.get(currency) ?? ''
  const local = code !== '' && bare.startsWith('0') ? `+${code}${bare.slice(1)}` : bare
  const full = code !== '' && local.startsWith(code) ? `+${local}` : local
  return /^\+[1-9]\d{6,14}$/.test(full) ? full : null
}

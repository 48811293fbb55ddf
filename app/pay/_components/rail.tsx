import { CreditCard, Landmark, Smartphone, Wallet, type LucideIcon } from 'lucide-react'
import { failureWords } from '../../../server/contract/payment-words.ts'
import type { Checkout } from '../../_lib/wire.ts'

type Way = Checkout['ways'][number]

const details = new Map<string, string>([
  ['stripe', 'Card, on Stripe’s own page'],
  ['paystack', 'Card, bank or USSD, on Paystack’s own page'],
  ['flutterwave', 'Card, bank or mobile money, on Flutterwave’s own page'],
  ['mpesa', 'You confirm with your PIN on your phone'],
])
const byKind: Record<Way['kind'], string> = {
  redirect: 'On the provider’s own page', push: 'You confirm on your phone', instructions: 'You send it from your bank; it takes one to three working days',
}
export const railDetail = ({ provider, kind }: Pick<Way, 'provider' | 'kind'>): string => details.get(provider) ?? byKind[kind]

const icons: Record<Way['kind'], LucideIcon> = { redirect: CreditCard, push: Smartphone, instructions: Landmark }

/** Drawn by us: what the payer will hold in the hand, not a trade mark. */
export function RailMark({ kind, className = 'size-5' }: { kind: Way['kind'] | 'wallet'; className?: string }) {
  const Icon = kind === 'wallet' ? Wallet : icons[kind]
  return <Icon aria-hidden className={className} strokeWidth={1.75} />
}

/** "The payment did not go through: …" and what to do about it. */
export function Failure({ code }: { code: string | null }) {
  const { reason, advice, held } = failureWords(code)
  return (
    <>
      The payment did not go through: {reason}. {held === true ? null : 'No money was taken.'} <span className="block">{advice}</span>
    </>
  )
}

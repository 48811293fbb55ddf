import { failureWords, methodName } from '../../../../../../server/contract/payment-words.ts'
import type { PaymentMethod, PaymentSettings } from '../../../../../_lib/wire.ts'
import type { StatusLook } from '../../../../../_ui/status.tsx'

/** `12/27`, as it is printed on the card. */
export const expiryText = ({ expires }: Pick<PaymentMethod, 'expires'>): string | null =>
  (expires === null ? null : `${String(expires.month).padStart(2, '0')}/${String(expires.year).slice(-2)}`)

/** Good until the end of its month; in its last month and the one before it says so. */
export const methodLook = ({ state, expires }: Pick<PaymentMethod, 'state' | 'expires'>, now: Date): StatusLook | null => {
  if (state === 'broken') return { tone: 'bad', word: 'Refused by the bank' }
  if (state === 'expired') return { tone: 'bad', word: 'Expired' }
  if (expires === null) return null
  const monthsLeft = (expires.year - now.getUTCFullYear()) * 12 + expires.month - 1 - now.getUTCMonth()
  return monthsLeft <= 1 ? { tone: 'attention', word: 'Expires soon' } : null
}

export const brokenWords = ({ failure_code: code }: Pick<PaymentMethod, 'failure_code'>): string => {
  const { reason } = failureWords(code)
  return `${reason.slice(0, 1).toUpperCase()}${reason.slice(1)}. Add another one.`
}

type Removed = Pick<PaymentMethod, 'id' | 'default' | 'state' | 'brand' | 'last4'>

/** What removing it does to what is paid by itself; null when nothing depends on it. */
export const removalWarning = (method: Removed, all: readonly Removed[], settings: Pick<PaymentSettings, 'auto_pay' | 'top_up'> | undefined): string | null => {
  if (!method.default || settings === undefined || (!settings.auto_pay && settings.top_up === null)) return null
  const next = all.find((one) => one.id !== method.id && one.state === 'active')
  if (next) return `Invoices are paid from it. From now on ${methodName(next)} is charged instead.`
  return 'Invoices are paid from it, and there is no other. Until you add one, each invoice has to be paid by hand.'
}

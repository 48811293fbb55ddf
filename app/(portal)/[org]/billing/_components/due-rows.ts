import { day, money, plural } from '../../../../_lib/format.ts'
import type { InvoiceSummary, Money } from '../../../../_lib/wire.ts'

type Open = Pick<InvoiceSummary, 'status' | 'amount_due' | 'due_at' | 'kind'>

/** Orders of credit wait for their payer; nobody owes them. */
const owed = <T extends Open>(invoices: readonly T[]): T[] => invoices.filter(({ kind, amount_due: due }) => kind !== 'credit_purchase' && kind !== 'pro_forma' && due.amount > 0)

export interface DueNotice<T> { tone: 'bad' | 'attention'; title: string; detail: string; next: T }

const total = (invoices: readonly Open[]): Money | null => {
  const [first] = invoices
  return first === undefined ? null : { amount: invoices.reduce((sum, { amount_due: due }) => sum + due.amount, 0), currency: first.amount_due.currency }
}

/** What to say of unpaid invoices, most pressing first; null when nothing is owed. */
export const dueNotice = <T extends Open>(invoices: readonly T[]): DueNotice<T> | null => {
  const open = owed(invoices).toSorted((a, b) => (a.due_at ?? '9').localeCompare(b.due_at ?? '9'))
  const overdue = open.filter(({ status }) => status === 'overdue')
  const [next] = overdue.length > 0 ? overdue : open
  const sum = total(overdue.length > 0 ? overdue : open)
  if (!next || !sum) return null
  const when = next.due_at === null ? '' : day(next.due_at)
  if (overdue.length > 0) {
    return { tone: 'bad', title: `${money(sum)} overdue`, detail: `${plural(overdue.length, 'invoice')}, the oldest due on ${when}. Pay now to keep your apps running.`, next }
  }
  return { tone: 'attention', title: `${money(sum)} to pay`, detail: when === '' ? plural(open.length, 'invoice') : `${plural(open.length, 'invoice')}, the next due on ${when}.`, next }
}

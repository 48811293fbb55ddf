import { creditorReference } from '../../../contract/creditor-reference.ts'

export interface OpenInvoice { id: string; orgId: string; number: string; outstanding: bigint; currency: string; buyer: string; dueAt: number }
/** An account that paid for this organization before. */
export interface KnownPayer { account: string; orgId: string }

/** Everything a statement is compared with, looked up by what a line may say. */
export interface Book {
  byReference: ReadonlyMap<string, OpenInvoice>
  byNumber: ReadonlyMap<string, OpenInvoice>
  byAmount: ReadonlyMap<string, readonly OpenInvoice[]>
  byOrg: ReadonlyMap<string, readonly OpenInvoice[]>
  /** By account, else by a name that only one customer has. */
  payerOf(account: string, name: string): string | null
  /** Oldest debt first, whatever order they were found in. */
  inOrder(invoices: readonly OpenInvoice[]): OpenInvoice[]
  /** Lines of one file may pay the same invoice: what was booked is owed no more. */
  paid(shares: readonly { invoiceId: string; amount: bigint }[]): void
}

const compact = (text: string): string => text.toUpperCase().replaceAll(/[^A-Z0-9]/g, '')
const nameOf = (text: string): string => text.normalize('NFKD').toLowerCase().replaceAll(/[^\p{L}\p{N}]+/gu, '')

/** Words of letters and digits, and up to five neighbours written together: `SWG 2026/000012` holds `SWG2026000012`. */
export const wordsOf = (text: string): string[] => {
  const words = text.toUpperCase().split(/[^A-Z0-9]+/).filter((word) => word !== '').slice(0, 200)
  return words.flatMap((_, from) => Array.from({ length: Math.min(5, words.length - from) }, (__, more) => words.slice(from, from + more + 1).join('')))
}

const referenceOf = (number: string): string | null => {
  try { return creditorReference(number) } catch { return null }
}

export const bookOf = (loaded: readonly OpenInvoice[], payers: readonly KnownPayer[]): Book => {
  const invoices = loaded.map((invoice) => ({ ...invoice }))
  const byId = new Map(invoices.map((invoice) => [invoice.id, invoice]))
  const inOrder = (list: readonly OpenInvoice[]) =>
    list.filter((one) => one.outstanding > 0n).sort((a, b) => a.dueAt - b.dueAt || (a.id < b.id ? -1 : 1))
  const accounts = Map.groupBy(payers.filter((payer) => payer.account !== ''), (payer) => payer.account)
  const names = Map.groupBy(invoices, (invoice) => nameOf(invoice.buyer))
  const only = (orgs: readonly { orgId: string }[] | undefined): string | null => {
    const found = new Set(orgs?.map((one) => one.orgId))
    return found.size === 1 ? [...found][0] ?? null : null
  }
  return {
    byReference: new Map(invoices.flatMap((invoice) => {
      const reference = referenceOf(invoice.number)
      return reference === null ? [] : [[reference, invoice] as const]
    })),
    byNumber: new Map(invoices.map((invoice) => [compact(invoice.number), invoice])),
    byAmount: Map.groupBy(invoices, (invoice) => `${invoice.currency}:${invoice.outstanding}`),
    byOrg: Map.groupBy(invoices, (invoice) => invoice.orgId),
    payerOf: (account, name) => only(accounts.get(account)) ?? (nameOf(name).length < 4 ? null : only(names.get(nameOf(name)))),
    inOrder,
    paid: (shares) => {
      for (const { invoiceId, amount } of shares) {
        const invoice = byId.get(invoiceId)
        if (invoice) invoice.outstanding -= amount
      }
    },
  }
}

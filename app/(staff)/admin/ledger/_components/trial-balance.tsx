'use client'
import { count } from '../../../../_lib/format.ts'
import { paths } from '../../../../_lib/paths.ts'
import type { AccountBalance } from '../../../../_lib/wire.ts'
import type { Money as Value } from '../../../../_lib/wire.ts'
import { Money } from '../../../../_ui/money.tsx'
import { Section } from '../../../../_ui/page.tsx'
import { EmptyState } from '../../../../_ui/states.tsx'
import { Status } from '../../../../_ui/status.tsx'
import { Table, type Column } from '../../../../_ui/table.tsx'

type Totals = { brand_id: string; entity_id: string | null; entity_name: string | null; debit: Value; credit: Value; balance: Value }
type Books = { data: AccountBalance[]; totals: Totals[]; balanced: boolean }

const side = (row: AccountBalance, sign: 1 | -1) =>
  row.balance.amount * sign > 0 ? <Money value={{ amount: Math.abs(row.balance.amount), currency: row.balance.currency }} /> : null

const columns: ReadonlyArray<Column<AccountBalance>> = [
  { id: 'account', title: 'Account', cell: (row) => accountName(row.account) },
  { id: 'class', title: 'Class', cell: (row) => row.class },
  { id: 'entries', title: 'Entries', align: 'end', cell: (row) => count(row.entries) },
  { id: 'debit', title: 'Debit', align: 'end', cell: (row) => side(row, 1) },
  { id: 'credit', title: 'Credit', align: 'end', cell: (row) => side(row, -1) },
]

/** `cash_in_transit:stripe` -> `Cash in transit, stripe`. */
export const accountName = (account: string): string => {
  const [name = '', part] = account.split(':')
  const words = name.replaceAll('_', ' ')
  return words.charAt(0).toUpperCase() + words.slice(1) + (part === undefined ? '' : `, ${part}`)
}

function OneSeller({ total, rows, title, at }: { total: Totals; rows: readonly AccountBalance[]; title: string; at: string | undefined }) {
  const href = (row: AccountBalance) =>
    `${paths.adminLedgerEntries}?${new URLSearchParams({ account: row.account, currency: row.balance.currency, brand: row.brand_id, ...(row.entity_id === null ? {} : { seller: row.entity_id }), ...(at ? { to: at } : {}) })}`
  return (
    <Section
      title={title}
      action={
        <span className="flex flex-wrap items-center gap-3 text-13 text-muted">
          Debit <Money value={total.debit} /> Credit <Money value={total.credit} />
          <Status tone={total.balance.amount === 0 ? 'good' : 'bad'} word={total.balance.amount === 0 ? 'balanced' : 'off balance'} />
        </span>
      }>
      <Table caption={`Trial balance of ${title}`} columns={columns} rows={rows} rowKey={(row) => row.account} rowHref={href} />
    </Section>
  )
}

export function TrialBalance({ books, at, names }: { books: Books; at: string | undefined; names: ReadonlyMap<string, string> }) {
  if (books.totals.length === 0) return <EmptyState title="Nothing is booked">The first finalised invoice opens the books.</EmptyState>
  return (
    <>
      {books.totals.map((total) => (
        <OneSeller
          key={`${total.brand_id} ${total.entity_id ?? ''} ${total.balance.currency}`}
          total={total}
          at={at}
          title={[total.entity_name ?? names.get(total.brand_id) ?? total.brand_id, total.balance.currency].join(' · ')}
          rows={books.data.filter(
            (row) => row.brand_id === total.brand_id && row.entity_id === total.entity_id && row.balance.currency === total.balance.currency,
          )}
        />
      ))}
    </>
  )
}

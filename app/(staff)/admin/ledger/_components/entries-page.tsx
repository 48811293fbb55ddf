'use client'
import { useInfiniteQuery } from '@tanstack/react-query'
import Link from 'next/link'
import { useState } from 'react'
import { instant } from '../../../../_lib/format.ts'
import { paths } from '../../../../_lib/paths.ts'
import { useTRPC } from '../../../../_lib/trpc.tsx'
import type { LedgerLine } from '../../../../_lib/wire.ts'
import { Button } from '../../../../_ui/button.tsx'
import { FilterBar, useFilters } from '../../../../_ui/filter-bar.tsx'
import { Money } from '../../../../_ui/money.tsx'
import { PageHeader } from '../../../../_ui/page.tsx'
import { EmptyState } from '../../../../_ui/states.tsx'
import type { Column } from '../../../../_ui/table.tsx'
import { PagedList } from '../../_components/paged-list.tsx'
import { TransactionDialog } from './transaction-dialog.tsx'
import { accountName } from './trial-balance.tsx'

const columnsOf = (single: boolean, open: (id: string) => void): ReadonlyArray<Column<LedgerLine>> => [
  { id: 'at', title: 'Booked for', cell: (row) => instant(row.at) },
  {
    id: 'what',
    title: 'What',
    cell: (row) => (
      <Button size="sm" look="quiet" className="-ms-2.5 h-7 max-w-full font-normal" onClick={() => open(row.transaction_id)}>
        <span className="truncate">{row.description}</span>
      </Button>
    ),
  },
  ...(single ? [] : [{ id: 'account', title: 'Account', cell: (row: LedgerLine) => accountName(row.account) }]),
  {
    id: 'org',
    title: 'Customer',
    cell: (row) =>
      row.organization_id === null ? null : (
        <Link className="link text-13" href={`${paths.adminLedgerEntries}?organization=${row.organization_id}`}>
          <code>{row.organization_id}</code>
        </Link>
      ),
  },
  { id: 'amount', title: 'Amount', align: 'end', cell: (row) => <Money value={row.amount} /> },
  ...(single ? [{ id: 'balance', title: 'Balance', align: 'end' as const, cell: (row: LedgerLine) => (row.balance === null ? null : <Money value={row.balance} />) }] : []),
]

/** An account's page, or a customer's: every entry, and with one account in one currency the balance after it. */
export function EntriesPage() {
  const filters = useFilters()
  const [shown, setShown] = useState<string | null>(null)
  const wanted = { account: filters.get('account'), currency: filters.get('currency'), brand_id: filters.get('brand'), organization_id: filters.get('organization') }
  const filter = Object.fromEntries(Object.entries(wanted).filter(([, value]) => value !== ''))
  const [to, seller] = [filters.get('to'), filters.get('seller')]
  const query = useInfiniteQuery(
    useTRPC().books.entries.infiniteQueryOptions(
      { limit: 50, filter, ...(to === '' ? {} : { to }), ...(seller === '' ? {} : { entity_id: seller }) },
      { getNextPageParam: (last) => last.pagination.next_cursor },
    ),
  )
  const single = wanted.account !== '' && wanted.currency !== ''
  return (
    <>
      <PageHeader
        title={wanted.account === '' ? 'Entries' : accountName(wanted.account)}
        above={
          <Link className="link" href={paths.adminLedger}>
            Ledger
          </Link>
        }
        facts={[wanted.currency, wanted.organization_id, seller, to === '' ? '' : `until ${instant(to)}`].filter((part) => part !== '').join(' · ')}
      />
      <FilterBar search={{ name: 'organization', label: 'Customer, by id' }} />
      <PagedList
        query={query} caption="Ledger entries" noun="entries" columns={columnsOf(single, setShown)} rowKey={(row) => row.id}
        empty={<EmptyState title="Nothing is booked">The first finalised invoice opens the books.</EmptyState>}
      />
      {shown === null ? null : <TransactionDialog id={shown} onClose={() => setShown(null)} />}
    </>
  )
}

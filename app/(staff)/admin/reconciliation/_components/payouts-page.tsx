'use client'
import { useInfiniteQuery } from '@tanstack/react-query'
import Link from 'next/link'
import { railName } from '../../../../../server/contract/payment-words.ts'
import { day } from '../../../../_lib/format.ts'
import { paths } from '../../../../_lib/paths.ts'
import { useTRPC } from '../../../../_lib/trpc.tsx'
import type { Payout } from '../../../../_lib/wire.ts'
import { FilterBar, useFilters } from '../../../../_ui/filter-bar.tsx'
import { Money } from '../../../../_ui/money.tsx'
import { PageHeader } from '../../../../_ui/page.tsx'
import { EmptyState } from '../../../../_ui/states.tsx'
import { Status } from '../../../../_ui/status.tsx'
import type { Column } from '../../../../_ui/table.tsx'
import { PagedList } from '../../_components/paged-list.tsx'

const looks = { matched: { tone: 'good', word: 'Adds up' }, mismatch: { tone: 'bad', word: 'Does not add up' } } as const
const isState = (value: string): value is Payout['state'] => value in looks

/** A sum of nothing still does not add up where a payment in it is unknown here. */
function Unexplained({ row }: { row: Payout }) {
  return (
    <div className="text-bad">
      {row.difference.amount === 0 ? 'A payment we do not know' : <Money value={row.difference} />}
      <p className="text-12"><Link className="link" href={`${paths.adminReconciliation}?kind=payout_mismatch`}>What to look at</Link></p>
    </div>
  )
}

const columns: ReadonlyArray<Column<Payout>> = [
  { id: 'at', title: 'Arrived', cell: (row) => day(row.arrived_at) },
  { id: 'by', title: 'Provider', cell: (row) => railName(row.provider) },
  { id: 'state', title: 'State', cell: (row) => <div><Status {...looks[row.state]} /><p className="text-12 text-muted">{row.bank_line_id === null ? 'Not on a statement yet' : 'On the statement'}</p></div> },
  { id: 'payments', title: 'Payments', align: 'end', cell: (row) => <Money value={row.payments} /> },
  { id: 'fees', title: 'Fees', align: 'end', cell: (row) => <Money value={row.fees} /> },
  { id: 'refunds', title: 'Refunds, withheld', align: 'end', cell: (row) => <Money value={row.refunds} /> },
  { id: 'difference', title: 'Unexplained', align: 'end', cell: (row) => (row.state === 'matched' ? null : <Unexplained row={row} />) },
  { id: 'amount', title: 'Payout', align: 'end', cell: (row) => <Money value={row.amount} /> },
]

/** Payments less fees less refunds is what a provider sends to the bank. */
export function PayoutsPage() {
  const filters = useFilters()
  const state = filters.get('state')
  const query = useInfiniteQuery(useTRPC().reconciliation.payouts.infiniteQueryOptions(
    { limit: 50, filter: isState(state) ? { state } : {} }, { getNextPageParam: (last) => last.pagination.next_cursor },
  ))
  return (
    <>
      <PageHeader title="Payouts" />
      <FilterBar selects={[{ name: 'state', label: 'Any state', options: Object.entries(looks).map(([value, look]) => ({ value, label: look.word })) }]} />
      <PagedList
        query={query} caption="Payouts" noun="payouts" columns={columns} rowKey={(row) => row.id}
        empty={<EmptyState title="No payout yet">When a provider sends money to your bank, it is compared here with the payments in it.</EmptyState>}
      />
    </>
  )
}

'use client'
import { useInfiniteQuery } from '@tanstack/react-query'
import Link from 'next/link'
import { railName } from '../../../../../server/contract/payment-words.ts'
import { paths } from '../../../../_lib/paths.ts'
import { useTRPC } from '../../../../_lib/trpc.tsx'
import type { StaffRefund } from '../../../../_lib/wire.ts'
import { FilterBar, useFilters } from '../../../../_ui/filter-bar.tsx'
import { Money } from '../../../../_ui/money.tsx'
import { PageHeader } from '../../../../_ui/page.tsx'
import { EmptyState } from '../../../../_ui/states.tsx'
import { Status } from '../../../../_ui/status.tsx'
import type { Column } from '../../../../_ui/table.tsx'
import { TimeAgo } from '../../../../_ui/time.tsx'
import { PagedList } from '../../_components/paged-list.tsx'
import { refundLook } from './looks.ts'

const isState = (value: string): value is StaffRefund['state'] => value in refundLook

const columns: ReadonlyArray<Column<StaffRefund>> = [
  { id: 'invoice', title: 'Invoice', cell: (row) => <Link className="link whitespace-nowrap" href={paths.adminInvoice(row.invoice_id)}>{row.invoice_number}</Link> },
  { id: 'customer', title: 'Customer', cell: (row) => <bdi>{row.organization_name}</bdi> },
  {
    id: 'state', title: 'State',
    cell: (row) => (
      <div>
        <Status {...refundLook[row.state]} />
        {row.failure === null ? null : <p className="text-12 text-bad">{row.failure.replaceAll('_', ' ')}</p>}
      </div>
    ),
  },
  { id: 'reason', title: 'Reason', cell: (row) => <bdi>{row.reason}</bdi> },
  { id: 'by', title: 'By', cell: (row) => railName(row.provider) },
  { id: 'at', title: 'When', cell: (row) => <TimeAgo value={row.created_at} /> },
  { id: 'amount', title: 'Amount', align: 'end', cell: (row) => <Money value={row.amount} /> },
]

export function RefundsPage() {
  const filters = useFilters()
  const [state, q] = [filters.get('state'), filters.get('q')]
  const query = useInfiniteQuery(useTRPC().staffPayments.refunds.infiniteQueryOptions(
    { limit: 50, filter: { ...(isState(state) ? { state } : {}), ...(q === '' ? {} : { q }) } }, { getNextPageParam: (last) => last.pagination.next_cursor },
  ))
  return (
    <>
      <PageHeader title="Refunds" />
      <FilterBar search={{ name: 'q', label: 'Invoice or customer' }} selects={[{ name: 'state', label: 'Any state', options: Object.entries(refundLook).map(([value, look]) => ({ value, label: look.word })) }]} />
      <PagedList query={query} caption="Refunds" noun="refunds" columns={columns} rowKey={(row) => row.id} empty={<EmptyState title="No refund yet">Refund a payment from its row under All.</EmptyState>} />
    </>
  )
}

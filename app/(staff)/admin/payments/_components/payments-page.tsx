'use client'
import { useInfiniteQuery, useMutation } from '@tanstack/react-query'
import Link from 'next/link'
import { useState } from 'react'
import { failureWords, railName } from '../../../../../server/contract/payment-words.ts'
import { paths } from '../../../../_lib/paths.ts'
import { toProblem } from '../../../../_lib/problem.ts'
import { useTRPC } from '../../../../_lib/trpc.tsx'
import type { StaffPayment } from '../../../../_lib/wire.ts'
import { Button } from '../../../../_ui/button.tsx'
import { FilterBar, useFilters } from '../../../../_ui/filter-bar.tsx'
import { Money } from '../../../../_ui/money.tsx'
import { PageHeader } from '../../../../_ui/page.tsx'
import { EmptyState, ErrorPanel } from '../../../../_ui/states.tsx'
import { Status } from '../../../../_ui/status.tsx'
import type { Column } from '../../../../_ui/table.tsx'
import { TimeAgo } from '../../../../_ui/time.tsx'
import { PagedList } from '../../_components/paged-list.tsx'
import { useDone } from '../../_components/use-act.ts'
import { paymentLook } from './looks.ts'
import { RefundDialog } from './refund-dialog.tsx'

const isState = (value: string): value is StaffPayment['state'] => value in paymentLook
const refundable = (row: StaffPayment): boolean => row.state === 'succeeded' || row.state === 'partially_refunded'
const FAILED = 'failed,canceled,expired,requires_action'
const nothing = (): void => undefined

interface Acts { refund: (row: StaffPayment) => void; retry: (row: StaffPayment) => void; retrying: string | null; newest: ReadonlySet<string> }

/** Our words of it, then the provider's own: the one to tell the customer, the other to look up. */
function Why({ row }: { row: StaffPayment }) {
  const own = row.reason ?? ''
  if (row.failure_code === null) return own === '' ? null : <p className="text-12 text-muted"><bdi>{own}</bdi></p>
  const { reason } = failureWords(row.failure_code)
  return <p className="max-w-80 text-12 text-muted">{reason.slice(0, 1).toUpperCase()}{reason.slice(1)}{own === '' ? null : <> (<bdi>{own.replaceAll('_', ' ')}</bdi>)</>}</p>
}

const columnsOf = (act: Acts): ReadonlyArray<Column<StaffPayment>> => [
  { id: 'invoice', title: 'Invoice', cell: (row) => <Link className="link whitespace-nowrap" href={paths.adminInvoice(row.invoice_id)}>{row.invoice_number ?? 'Draft'}</Link> },
  { id: 'org', title: 'Organization', cell: (row) => <bdi>{row.organization_name}</bdi> },
  {
    id: 'state', title: 'State',
    cell: (row) => (
      <div>
        <Status {...paymentLook[row.state]} />
        <Why row={row} />
      </div>
    ),
  },
  { id: 'how', title: 'By', cell: (row) => <span className="whitespace-nowrap">{railName(row.provider)}</span> },
  { id: 'at', title: 'When', cell: (row) => <TimeAgo value={row.at} /> },
  {
    id: 'amount', title: 'Amount', align: 'end',
    cell: (row) => (
      <div>
        <Money value={row.amount} />
        {row.refunded.amount === 0 ? null : <p className="text-12 text-muted"><Money value={row.refunded} /> back</p>}
      </div>
    ),
  },
  {
    id: 'act', title: '', align: 'end',
    cell: (row) => refundable(row)
      ? <Button size="sm" onClick={() => act.refund(row)}>Refund</Button>
      : (row.status === 'failed' || row.state === 'requires_action') && act.newest.has(row.id)
        ? <Button size="sm" busy={act.retrying === row.id} onClick={() => act.retry(row)}>Try again</Button>
        : null,
  },
]

/** Every payment of every customer; `failed` are those where somebody may have to help. */
export function PaymentsPage({ failed = false }: { failed?: boolean }) {
  const filters = useFilters()
  const trpc = useTRPC()
  const [open, setOpen] = useState<StaffPayment | null>(null)
  const [state, q] = [filters.get('state'), filters.get('q')]
  const filter = { ...(failed ? { state: FAILED } : isState(state) ? { state } : {}), ...(q === '' ? {} : { q }) }
  const query = useInfiniteQuery(trpc.staffPayments.list.infiniteQueryOptions({ limit: 50, filter },
    { getNextPageParam: (last) => last.pagination.next_cursor }))
  const done = useDone(nothing)
  const retry = useMutation(trpc.reconciliation.retryPayment.mutationOptions({ onSuccess: () => done('The stored method is charged again') }))
  // Of several tries of one invoice only the last can be followed by another.
  const rows = query.data?.pages.flatMap((page) => page.data) ?? []
  const newest = new Set(Map.groupBy(rows, (row) => row.invoice_id).values().map(([first]) => first?.id ?? ''))
  const columns = columnsOf({ newest, refund: setOpen, retry: (row) => retry.mutate({ payment_id: row.id }),
    retrying: retry.isPending ? retry.variables.payment_id : null })
  const options = Object.entries(paymentLook).map(([value, look]) => ({ value, label: look.word }))
  return (
    <>
      <PageHeader title={failed ? 'Failed payments' : 'Payments'} />
      {retry.error === null ? null : <ErrorPanel className="mb-4" problem={toProblem(retry.error)} />}
      <FilterBar search={{ name: 'q', label: 'Invoice, customer or reference' }} selects={failed ? [] : [{ name: 'state', label: 'Any state', options }]} />
      <PagedList
        query={query} caption={failed ? 'Failed payments' : 'Payments'} noun="payments" columns={columns} rowKey={(row) => row.id}
        empty={failed
          ? <EmptyState title="No payment failed">Refused, left and expired payments appear here with what the provider said.</EmptyState>
          : <EmptyState title="No payment yet">The first customer who pays an invoice opens this list.</EmptyState>}
      />
      {open === null ? null : <RefundDialog payment={open} onClose={() => setOpen(null)} />}
    </>
  )
}

'use client'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { Download } from 'lucide-react'
import Link from 'next/link'
import { refusedBecause } from '../../../../../_lib/can.ts'
import { useOrg } from '../../../../../_lib/org-context.tsx'
import { paths } from '../../../../../_lib/paths.ts'
import { toProblem } from '../../../../../_lib/problem.ts'
import { useTRPC } from '../../../../../_lib/trpc.tsx'
import { ButtonLink } from '../../../../../_ui/button.tsx'
import { Money } from '../../../../../_ui/money.tsx'
import { PageHeader } from '../../../../../_ui/page.tsx'
import { Pagination } from '../../../../../_ui/pagination.tsx'
import { EmptyState, ErrorPanel, Forbidden, TableSkeleton } from '../../../../../_ui/states.tsx'
import { Status } from '../../../../../_ui/status.tsx'
import { Table, type Column } from '../../../../../_ui/table.tsx'
import { TimeAgo } from '../../../../../_ui/time.tsx'
import { historyRows, type HistoryRow } from './history-rows.ts'

const columnsOf = (orgId: string): ReadonlyArray<Column<HistoryRow>> => [
  { id: 'what', title: 'What', cell: (row) => (row.invoice === null ? <span className="ps-4 text-muted">{row.what}</span> : row.what) },
  {
    id: 'status',
    title: 'Status',
    cell: (row) => (
      <>
        <Status {...row.look} />
        {row.reason === null ? null : (
          <span className="block max-w-80 text-12 text-muted">
            <bdi>{row.reason}</bdi>
          </span>
        )}
      </>
    ),
  },
  { id: 'invoice', title: 'Invoice', cell: (row) => (row.invoice === null ? null : <span className="whitespace-nowrap">{row.invoice.number ?? 'Draft'}</span>) },
  { id: 'by', title: 'By', cell: (row) => <bdi>{row.by}</bdi> },
  { id: 'at', title: 'When', cell: (row) => <TimeAgo value={row.at} /> },
  {
    id: 'receipt',
    title: 'Receipt',
    cell: (row) =>
      row.receipt === null ? null : (
        <a className="link inline-flex items-center gap-1" href={`/v1/payments/${row.receipt}/receipt.pdf?organization_id=${orgId}`} download>
          <Download aria-hidden className="size-3.5" />
          PDF
        </a>
      ),
  },
  { id: 'amount', title: 'Amount', align: 'end', cell: (row) => <Money value={row.amount} /> },
]

function History() {
  const { org } = useOrg()
  const trpc = useTRPC()
  const query = useInfiniteQuery(
    trpc.billing.payments.infiniteQueryOptions(
      { organization_id: org.id, limit: 25 },
      { getNextPageParam: (last) => last.pagination.next_cursor, refetchInterval: 10_000 },
    ),
  )
  const refunds = useQuery(trpc.billing.refunds.queryOptions({ organization_id: org.id, limit: 100 }))
  const methods = useQuery(trpc.paymentMethods.list.queryOptions({ organization_id: org.id, limit: 100 }))
  const payments = query.data?.pages.flatMap((page) => page.data)
  return (
    <>
      {query.error === null ? null : <ErrorPanel problem={toProblem(query.error)} onRetry={() => void query.refetch()} />}
      {payments === undefined && query.error === null ? <TableSkeleton rows={4} label="Loading payments" /> : null}
      {payments !== undefined && payments.length > 0 ? (
        <Table
          caption="Payments and refunds"
          columns={columnsOf(org.id)}
          rows={historyRows(payments, refunds.data?.data ?? [], methods.data?.data ?? [])}
          rowKey={(row) => row.key}
          rowHref={(row) => (row.invoice === null ? null : paths.invoice(org.slug, row.invoice.id))}
        />
      ) : null}
      {payments?.length === 0 ? (
        <EmptyState title="No payment yet" action={<ButtonLink href={paths.paymentMethods(org.slug)}>Add a payment method</ButtonLink>} command="shellwego payment-methods add --auto-pay">
          What you pay stands here, with its receipt. Store a card, and invoices are paid automatically.
        </EmptyState>
      ) : null}
      <Pagination shown={payments?.length ?? 0} noun="payments" hasMore={query.hasNextPage} busy={query.isFetchingNextPage} onMore={() => void query.fetchNextPage()} />
    </>
  )
}

export function PaymentsPage() {
  const { org } = useOrg()
  const refused = refusedBecause(org, 'billing:read')
  return (
    <>
      <PageHeader
        title="Payments"
        facts={
          <span>
            Each belongs to an <Link className="link" href={paths.invoices(org.slug)}>invoice</Link>.
          </span>
        }
      />
      {refused === null ? <History /> : <Forbidden reason={refused} />}
    </>
  )
}

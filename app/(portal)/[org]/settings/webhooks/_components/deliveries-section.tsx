'use client'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { refusedBecause } from '../../../../../_lib/can.ts'
import { plural } from '../../../../../_lib/format.ts'
import { useOrg } from '../../../../../_lib/org-context.tsx'
import { toProblem } from '../../../../../_lib/problem.ts'
import { useTRPC } from '../../../../../_lib/trpc.tsx'
import type { Delivery, Webhook } from '../../../../../_lib/wire.ts'
import { Button } from '../../../../../_ui/button.tsx'
import { FilterBar, useFilters } from '../../../../../_ui/filter-bar.tsx'
import { Section } from '../../../../../_ui/page.tsx'
import { Pagination } from '../../../../../_ui/pagination.tsx'
import { EmptyState, ErrorPanel, NothingMatches, TableSkeleton } from '../../../../../_ui/states.tsx'
import { Status } from '../../../../../_ui/status.tsx'
import { Table, type Column } from '../../../../../_ui/table.tsx'
import { TimeAgo } from '../../../../../_ui/time.tsx'
import { DeliveryDrawer } from './delivery-drawer.tsx'
import { RedeliverDialog } from './redeliver-dialog.tsx'
import { deliveryLook, faultWords } from './words.ts'

const outcome = ({ last_status: status, last_error: error }: Delivery): string => (status === null ? (error === null ? '' : faultWords(error)) : `${status}${error === 'redirect' ? ' redirect' : ''}`)

const columns = (onOpen: (delivery: Delivery) => void): ReadonlyArray<Column<Delivery>> => [
  {
    id: 'event',
    title: 'Event',
    cell: (row) => (
      <button type="button" className="row-link text-start font-strong break-all" aria-haspopup="dialog" onClick={() => onOpen(row)}>
        {row.event_type}
      </button>
    ),
  },
  { id: 'status', title: 'Status', cell: (row) => <Status {...deliveryLook(row)} /> },
  { id: 'answer', title: 'Last answer', cell: (row) => <span className="text-13 text-muted">{outcome(row)}</span> },
  { id: 'attempts', title: 'Attempts', align: 'end', cell: (row) => <span className="figures">{row.attempts}</span> },
  { id: 'next', title: 'Next', align: 'end', cell: (row) => (row.next_attempt_at === null ? '' : <TimeAgo value={row.next_attempt_at} />) },
  { id: 'when', title: 'Happened', align: 'end', cell: (row) => <TimeAgo value={row.created_at} /> },
]

const STATUSES = [
  { value: 'pending', label: 'Waiting or retrying' },
  { value: 'delivered', label: 'Delivered' },
  { value: 'failed', label: 'Given up' },
  { value: 'cancelled', label: 'Cancelled' },
]

export function DeliveriesSection({ webhook }: { webhook: Webhook }) {
  const { org } = useOrg()
  const filters = useFilters()
  const [open, setOpen] = useState<Delivery | null>(null)
  const [ranged, setRanged] = useState(false)
  const [status, q] = [filters.get('status'), filters.get('q')]
  const filter = { ...(status === '' ? {} : { status }), ...(q === '' ? {} : { q }) }
  const query = useInfiniteQuery(useTRPC().webhooks.deliveries.infiniteQueryOptions(
    { organization_id: org.id, webhook_id: webhook.id, limit: 25, filter }, { getNextPageParam: (last) => last.pagination.next_cursor, refetchInterval: 5_000 },
  ))
  const rows = query.data?.pages.flatMap((page) => page.data)
  const refused = refusedBecause(org, 'webhooks:write') ?? (webhook.enabled ? null : 'The webhook is disabled. Enable it first.')
  return (
    <Section
      title="Deliveries"
      hint="What was sent in the last 30 days, with each request and answer."
      action={
        <Button size="sm" disabled={refused !== null} title={refused ?? undefined} onClick={() => setRanged(true)}>
          Send a span again
        </Button>
      }>
      <FilterBar search={{ name: 'q', label: 'Find by event' }} selects={[{ name: 'status', label: 'Every status', options: STATUSES }]} />
      {rows === undefined && query.error === null ? <TableSkeleton label="Loading deliveries" /> : null}
      {query.error === null ? null : <ErrorPanel className="mb-3" problem={toProblem(query.error)} onRetry={() => void query.refetch()} />}
      {rows !== undefined && rows.length > 0 ? <Table caption={plural(rows.length, 'delivery', 'deliveries')} columns={columns(setOpen)} rows={rows} rowKey={(row) => row.id} /> : null}
      {rows?.length === 0 && filters.active ? <NothingMatches onClear={filters.clear} /> : null}
      {rows?.length === 0 && !filters.active ? <EmptyState title="Nothing was sent yet">Each event this webhook takes appears here within a second. Send a test to see one.</EmptyState> : null}
      <Pagination shown={rows?.length ?? 0} noun="deliveries" hasMore={query.hasNextPage} busy={query.isFetchingNextPage} onMore={() => void query.fetchNextPage()} />
      <DeliveryDrawer webhook={webhook} delivery={open} onClose={() => setOpen(null)} />
      <RedeliverDialog id={webhook.id} open={ranged} onOpenChange={setRanged} />
    </Section>
  )
}

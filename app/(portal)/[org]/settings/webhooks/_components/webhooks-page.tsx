'use client'
import { useInfiniteQuery } from '@tanstack/react-query'
import { can, refusedBecause } from '../../../../../_lib/can.ts'
import { useOrg } from '../../../../../_lib/org-context.tsx'
import { paths } from '../../../../../_lib/paths.ts'
import { toProblem } from '../../../../../_lib/problem.ts'
import { useTRPC } from '../../../../../_lib/trpc.tsx'
import type { WebhookWithActivity } from '../../../../../_lib/wire.ts'
import { Button, ButtonLink } from '../../../../../_ui/button.tsx'
import { FilterBar, useFilters } from '../../../../../_ui/filter-bar.tsx'
import { Section } from '../../../../../_ui/page.tsx'
import { Pagination } from '../../../../../_ui/pagination.tsx'
import { EmptyState, ErrorPanel, Forbidden, NothingMatches, TableSkeleton } from '../../../../../_ui/states.tsx'
import { Status } from '../../../../../_ui/status.tsx'
import { Table, type Column } from '../../../../../_ui/table.tsx'
import { HealthSpark } from './health-spark.tsx'
import { eventsWords, webhookLook } from './words.ts'

const columns: ReadonlyArray<Column<WebhookWithActivity>> = [
  { id: 'url', title: 'Address', cell: (row) => <bdi className="break-all">{row.url}</bdi> },
  { id: 'status', title: 'Status', cell: (row) => <Status {...webhookLook(row)} /> },
  { id: 'events', title: 'Events', cell: (row) => <span className="text-13">{eventsWords(row.events)}</span> },
  { id: 'about', title: 'Description', cell: (row) => <bdi className="text-13 text-muted">{row.description}</bdi> },
  { id: 'health', title: 'Last 24 hours', align: 'end', cell: (row) => <HealthSpark activity={row.activity} /> },
]

function NewButton() {
  const { org } = useOrg()
  const refused = refusedBecause(org, 'webhooks:write')
  if (refused === null) return <ButtonLink look="primary" href={paths.newWebhook(org.slug)}>Add a webhook</ButtonLink>
  return <Button look="primary" disabled title={refused}>Add a webhook</Button>
}

function WebhookList() {
  const { org } = useOrg()
  const filters = useFilters()
  const q = filters.get('q')
  const query = useInfiniteQuery(useTRPC().webhooks.list.infiniteQueryOptions(
    { organization_id: org.id, limit: 50, ...(q === '' ? {} : { filter: { q } }) }, { getNextPageParam: (last) => last.pagination.next_cursor, refetchInterval: 15_000 },
  ))
  const rows = query.data?.pages.flatMap((page) => page.data)
  return (
    <Section title="Webhooks" hint="Addresses of yours that are told what happens here, signed and retried for three days." action={<NewButton />}>
      {rows !== undefined && (rows.length > 0 || q !== '') ? <FilterBar search={{ name: 'q', label: 'Find an address' }} /> : null}
      {rows === undefined && query.error === null ? <TableSkeleton rows={2} label="Loading webhooks" /> : null}
      {query.error === null ? null : <ErrorPanel className="mb-3" problem={toProblem(query.error)} onRetry={() => void query.refetch()} />}
      {rows !== undefined && rows.length > 0 ? (
        <Table caption="Webhooks" columns={columns} rows={rows} rowKey={(row) => row.id} rowHref={(row) => paths.webhook(org.slug, row.id)} />
      ) : null}
      {rows?.length === 0 && q !== '' ? <NothingMatches onClear={filters.clear} /> : null}
      {rows?.length === 0 && q === '' ? (
        <EmptyState title="Nobody is told yet" action={<NewButton />}>
          A webhook posts each event you choose to an address of yours: a failed deployment to your chat, a paid invoice to your books.
        </EmptyState>
      ) : null}
      <Pagination shown={rows?.length ?? 0} noun="webhooks" hasMore={query.hasNextPage} busy={query.isFetchingNextPage} onMore={() => void query.fetchNextPage()} />
    </Section>
  )
}

export function WebhooksPage() {
  const { org } = useOrg()
  return can(org, 'webhooks:read') ? <WebhookList /> : <Forbidden reason={refusedBecause(org, 'webhooks:read') ?? ''} />
}

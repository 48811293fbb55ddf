'use client'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { canSome, refusedBecause } from '../../../../_lib/can.ts'
import { useOrg } from '../../../../_lib/org-context.tsx'
import { toProblem } from '../../../../_lib/problem.ts'
import { useTRPC } from '../../../../_lib/trpc.tsx'
import { Load } from '../../../../_ui/load.tsx'
import { PageHeader, Section } from '../../../../_ui/page.tsx'
import { Pagination } from '../../../../_ui/pagination.tsx'
import { EmptyState, ErrorPanel, Forbidden, PanelSkeleton, TableSkeleton } from '../../../../_ui/states.tsx'
import { DueBanner } from './due-banner.tsx'
import { InvoicesTable } from './invoices-table.tsx'
import { SpendOverview } from './spend-overview.tsx'

function Invoices() {
  const { org } = useOrg()
  const query = useInfiniteQuery(
    useTRPC().billing.invoices.infiniteQueryOptions(
      { organization_id: org.id, limit: 25 },
      { getNextPageParam: (last) => last.pagination.next_cursor },
    ),
  )
  const rows = query.data?.pages.flatMap((page) => page.data)
  return (
    <Section title="Invoices">
      {query.error === null ? null : (
        <ErrorPanel
          problem={toProblem(query.error)}
          onRetry={() => {
            void query.refetch()
          }}
        />
      )}
      {rows === undefined && query.error === null ? <TableSkeleton rows={3} label="Loading invoices" /> : null}
      {rows !== undefined && rows.length > 0 ? <InvoicesTable invoices={rows} org={org.slug} /> : null}
      {rows?.length === 0 ? (
        <EmptyState title="No invoice yet">The first one is made when this month ends. It lists every app with what it used.</EmptyState>
      ) : null}
      <Pagination
        shown={rows?.length ?? 0}
        noun="invoices"
        hasMore={query.hasNextPage}
        busy={query.isFetchingNextPage}
        onMore={() => {
          void query.fetchNextPage()
        }}
      />
    </Section>
  )
}

export function BillingPage() {
  const { org } = useOrg()
  const maySpend = canSome(org, 'usage:read')
  const noInvoices = refusedBecause(org, 'billing:read')
  const overview = useQuery(useTRPC().billing.spend.queryOptions({ organization_id: org.id }, { enabled: maySpend, refetchInterval: 10_000 }))
  return (
    <>
      <PageHeader title="Billing" />
      <DueBanner />
      {maySpend ? (
        <Load query={overview} skeleton={<PanelSkeleton label="Loading this month's spend" className="mb-10 h-80" />}>
          {(data) => <SpendOverview overview={data} />}
        </Load>
      ) : (
        <Forbidden reason={refusedBecause(org, 'usage:read') ?? ''} />
      )}
      {noInvoices === null ? (
        <Invoices />
      ) : (
        <Section title="Invoices">
          <Forbidden reason={noInvoices} />
        </Section>
      )}
    </>
  )
}

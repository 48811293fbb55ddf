'use client'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Plus } from 'lucide-react'
import { refusedBecause } from '../../../../_lib/can.ts'
import { useOrg } from '../../../../_lib/org-context.tsx'
import { paths } from '../../../../_lib/paths.ts'
import { toProblem } from '../../../../_lib/problem.ts'
import { useTRPC } from '../../../../_lib/trpc.tsx'
import { Button, ButtonLink } from '../../../../_ui/button.tsx'
import { FilterBar, useFilters } from '../../../../_ui/filter-bar.tsx'
import { PageHeader } from '../../../../_ui/page.tsx'
import { Pagination } from '../../../../_ui/pagination.tsx'
import { EmptyState, ErrorPanel, NothingMatches, TableSkeleton } from '../../../../_ui/states.tsx'
import { appStatus } from '../../../../_lib/status.ts'
import { AppsTable } from './apps-table.tsx'

const statuses = Object.entries(appStatus).map(([value, look]) => ({ value, label: look.word }))

function FirstApp() {
  const { org } = useOrg()
  return (
    <EmptyState
      title="Deploy your first app"
      command={`shellwego deploy --name hello --image builtin/hello:v1`}
      action={
        <>
          <ButtonLink look="primary" href={`${paths.newApp(org.slug)}?image=builtin/hello:v1`}>
            Deploy the hello image
          </ButtonLink>
          <ButtonLink href={paths.newApp(org.slug)}>Use my own image</ButtonLink>
        </>
      }>
      Give an image; each instance of it runs in its own virtual machine and answers at its own address over TLS. The hello image needs
      nothing from the internet.
    </EmptyState>
  )
}

export function AppsPage() {
  const { org } = useOrg()
  const trpc = useTRPC()
  const filters = useFilters()
  const [q, status] = [filters.get('q'), filters.get('status')]
  const query = useInfiniteQuery(
    trpc.apps.list.infiniteQueryOptions(
      { organization_id: org.id, limit: 50, filter: { ...(q === '' ? {} : { q }), ...(status in appStatus ? { status } : {}) } },
      { getNextPageParam: (last) => last.pagination.next_cursor, refetchInterval: 3000 },
    ),
  )
  const apps = query.data?.pages.flatMap((page) => page.data)
  const refused = refusedBecause(org, 'apps:write')
  return (
    <>
      <PageHeader
        title="Apps"
        action={
          refused === null ? (
            <ButtonLink look="primary" href={paths.newApp(org.slug)} icon={<Plus aria-hidden className="size-4" />}>
              New app
            </ButtonLink>
          ) : (
            <Button look="primary" disabled title={refused}>
              New app
            </Button>
          )
        }
      />
      {apps === undefined || apps.length > 0 || filters.active ? (
        <FilterBar search={{ name: 'q', label: 'Find by name' }} selects={[{ name: 'status', label: 'Any status', options: statuses }]} />
      ) : null}
      {query.error === null ? null : (
        <ErrorPanel
          className="mb-4"
          problem={toProblem(query.error)}
          onRetry={() => {
            void query.refetch()
          }}
        />
      )}
      {apps === undefined && query.error === null ? <TableSkeleton label="Loading apps" /> : null}
      {apps !== undefined && apps.length > 0 ? <AppsTable apps={apps} org={org.slug} /> : null}
      {apps?.length === 0 ? filters.active ? <NothingMatches onClear={filters.clear} /> : <FirstApp /> : null}
      <Pagination
        shown={apps?.length ?? 0}
        noun="apps"
        hasMore={query.hasNextPage}
        busy={query.isFetchingNextPage}
        onMore={() => {
          void query.fetchNextPage()
        }}
      />
    </>
  )
}

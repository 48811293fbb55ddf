'use client'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { canSome, refusedBecause } from '../../../../_lib/can.ts'
import { useOrg } from '../../../../_lib/org-context.tsx'
import { paths } from '../../../../_lib/paths.ts'
import { toProblem } from '../../../../_lib/problem.ts'
import { useTRPC } from '../../../../_lib/trpc.tsx'
import type { Domain } from '../../../../_lib/wire.ts'
import { Button } from '../../../../_ui/button.tsx'
import { FilterBar, useFilters } from '../../../../_ui/filter-bar.tsx'
import { PageHeader } from '../../../../_ui/page.tsx'
import { Pagination } from '../../../../_ui/pagination.tsx'
import { EmptyState, ErrorPanel, Forbidden, NothingMatches, TableSkeleton } from '../../../../_ui/states.tsx'
import { Status } from '../../../../_ui/status.tsx'
import { Table, type Column } from '../../../../_ui/table.tsx'
import { TimeAgo } from '../../../../_ui/time.tsx'
import { AddDomainDialog } from './add-domain-dialog.tsx'
import { domainLook, tlsLook } from './words.ts'

const columns: ReadonlyArray<Column<Domain>> = [
  { id: 'hostname', title: 'Domain', cell: (row) => <bdi className="break-all">{row.unicode}</bdi> },
  { id: 'app', title: 'App', cell: (row) => <bdi>{row.app_name}</bdi> },
  { id: 'status', title: 'Status', cell: (row) => <Status {...domainLook[row.status]} /> },
  { id: 'tls', title: 'Certificate', cell: (row) => <Status {...tlsLook[row.tls_status]} /> },
  { id: 'checked', title: 'Checked', align: 'end', cell: (row) => (row.check === null ? <span className="text-muted">never</span> : <TimeAgo value={row.check.at} />) },
]

function DomainList() {
  const { org } = useOrg()
  const filters = useFilters()
  const q = filters.get('q')
  const [adding, setAdding] = useState(false)
  const refused = canSome(org, 'apps:write') ? null : refusedBecause(org, 'apps:write')
  const query = useInfiniteQuery(useTRPC().domains.list.infiniteQueryOptions(
    { organization_id: org.id, limit: 50, ...(q === '' ? {} : { filter: { q } }) }, { getNextPageParam: (last) => last.pagination.next_cursor, refetchInterval: 15_000 },
  ))
  const rows = query.data?.pages.flatMap((page) => page.data)
  const add = <Button look="primary" disabled={refused !== null} title={refused ?? undefined} onClick={() => setAdding(true)}>Add a domain</Button>
  return (
    <>
      <PageHeader title="Domains" facts="Names of your own that lead to your apps." action={rows?.length === 0 && q === '' ? undefined : add} />
      {rows !== undefined && (rows.length > 0 || q !== '') ? <FilterBar search={{ name: 'q', label: 'Find a domain' }} /> : null}
      {rows === undefined && query.error === null ? <TableSkeleton rows={3} label="Loading domains" /> : null}
      {query.error === null ? null : <ErrorPanel className="mb-3" problem={toProblem(query.error)} onRetry={() => void query.refetch()} />}
      {rows !== undefined && rows.length > 0 ? (
        <Table caption="Domains" columns={columns} rows={rows} rowKey={(row) => row.id} rowHref={(row) => paths.domain(org.slug, row.id)} />
      ) : null}
      {rows?.length === 0 && q !== '' ? <NothingMatches onClear={filters.clear} /> : null}
      {rows?.length === 0 && q === '' ? (
        <EmptyState title="No domain of your own yet" action={add}>
          Every public app has a name of the platform already. Add your own, prove it by a DNS record, and visitors reach the app under it with a certificate.
        </EmptyState>
      ) : null}
      <Pagination shown={rows?.length ?? 0} noun="domains" hasMore={query.hasNextPage} busy={query.isFetchingNextPage} onMore={() => void query.fetchNextPage()} />
      <AddDomainDialog open={adding} onOpenChange={setAdding} />
    </>
  )
}

export function DomainsPage() {
  const { org } = useOrg()
  return canSome(org, 'apps:read') ? <DomainList /> : <Forbidden reason={refusedBecause(org, 'apps:read') ?? ''} />
}

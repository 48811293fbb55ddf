'use client'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTRPC } from '../../../_lib/trpc.tsx'
import type { HeldDomain } from '../../../_lib/wire.ts'
import { Button } from '../../../_ui/button.tsx'
import { FilterBar, useFilters } from '../../../_ui/filter-bar.tsx'
import { Load } from '../../../_ui/load.tsx'
import { PageHeader } from '../../../_ui/page.tsx'
import { EmptyState, NothingMatches, TableSkeleton } from '../../../_ui/states.tsx'
import { Table, type Column } from '../../../_ui/table.tsx'
import { TimeAgo } from '../../../_ui/time.tsx'
import { ReleaseDomainDialog } from './release-domain-dialog.tsx'

const columns = (onRelease: (held: HeldDomain) => void): ReadonlyArray<Column<HeldDomain>> => [
  { id: 'hostname', title: 'Domain', cell: (held) => <bdi className="font-strong break-all">{held.hostname}</bdi> },
  { id: 'organization', title: 'Held for', cell: (held) => <bdi>{held.organization_name}</bdi> },
  { id: 'released', title: 'Given up', align: 'end', cell: (held) => <TimeAgo value={held.released_at} /> },
  { id: 'until', title: 'Held until', align: 'end', cell: (held) => <TimeAgo value={held.held_until} /> },
  {
    id: 'act',
    title: '',
    align: 'end',
    cell: (held) => (
      <Button size="sm" className="h-7" aria-label={`Release ${held.hostname}`} onClick={() => onRelease(held)}>
        Release
      </Button>
    ),
  },
]

/** Names that customers gave up: kept from everybody else for a while, for the CNAME that was left behind. */
export function HeldDomainsPage() {
  const filters = useFilters()
  const q = filters.get('q').toLowerCase()
  const [releasing, setReleasing] = useState<HeldDomain | null>(null)
  const query = useQuery(useTRPC().staff.heldDomains.queryOptions({}))
  return (
    <>
      <PageHeader title="Held domains" facts="Given up by their owners in the last 30 days. Nobody else can have them until then." />
      {releasing === null ? null : <ReleaseDomainDialog held={releasing} onClose={() => setReleasing(null)} />}
      <FilterBar search={{ name: 'q', label: 'Find by domain or owner' }} />
      <Load query={query} skeleton={<TableSkeleton label="Loading held domains" />}>
        {({ data }) => {
          const rows = data.filter((held) => held.hostname.includes(q) || held.organization_name.toLowerCase().includes(q))
          if (data.length === 0) return <EmptyState title="No domain is held">Domains come here when a customer removes them or loses their proof.</EmptyState>
          return rows.length === 0 ? <NothingMatches onClear={filters.clear} /> : <Table caption="Held domains" columns={columns(setReleasing)} rows={rows} rowKey={(held) => held.hostname} />
        }}
      </Load>
    </>
  )
}

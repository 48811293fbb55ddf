'use client'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTRPC } from '../../../_lib/trpc.tsx'
import type { StaffOrganization } from '../../../_lib/wire.ts'
import { Button } from '../../../_ui/button.tsx'
import { FilterBar, useFilters } from '../../../_ui/filter-bar.tsx'
import { Load } from '../../../_ui/load.tsx'
import { PageHeader } from '../../../_ui/page.tsx'
import { EmptyState, NothingMatches, TableSkeleton } from '../../../_ui/states.tsx'
import { Table, type Column } from '../../../_ui/table.tsx'
import { TimeAgo } from '../../../_ui/time.tsx'
import { LimitsButton } from './limits-button.tsx'
import { VisitDialog } from './visit-dialog.tsx'
import { TrustButton } from './trust-button.tsx'

const columns = (onVisit: (org: StaffOrganization) => void): ReadonlyArray<Column<StaffOrganization>> => [
  {
    id: 'name',
    title: 'Organization',
    cell: (org) => (
      <>
        <bdi className="font-strong">{org.name}</bdi> <code className="text-12 text-muted">/{org.slug}</code>
      </>
    ),
  },
  { id: 'brand', title: 'Brand', cell: (org) => <bdi>{org.brand}</bdi> },
  { id: 'currency', title: 'Currency', cell: (org) => org.currency },
  { id: 'apps', title: 'Apps', align: 'end', cell: (org) => org.apps },
  { id: 'trust', title: 'Emulated nodes', cell: (org) => <TrustButton org={org} /> },
  { id: 'created', title: 'Created', align: 'end', cell: (org) => <TimeAgo value={org.created_at} /> },
  {
    id: 'visit',
    title: '',
    align: 'end',
    cell: (org) => (
      <span className="inline-flex gap-2">
        <LimitsButton org={org} />
        <Button size="sm" className="h-7" aria-label={`Work in ${org.name}`} onClick={() => onVisit(org)}>
          Work in it
        </Button>
      </span>
    ),
  },
]

export function OrganizationsPage() {
  const filters = useFilters()
  const [visiting, setVisiting] = useState<StaffOrganization | null>(null)
  const q = filters.get('q').toLowerCase()
  const brand = filters.get('brand')
  const query = useQuery(useTRPC().staff.organizations.queryOptions({}))
  const brands = [...new Set(query.data?.data.map((org) => org.brand) ?? [])]
  return (
    <>
      <PageHeader title="Organizations" facts="Names and counts only. What customers run is theirs." />
      <VisitDialog org={visiting} onClose={() => setVisiting(null)} />
      <FilterBar
        search={{ name: 'q', label: 'Find by name' }}
        selects={[{ name: 'brand', label: 'Every brand', options: brands.map((name) => ({ value: name, label: name })) }]}
      />
      <Load query={query} skeleton={<TableSkeleton label="Loading organizations" />}>
        {({ data }) => {
          const rows = data.filter((org) => `${org.name} ${org.slug}`.toLowerCase().includes(q) && (brand === '' || org.brand === brand))
          if (data.length === 0)
            return <EmptyState title="No customer yet">Send people to the sign-up page of your console or of a reseller.</EmptyState>
          return rows.length > 0 ? (
            <Table caption="Organizations" columns={columns(setVisiting)} rows={rows} rowKey={(org) => org.id} />
          ) : (
            <NothingMatches onClear={filters.clear} />
          )
        }}
      </Load>
    </>
  )
}

'use client'
import { useQuery } from '@tanstack/react-query'
import { useTRPC } from '../../../_lib/trpc.tsx'
import type { StaffOrganization } from '../../../_lib/wire.ts'
import { FilterBar, useFilters } from '../../../_ui/filter-bar.tsx'
import { Load } from '../../../_ui/load.tsx'
import { PageHeader } from '../../../_ui/page.tsx'
import { EmptyState, NothingMatches, TableSkeleton } from '../../../_ui/states.tsx'
import { Table, type Column } from '../../../_ui/table.tsx'
import { TimeAgo } from '../../../_ui/time.tsx'

const columns: ReadonlyArray<Column<StaffOrganization>> = [
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
  { id: 'created', title: 'Created', align: 'end', cell: (org) => <TimeAgo value={org.created_at} /> },
]

export function OrganizationsPage() {
  const filters = useFilters()
  const q = filters.get('q').toLowerCase()
  const brand = filters.get('brand')
  const query = useQuery(useTRPC().staff.organizations.queryOptions({}))
  const brands = [...new Set(query.data?.data.map((org) => org.brand) ?? [])]
  return (
    <>
      <PageHeader title="Organizations" facts="Names and counts only. What customers run is theirs." />
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
            <Table caption="Organizations" columns={columns} rows={rows} rowKey={(org) => org.id} />
          ) : (
            <NothingMatches onClear={filters.clear} />
          )
        }}
      </Load>
    </>
  )
}

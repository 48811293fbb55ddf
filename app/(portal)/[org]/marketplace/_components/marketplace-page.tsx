'use client'
import { useQuery } from '@tanstack/react-query'
import Link from 'next/link'
import { mebibytes, plural } from '../../../../_lib/format.ts'
import { useOrg } from '../../../../_lib/org-context.tsx'
import { paths } from '../../../../_lib/paths.ts'
import { installState } from '../../../../_lib/status.ts'
import { useTRPC } from '../../../../_lib/trpc.tsx'
import type { CatalogEntry, Install } from '../../../../_lib/wire.ts'
import { FilterBar, useFilters } from '../../../../_ui/filter-bar.tsx'
import { Load } from '../../../../_ui/load.tsx'
import { PageHeader, Section } from '../../../../_ui/page.tsx'
import { EmptyState, NothingMatches, PanelSkeleton } from '../../../../_ui/states.tsx'
import { Status } from '../../../../_ui/status.tsx'
import { Table, type Column } from '../../../../_ui/table.tsx'
import { TimeAgo } from '../../../../_ui/time.tsx'
import { CatalogIcon } from './catalog-icon.tsx'
import { CatalogPrice } from './catalog-price.tsx'

const matches = (entry: CatalogEntry, q: string): boolean =>
  `${entry.name} ${entry.summary} ${entry.category}`.toLowerCase().includes(q.toLowerCase())

function Card({ entry, org }: { entry: CatalogEntry; org: string }) {
  return (
    <li className="relative flex min-w-0 flex-col gap-3 rounded-box border border-line bg-surface p-4 hover:bg-hover">
      <div className="flex items-center gap-3">
        <CatalogIcon icon={entry.icon} />
        <div className="min-w-0">
          <h2 className="font-strong">
            <Link className="row-link no-underline" href={paths.catalogApp(org, entry.id)}>
              <bdi>{entry.name}</bdi>
            </Link>
          </h2>
          <p className="text-12 text-muted">
            Version {entry.version}, {entry.category}
          </p>
        </div>
      </div>
      <p className="flex-1 text-13">{entry.summary}</p>
      <div className="flex flex-wrap items-center justify-between gap-2 text-12 text-muted">
        <span>
          {plural(entry.services.length, 'instance')}, {mebibytes(entry.total.memory_mib)}
        </span>
        <CatalogPrice entry={entry} />
      </div>
    </li>
  )
}

const installColumns: ReadonlyArray<Column<Install>> = [
  { id: 'name', title: 'Name', cell: (row) => <bdi>{row.name}</bdi> },
  { id: 'catalog', title: 'From', cell: (row) => `${row.catalog_id} ${row.version}` },
  { id: 'status', title: 'Status', cell: (row) => <Status {...installState[row.state]} /> },
  { id: 'at', title: 'Installed', align: 'end', cell: (row) => <TimeAgo value={row.created_at} /> },
]

export function MarketplacePage() {
  const { org } = useOrg()
  const trpc = useTRPC()
  const filters = useFilters()
  const q = filters.get('q')
  const catalog = useQuery(trpc.catalog.list.queryOptions({}, { staleTime: 300_000 }))
  const installs = useQuery(trpc.catalog.installs.queryOptions({ organization_id: org.id, limit: 100 }))
  return (
    <>
      <PageHeader title="Marketplace" facts="Apps with everything they need, installed in one step into your own network." />
      {installs.data === undefined || installs.data.data.length === 0 ? null : (
        <Section title="Your installations">
          <Table
            caption="Installations of this organization"
            columns={installColumns}
            rows={installs.data.data}
            rowKey={(row) => row.id}
            rowHref={(row) => paths.install(org.slug, row.id)}
          />
        </Section>
      )}
      <FilterBar search={{ name: 'q', label: 'Find an app' }} />
      <Load query={catalog} skeleton={<PanelSkeleton label="Loading the marketplace" />}>
        {({ data }) =>
          data.some((entry) => matches(entry, q)) ? (
            <ul className="grid gap-3 sm:grid-cols-2 xl:grid-cols-3">
              {data
                .filter((entry) => matches(entry, q))
                .map((entry) => (
                  <Card key={entry.id} entry={entry} org={org.slug} />
                ))}
            </ul>
          ) : q === '' ? (
            <EmptyState title="The marketplace is empty">
              The operator of this platform offers no app here yet. You can deploy any image under Apps.
            </EmptyState>
          ) : (
            <NothingMatches onClear={filters.clear} />
          )
        }
      </Load>
    </>
  )
}

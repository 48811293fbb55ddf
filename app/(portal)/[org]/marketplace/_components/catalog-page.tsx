'use client'
import { useQuery } from '@tanstack/react-query'
import Link from 'next/link'
import { refusedBecause } from '../../../../_lib/can.ts'
import { mebibytes, plural } from '../../../../_lib/format.ts'
import { useOrg } from '../../../../_lib/org-context.tsx'
import { paths } from '../../../../_lib/paths.ts'
import { useTRPC } from '../../../../_lib/trpc.tsx'
import type { CatalogEntry } from '../../../../_lib/wire.ts'
import { Load } from '../../../../_ui/load.tsx'
import { PageHeader, Section } from '../../../../_ui/page.tsx'
import { Forbidden, PanelSkeleton } from '../../../../_ui/states.tsx'
import { Table, type Column } from '../../../../_ui/table.tsx'
import { CatalogPrice } from './catalog-price.tsx'
import { InstallForm } from './install-form.tsx'

const columns: ReadonlyArray<Column<CatalogEntry['services'][number]>> = [
  { id: 'name', title: 'Part', cell: (part) => <bdi className="font-strong">{part.key}</bdi> },
  {
    id: 'image',
    title: 'Image',
    cell: (part) => (
      <bdi>
        <code className="text-12 break-all">{part.image}</code>
      </bdi>
    ),
  },
  { id: 'size', title: 'Size', cell: (part) => `${plural(part.vcpu, 'vCPU')}, ${mebibytes(part.memory_mib)}` },
  { id: 'reach', title: 'Reachable', cell: (part) => (part.public ? 'From the internet, over TLS' : 'Only inside your network') },
]

export function CatalogPage({ id }: { id: string }) {
  const { org } = useOrg()
  const refused = refusedBecause(org, 'apps:write')
  const query = useQuery(useTRPC().catalog.get.queryOptions({ catalog_id: id }))
  return (
    <Load query={query} skeleton={<PanelSkeleton label="Loading the app" className="h-96" />}>
      {(entry) => (
        <div className="max-w-200">
          <PageHeader
            title={entry.name}
            above={
              <Link className="link" href={paths.marketplace(org.slug)}>
                Marketplace
              </Link>
            }
            facts={
              <>
                <span>Version {entry.version}</span>
                <CatalogPrice entry={entry} />
              </>
            }>
            <p className="mt-1 max-w-160 whitespace-pre-line">{entry.description}</p>
          </PageHeader>
          <Section title="What it starts">
            <Table caption={`Parts of ${entry.name}`} columns={columns} rows={entry.services} rowKey={(part) => part.key} />
          </Section>
          <Section title="Install">
            {refused === null ? <InstallForm entry={entry} /> : <Forbidden reason={refused} />}
          </Section>
        </div>
      )}
    </Load>
  )
}

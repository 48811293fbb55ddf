'use client'
import { useQuery } from '@tanstack/react-query'
import { Plus } from 'lucide-react'
import { paths } from '../../../_lib/paths.ts'
import { useTRPC } from '../../../_lib/trpc.tsx'
import type { StaffBrand } from '../../../_lib/wire.ts'
import { ButtonLink } from '../../../_ui/button.tsx'
import { Load } from '../../../_ui/load.tsx'
import { PageHeader } from '../../../_ui/page.tsx'
import { TableSkeleton } from '../../../_ui/states.tsx'
import { Badge } from '../../../_ui/status.tsx'
import { Table, type Column } from '../../../_ui/table.tsx'
import { TimeAgo } from '../../../_ui/time.tsx'

const columns: ReadonlyArray<Column<StaffBrand>> = [
  {
    id: 'name',
    title: 'Brand',
    cell: (brand) => (
      <span className="inline-flex items-center gap-2">
        <span aria-hidden className="size-3 rounded-[3px] border border-line" style={{ background: brand.accent }} />
        <bdi>{brand.name}</bdi>
        {brand.platform ? <Badge>platform</Badge> : null}
      </span>
    ),
  },
  {
    id: 'host',
    title: 'Host name',
    cell: (brand) => (
      <bdi>
        <code className="text-12">{brand.hostnames.join(', ')}</code>
      </bdi>
    ),
  },
  { id: 'seller', title: 'Invoices in the name of', cell: (brand) => <bdi>{brand.legal_name}</bdi> },
  { id: 'currency', title: 'Currency', cell: (brand) => brand.default_currency },
  { id: 'customers', title: 'Organizations', align: 'end', cell: (brand) => brand.organizations },
  { id: 'created', title: 'Created', align: 'end', cell: (brand) => <TimeAgo value={brand.created_at} /> },
]

export function ResellersPage() {
  const brands = useQuery(useTRPC().staff.brands.queryOptions({ limit: 100 }))
  return (
    <>
      <PageHeader
        title="Resellers"
        facts="Each sells this platform under its own host name, name, colours, prices and invoices."
        action={
          <ButtonLink look="primary" href={paths.adminNewReseller} icon={<Plus aria-hidden className="size-4" />}>
            New reseller
          </ButtonLink>
        }
      />
      <Load query={brands} skeleton={<TableSkeleton label="Loading resellers" />}>
        {({ data }) => (
          <Table
            caption="Brands of this installation"
            columns={columns}
            rows={data}
            rowKey={(brand) => brand.id}
            rowHref={(brand) => paths.adminReseller(brand.id)}
          />
        )}
      </Load>
    </>
  )
}

'use client'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { day, shortDay } from '../../../_lib/format.ts'
import { paths } from '../../../_lib/paths.ts'
import { invoiceStatus } from '../../../_lib/status.ts'
import { useTRPC } from '../../../_lib/trpc.tsx'
import type { InvoiceSummary } from '../../../_lib/wire.ts'
import { Button, buttonClass } from '../../../_ui/button.tsx'
import { FilterBar, useFilters } from '../../../_ui/filter-bar.tsx'
import { Money } from '../../../_ui/money.tsx'
import { PageHeader } from '../../../_ui/page.tsx'
import { EmptyState } from '../../../_ui/states.tsx'
import { Status } from '../../../_ui/status.tsx'
import type { Column } from '../../../_ui/table.tsx'
import { PagedList } from './paged-list.tsx'
import { NewInvoiceDialog } from '../invoices/_components/new-invoice-dialog.tsx'

type State = InvoiceSummary['status']
const isStatus = (value: string): value is State => value in invoiceStatus

const columns: ReadonlyArray<Column<InvoiceSummary>> = [
  { id: 'number', title: 'Invoice', cell: (row) => <span className="font-strong">{row.number ?? 'Draft'}</span> },
  { id: 'org', title: 'Organization', cell: (row) => <bdi>{row.organization_name}</bdi> },
  { id: 'status', title: 'Status', cell: (row) => <Status {...invoiceStatus[row.status]} /> },
  { id: 'period', title: 'From', cell: (row) => shortDay(row.period.start) },
  { id: 'due', title: 'Due', cell: (row) => (row.due_at === null ? null : day(row.due_at)) },
  { id: 'open', title: 'To pay', align: 'end', cell: (row) => <Money value={row.amount_due} /> },
  { id: 'total', title: 'Total', align: 'end', cell: (row) => <Money value={row.total} /> },
]

export function StaffInvoicesPage() {
  const filters = useFilters()
  const [creating, setCreating] = useState(false)
  const today = new Date().toISOString().slice(0, 10)
  const [status, q] = [filters.get('status'), filters.get('q')]
  const query = useInfiniteQuery(
    useTRPC().staff.invoices.infiniteQueryOptions(
      { limit: 50, filter: { ...(isStatus(status) ? { status } : {}), ...(q === '' ? {} : { q }) } },
      { getNextPageParam: (last) => last.pagination.next_cursor },
    ),
  )
  return (
    <>
      <PageHeader
        title="Invoices"
        action={
          <>
            <a className={buttonClass('plain')} href="/v1/admin/invoices.csv" download>
              CSV
            </a>
            <a className={buttonClass('plain')} href={`/v1/admin/journal.csv?from=${today.slice(0, 7)}-01&to=${today}`} download title="Every entry of the books of this month">
              Journal
            </a>
            <Button look="primary" onClick={() => setCreating(true)}>
              New charge
            </Button>
          </>
        }
      />
      {creating ? <NewInvoiceDialog onClose={() => setCreating(false)} /> : null}
      <FilterBar
        search={{ name: 'q', label: 'Number or customer' }}
        selects={[
          {
            name: 'status',
            label: 'Any status',
            options: Object.entries(invoiceStatus).map(([value, look]) => ({ value, label: look.word })),
          },
        ]}
      />
      <PagedList
        query={query} caption="Invoices of every organization" noun="invoices" columns={columns} rowKey={(row) => row.id} rowHref={(row) => paths.adminInvoice(row.id)}
        empty={<EmptyState title="No invoice yet">They are made when a customer's month ends.</EmptyState>}
      />
    </>
  )
}

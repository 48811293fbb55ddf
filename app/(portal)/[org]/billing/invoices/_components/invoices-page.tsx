'use client'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { Download } from 'lucide-react'
import { refusedBecause } from '../../../../../_lib/can.ts'
import { day } from '../../../../../_lib/format.ts'
import { useOrg } from '../../../../../_lib/org-context.tsx'
import { toProblem } from '../../../../../_lib/problem.ts'
import { useTRPC } from '../../../../../_lib/trpc.tsx'
import type { NextInvoice } from '../../../../../_lib/wire.ts'
import { buttonClass } from '../../../../../_ui/button.tsx'
import { Load } from '../../../../../_ui/load.tsx'
import { Money } from '../../../../../_ui/money.tsx'
import { Figure, KeyValue, PageHeader, Panel, Section } from '../../../../../_ui/page.tsx'
import { Pagination } from '../../../../../_ui/pagination.tsx'
import { EmptyState, ErrorPanel, Forbidden, PanelSkeleton, TableSkeleton } from '../../../../../_ui/states.tsx'
import { Table, type Column } from '../../../../../_ui/table.tsx'
import { InvoicesTable } from '../../_components/invoices-table.tsx'
import { StatementSection } from './statement-section.tsx'
import { TaxProfileSection } from './tax-profile-section.tsx'

type Line = NextInvoice['lines'][number]
const lines: ReadonlyArray<Column<Line>> = [
  { id: 'what', title: 'What', cell: (line) => <bdi>{line.description}</bdi> },
  { id: 'quantity', title: 'Quantity', align: 'end', cell: (line) => `${line.quantity} ${line.unit}` },
  { id: 'amount', title: 'Amount', align: 'end', cell: (line) => <Money value={line.amount} /> },
]

function Next({ next }: { next: NextInvoice }) {
  return (
    <Panel className="flex flex-col gap-4">
      <Figure
        label="If the period ended now"
        value={<Money value={next.amount_due} />}
        note={
          next.held_for === 'tax_check'
            ? 'Without tax: the VAT register has not answered yet.'
            : `Issued on ${day(next.issued_at)}, tax ${next.tax.amount === 0 ? 'none' : 'included'}`
        }
      />
      {next.lines.length === 0 ? null : <Table caption="Lines of the next invoice" columns={lines} rows={next.lines} rowKey={(line) => `${line.kind}${line.description}${line.from}`} />}
      {next.lines.length === 0 ? null : (
        <KeyValue items={[
          ...(next.discount.amount === 0 ? [] : [['Discount taken off', <Money key="discount" value={next.discount} />] as const]),
          ['Tax', <Money key="tax" value={next.tax} />],
          ...(next.credits_applied.amount === 0 ? [] : [['Paid from your credit', <Money key="credit" value={next.credits_applied} />] as const]),
        ]} />
      )}
    </Panel>
  )
}

function Issued() {
  const { org } = useOrg()
  const query = useInfiniteQuery(
    useTRPC().billing.invoices.infiniteQueryOptions({ organization_id: org.id, limit: 25 }, { getNextPageParam: (last) => last.pagination.next_cursor }),
  )
  const rows = query.data?.pages.flatMap((page) => page.data)
  return (
    <Section
      title="Issued"
      action={
        <a className={buttonClass('plain', 'sm')} href={`/v1/invoices.csv?organization_id=${org.id}`} download>
          <Download aria-hidden className="size-4" />
          CSV
        </a>
      }>
      {query.error === null ? null : <ErrorPanel problem={toProblem(query.error)} onRetry={() => void query.refetch()} />}
      {rows === undefined && query.error === null ? <TableSkeleton rows={3} label="Loading invoices" /> : null}
      {rows !== undefined && rows.length > 0 ? <InvoicesTable invoices={rows} org={org.slug} /> : null}
      {rows?.length === 0 ? <EmptyState title="No invoice yet">The first one is made when this period ends.</EmptyState> : null}
      <Pagination shown={rows?.length ?? 0} noun="invoices" hasMore={query.hasNextPage} busy={query.isFetchingNextPage} onMore={() => void query.fetchNextPage()} />
    </Section>
  )
}

export function InvoicesPage() {
  const { org } = useOrg()
  const refused = refusedBecause(org, 'billing:read')
  const next = useQuery(useTRPC().invoicing.preview.queryOptions({ organization_id: org.id }, { enabled: refused === null, refetchInterval: 30_000 }))
  if (refused !== null) {
    return (
      <>
        <PageHeader title="Invoices" />
        <Forbidden reason={refused} />
      </>
    )
  }
  return (
    <>
      <PageHeader title="Invoices" />
      <Section title="Next invoice">
        <Load query={next} skeleton={<PanelSkeleton label="Loading the next invoice" className="h-40" />}>
          {(data) => <Next next={data} />}
        </Load>
      </Section>
      <Issued />
      <StatementSection />
      <TaxProfileSection />
    </>
  )
}

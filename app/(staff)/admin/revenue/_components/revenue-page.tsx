'use client'
import { useQuery } from '@tanstack/react-query'
import { useTRPC } from '../../../../_lib/trpc.tsx'
import { FilterBar } from '../../../../_ui/filter-bar.tsx'
import { Load } from '../../../../_ui/load.tsx'
import { PageHeader } from '../../../../_ui/page.tsx'
import { PanelSkeleton, TableSkeleton } from '../../../../_ui/states.tsx'
import { MrrSection } from './mrr-section.tsx'
import { useReportFilters } from './report-filters.ts'
import { RevenueSection } from './revenue-section.tsx'
import { TaxSection } from './tax-section.tsx'

const FRESH = { refetchInterval: 60_000 }

export function RevenuePage() {
  const { input, selects } = useReportFilters()
  const trpc = useTRPC()
  const revenue = useQuery(trpc.books.revenue.queryOptions(input, FRESH))
  const mrr = useQuery(trpc.books.mrr.queryOptions(input, FRESH))
  const tax = useQuery(trpc.books.tax.queryOptions(input, FRESH))
  const seen = [...(revenue.data?.data ?? []).map((row) => row.net.currency), ...(mrr.data?.data ?? []).map((row) => row.end.currency)]
  const currencies = [...new Set(seen)].sort()
  return (
    <>
      <PageHeader title="Revenue" facts="Months are UTC, as the ledger's dates are. Currencies are never added up." />
      <FilterBar selects={selects(currencies)} />
      <Load query={mrr} skeleton={<PanelSkeleton label="Loading recurring revenue" className="mb-10 h-80" />}>
        {(data) => <MrrSection report={data} />}
      </Load>
      <Load query={revenue} skeleton={<PanelSkeleton label="Loading revenue" className="mb-10 h-80" />}>
        {(data) => <RevenueSection report={data} />}
      </Load>
      <Load query={tax} skeleton={<TableSkeleton label="Loading tax" />}>
        {({ data }) => <TaxSection rows={data} input={input} />}
      </Load>
    </>
  )
}

'use client'
import { useQuery } from '@tanstack/react-query'
import { useTRPC } from '../../../../_lib/trpc.tsx'
import { FilterBar, useFilters } from '../../../../_ui/filter-bar.tsx'
import { Load } from '../../../../_ui/load.tsx'
import { PageHeader } from '../../../../_ui/page.tsx'
import { TableSkeleton } from '../../../../_ui/states.tsx'
import { BooksState } from './books-state.tsx'
import { MonthEnd } from './month-end.tsx'
import { RebuildButton } from './rebuild-button.tsx'
import { TrialBalance } from './trial-balance.tsx'

/** The last instant of a UTC month. */
const endOf = (month: string): string => new Date(Date.parse(`${month}-01T00:00:00Z`) + 32 * 86_400_000).toISOString().slice(0, 7)

export function LedgerPage() {
  const filters = useFilters()
  const trpc = useTRPC()
  const [brand, entity, month] = [filters.get('brand'), filters.get('seller'), filters.get('month')]
  const at = /^\d{4}-\d{2}$/.test(month) ? new Date(Date.parse(`${endOf(month)}-01T00:00:00Z`) - 1).toISOString() : undefined
  const brands = useQuery(trpc.staff.brands.queryOptions({}))
  const books = useQuery(
    trpc.books.trialBalance.queryOptions({ ...(brand === '' ? {} : { brand_id: brand }), ...(entity === '' ? {} : { entity_id: entity }), ...(at ? { at } : {}) }),
  )
  return (
    <>
      <PageHeader title="Ledger" action={<RebuildButton />} />
      <BooksState />
      <div className="flex flex-wrap items-start gap-2">
        <FilterBar selects={[{ name: 'brand', label: 'Any brand', options: (brands.data?.data ?? []).map((one) => ({ value: one.id, label: one.name })) }]} />
        <MonthEnd />
      </div>
      <Load query={books} skeleton={<TableSkeleton label="Loading the trial balance" />}>
        {(data) => <TrialBalance books={data} at={at} names={new Map((brands.data?.data ?? []).map((one) => [one.id, one.name]))} />}
      </Load>
    </>
  )
}

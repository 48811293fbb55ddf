'use client'
import { useQuery } from '@tanstack/react-query'
import { useTRPC } from '../../../../_lib/trpc.tsx'
import { useFilters } from '../../../../_ui/filter-bar.tsx'

const monthBefore = (months: number): string => {
  const now = new Date()
  return new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - months, 1)).toISOString().slice(0, 7)
}

const SPANS = [
  { value: '3', label: 'Last 3 months' },
  { value: '', label: 'Last 12 months' },
  { value: '24', label: 'Last 24 months' },
  { value: '60', label: 'Last 5 years' },
]

/** What all reports of the page are asked by, from its address. */
export function useReportFilters() {
  const filters = useFilters()
  const brands = useQuery(useTRPC().staff.brands.queryOptions({}))
  const span = filters.get('months')
  const [brand, currency] = [filters.get('brand'), filters.get('currency')]
  return {
    input: {
      ...(brand === '' ? {} : { brand_id: brand }),
      ...(currency === '' ? {} : { currency }),
      ...(/^\d{1,2}$/.test(span) && span !== '0' ? { from: monthBefore(Number(span) - 1) } : {}),
    },
    selects: (currencies: readonly string[]) => [
      { name: 'months', label: 'Last 12 months', options: SPANS.filter((one) => one.value !== '') },
      { name: 'currency', label: 'Any currency', options: currencies.map((value) => ({ value, label: value })) },
      { name: 'brand', label: 'Any brand', options: (brands.data?.data ?? []).map((one) => ({ value: one.id, label: one.name })) },
    ],
  }
}

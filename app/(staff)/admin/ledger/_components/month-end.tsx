'use client'
import { useFilters } from '../../../../_ui/filter-bar.tsx'
import { Input } from '../../../../_ui/inputs.tsx'

/** Balances as they stood at the end of a month; empty is now. */
export function MonthEnd() {
  const filters = useFilters()
  return (
    <label className="mb-3 flex items-center gap-2 text-13 text-muted">
      As of the end of
      <Input type="month" className="w-40" value={filters.get('month')} onChange={(event) => filters.set({ month: event.target.value })} />
    </label>
  )
}

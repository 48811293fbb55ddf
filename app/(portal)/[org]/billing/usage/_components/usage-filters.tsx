'use client'
import { useQuery } from '@tanstack/react-query'
import { localDay } from '../../../../../_lib/format.ts'
import { useOrg } from '../../../../../_lib/org-context.tsx'
import { useTRPC } from '../../../../../_lib/trpc.tsx'
import type { UsageReport } from '../../../../../_lib/wire.ts'
import { Button } from '../../../../../_ui/button.tsx'
import { Field } from '../../../../../_ui/field.tsx'
import { useFilters } from '../../../../../_ui/filter-bar.tsx'
import { Input, Select } from '../../../../../_ui/inputs.tsx'

type Option = { value: string; label: string }

const GROUPS: readonly Option[] = [
  { value: '', label: 'App' },
  { value: 'meter', label: 'Meter' },
  { value: 'subject', label: 'Subject' },
]
const GRAINS: readonly Option[] = [
  { value: 'minute', label: 'Minute' },
  { value: 'hour', label: 'Hour' },
  { value: '', label: 'Day' },
  { value: 'month', label: 'Month' },
]
const SHOWN: readonly Option[] = [
  { value: '', label: 'Cost' },
  { value: 'quantity', label: 'Quantity' },
]

const isDate = (text: string): boolean => /^\d{4}-\d{2}-\d{2}$/.test(text)
const oneOf = <T extends string>(text: string, values: readonly T[]): T | undefined => values.find((value) => value === text)

/** What the address asks for; what it says wrongly counts as not said. */
export function useUsageQuestion() {
  const filters = useFilters()
  const { org } = useOrg()
  const said = (name: string) => (filters.get(name) === '' ? {} : { [name]: filters.get(name) })
  const dates = (name: string) => (isDate(filters.get(name)) ? said(name) : {})
  const granularity = oneOf(filters.get('by'), ['minute', 'hour', 'month'])
  const groupBy = oneOf(filters.get('group'), ['meter', 'subject'])
  return {
    organization_id: org.id,
    ...dates('from'),
    ...dates('to'),
    ...said('meter'),
    ...(filters.get('app') === '' ? {} : { app_id: filters.get('app') }),
    ...(granularity === undefined ? {} : { granularity }),
    ...(groupBy === undefined ? {} : { group_by: groupBy }),
  }
}

function Choice({ name, label, options, width = 'w-36' }: { name: string; label: string; options: readonly Option[]; width?: string }) {
  const filters = useFilters()
  return (
    <Field label={label} required className={width}>
      {(control) => (
        <Select {...control} value={filters.get(name)} options={[...options]} onChange={(event) => filters.set({ [name]: event.target.value })} />
      )}
    </Field>
  )
}

function Day({ name, label, fallback }: { name: string; label: string; fallback: string | undefined }) {
  const filters = useFilters()
  const given = filters.get(name)
  return (
    <Field label={label} required className="w-40">
      {(control) => (
        <Input
          {...control}
          type="date"
          value={isDate(given) ? given : localDay(fallback)}
          onChange={(event) => filters.set({ [name]: event.target.value })}
        />
      )}
    </Field>
  )
}

const dayOf = (year: number, month: number, date: number): string => localDay(new Date(year, month, date).toISOString())

/** Ranges people ask for most; dates of this browser's calendar. */
function presets(): ReadonlyArray<{ label: string; set: Record<string, string> }> {
  const now = new Date()
  const [year, month, date] = [now.getFullYear(), now.getMonth(), now.getDate()]
  return [
    { label: 'This month', set: { from: '', to: '', by: '' } },
    { label: 'Last month', set: { from: dayOf(year, month - 1, 1), to: dayOf(year, month, 1), by: '' } },
    { label: 'Last 7 days', set: { from: dayOf(year, month, date - 6), to: dayOf(year, month, date + 1), by: '' } },
    { label: 'Today by hour', set: { from: dayOf(year, month, date), to: dayOf(year, month, date + 1), by: 'hour' } },
    { label: 'Last hour', set: { from: '', to: '', by: 'minute' } },
    { label: 'This year', set: { from: dayOf(year, 0, 1), to: dayOf(year + 1, 0, 1), by: 'month' } },
  ]
}

export function UsageFilters({ report }: { report: UsageReport | undefined }) {
  const { org } = useOrg()
  const filters = useFilters()
  const apps = useQuery(useTRPC().apps.list.queryOptions({ organization_id: org.id, limit: 100 }))
  const appOptions = (apps.data?.data ?? []).map((one) => ({ value: one.id, label: one.name }))
  const meters = (report?.meters ?? []).map((one) => ({ value: one.key, label: one.name }))
  const chosen = filters.get('meter')
  const missing = chosen === '' || meters.some((one) => one.value === chosen) ? [] : [{ value: chosen, label: chosen }]
  return (
    <div role="search" className="mb-5">
      <div className="mb-3 flex flex-wrap gap-1.5">
        {presets().map((one) => (
          <Button key={one.label} size="sm" look="quiet" onClick={() => filters.set(one.set)}>
            {one.label}
          </Button>
        ))}
      </div>
      <div className="flex flex-wrap gap-3">
        <Day name="from" label="From" fallback={report?.from} />
        <Day name="to" label="Until before" fallback={report?.to} />
        <Choice name="app" label="App" width="w-44" options={[{ value: '', label: 'Every app' }, ...appOptions]} />
        <Choice name="meter" label="Meter" width="w-44" options={[{ value: '', label: 'Every meter' }, ...meters, ...missing]} />
        <Choice name="group" label="Bars by" options={GROUPS} />
        <Choice name="by" label="One bar per" options={GRAINS} />
        {chosen === '' ? null : <Choice name="show" label="Show" options={SHOWN} />}
      </div>
    </div>
  )
}

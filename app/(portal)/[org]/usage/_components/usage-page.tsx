'use client'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Download } from 'lucide-react'
import { bytes, count, localDay, money, shortDay } from '../../../../_lib/format.ts'
import { useOrg } from '../../../../_lib/org-context.tsx'
import { toProblem } from '../../../../_lib/problem.ts'
import { useTRPC } from '../../../../_lib/trpc.tsx'
import type { UsageReport } from '../../../../_lib/wire.ts'
import { Button } from '../../../../_ui/button.tsx'
import { Chart } from '../../../../_ui/chart.tsx'
import { Field } from '../../../../_ui/field.tsx'
import { useFilters } from '../../../../_ui/filter-bar.tsx'
import { Input, Select } from '../../../../_ui/inputs.tsx'
import { Money } from '../../../../_ui/money.tsx'
import { Figure, PageHeader, Panel, Section } from '../../../../_ui/page.tsx'
import { EmptyState, ErrorPanel, NothingMatches, PanelSkeleton } from '../../../../_ui/states.tsx'
import { Table, type Column } from '../../../../_ui/table.tsx'
import { TimeAgo } from '../../../../_ui/time.tsx'

type UsageRow = UsageReport['rows'][number]

const meters: Record<UsageRow['meter'], { name: string; say: (quantity: number) => string }> = {
  vcpu_seconds: { name: 'vCPU', say: (quantity) => `${count(quantity / 3600, 2)} vCPU-hours` },
  memory_mib_seconds: { name: 'Memory', say: (quantity) => `${count(quantity / 3600 / 1024, 2)} GiB-hours` },
  egress_bytes: { name: 'Traffic out', say: bytes },
}

const columns: ReadonlyArray<Column<UsageRow>> = [
  { id: 'app', title: 'App', cell: (row) => <bdi className="font-strong">{row.app_name}</bdi> },
  { id: 'meter', title: 'What', cell: (row) => meters[row.meter].name },
  {
    id: 'quantity',
    title: 'Used',
    align: 'end',
    cell: (row) => <span title={`${row.quantity} ${row.unit}`}>{meters[row.meter].say(Number(row.quantity))}</span>,
  },
  { id: 'amount', title: 'Cost', align: 'end', cell: (row) => <Money value={row.amount} /> },
]

const cell = (text: string): string =>
  /^[=+\-@\t]|[",\n]/.test(text) ? `"${text.replace(/^([=+\-@\t])/, "'$1").replaceAll('"', '""')}"` : text

function download(report: UsageReport): void {
  const rows = report.rows.map((row) =>
    [row.app_name, row.meter, row.quantity, row.unit, String(row.amount.amount), row.amount.currency].map(cell).join(','),
  )
  const url = URL.createObjectURL(
    new Blob([['app,meter,quantity,unit,amount_minor,currency', ...rows, ''].join('\n')], { type: 'text/csv' }),
  )
  Object.assign(document.createElement('a'), {
    href: url,
    download: `usage-${report.from.slice(0, 10)}-${report.to.slice(0, 10)}.csv`,
  }).click()
  setTimeout(() => URL.revokeObjectURL(url), 1000)
}

function Report({ report }: { report: UsageReport }) {
  const currency = report.total.currency
  return (
    <>
      <Panel className="mb-8 sm:p-6">
        <Figure
          label={`Cost from ${shortDay(report.from)} until before ${shortDay(report.to)}`}
          value={<Money value={report.total} />}
          note={
            <>
              As of <TimeAgo value={report.as_of} />
            </>
          }
        />
        <div className="mt-5">
          <Chart
            title="Cost by day"
            kind="bars"
            height={180}
            points={report.daily.map((one) => ({ x: one.date, values: { amount: one.amount } }))}
            series={[{ key: 'amount', label: 'Cost', tone: 'accent' }]}
            formatX={shortDay}
            formatY={(amount) => money({ amount: Math.round(amount), currency })}
          />
        </div>
      </Panel>
      <Section
        title="By app and meter"
        action={
          <Button size="sm" icon={<Download aria-hidden className="size-3.5" />} onClick={() => download(report)}>
            CSV
          </Button>
        }>
        <Table caption="Usage by app and meter" columns={columns} rows={report.rows} rowKey={(row) => `${row.app_id}:${row.meter}`} />
      </Section>
    </>
  )
}

const isDate = (text: string): boolean => /^\d{4}-\d{2}-\d{2}$/.test(text)

export function UsagePage() {
  const { org } = useOrg()
  const trpc = useTRPC()
  const filters = useFilters()
  const from = isDate(filters.get('from')) ? { from: filters.get('from') } : {}
  const to = isDate(filters.get('to')) ? { to: filters.get('to') } : {}
  const app = filters.get('app')
  const apps = useQuery(trpc.apps.list.queryOptions({ organization_id: org.id, limit: 100 }))
  const usage = useQuery(
    trpc.billing.usage.queryOptions(
      { organization_id: org.id, ...from, ...to, ...(app === '' ? {} : { app_id: app }) },
      { placeholderData: keepPreviousData },
    ),
  )
  return (
    <>
      <PageHeader title="Usage" />
      <div className="mb-5 flex flex-wrap gap-3">
        <Field label="From" required className="w-40">
          {(control) => (
            <Input
              {...control}
              type="date"
              value={from.from ?? localDay(usage.data?.from)}
              onChange={(event) => filters.set({ from: event.target.value })}
            />
          )}
        </Field>
        <Field label="Until before" required className="w-40">
          {(control) => (
            <Input
              {...control}
              type="date"
              value={to.to ?? localDay(usage.data?.to)}
              onChange={(event) => filters.set({ to: event.target.value })}
            />
          )}
        </Field>
        <Field label="App" required className="w-52">
          {(control) => (
            <Select
              {...control}
              value={app}
              options={[{ value: '', label: 'Every app' }, ...(apps.data?.data ?? []).map((one) => ({ value: one.id, label: one.name }))]}
              onChange={(event) => filters.set({ app: event.target.value })}
            />
          )}
        </Field>
      </div>
      {usage.error === null ? null : (
        <ErrorPanel
          className="mb-4"
          problem={toProblem(usage.error)}
          onRetry={() => {
            void usage.refetch()
          }}
        />
      )}
      {usage.data === undefined ? (
        usage.error === null ? (
          <PanelSkeleton label="Loading usage" className="h-80" />
        ) : null
      ) : usage.data.rows.length > 0 ? (
        <Report report={usage.data} />
      ) : filters.active ? (
        <NothingMatches onClear={filters.clear} />
      ) : (
        <EmptyState title="Nothing used yet" command="shellwego usage --json">
          vCPU, memory and outgoing traffic of each app are counted from its first second and shown here.
        </EmptyState>
      )}
    </>
  )
}

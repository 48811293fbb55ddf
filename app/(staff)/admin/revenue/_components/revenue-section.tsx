'use client'
import { count, money } from '../../../../_lib/format.ts'
import type { RevenueRow } from '../../../../_lib/wire.ts'
import { Chart, type ChartPoint, type ChartSeries } from '../../../../_ui/chart.tsx'
import { Money } from '../../../../_ui/money.tsx'
import { Panel, Section } from '../../../../_ui/page.tsx'
import { EmptyState } from '../../../../_ui/states.tsx'
import { Table, type Column } from '../../../../_ui/table.tsx'

const nameOf = (row: RevenueRow): string => row.plan_name ?? 'Without plan'

const columns: ReadonlyArray<Column<RevenueRow>> = [
  { id: 'month', title: 'Month', cell: (row) => row.month },
  { id: 'plan', title: 'Plan', cell: (row) => <bdi>{nameOf(row)}</bdi> },
  { id: 'invoices', title: 'Invoices', align: 'end', cell: (row) => count(row.invoices) },
  { id: 'fees', title: 'Plan fees', align: 'end', cell: (row) => <Money value={row.plan_fees} /> },
  { id: 'usage', title: 'Usage', align: 'end', cell: (row) => <Money value={row.usage} /> },
  { id: 'other', title: 'Other', align: 'end', cell: (row) => <Money value={row.other} /> },
  {
    id: 'back',
    title: 'Credited or void',
    align: 'end',
    cell: (row) => <Money value={{ amount: -(row.credited.amount + row.voided.amount), currency: row.net.currency }} />,
  },
  { id: 'net', title: 'Revenue', align: 'end', cell: (row) => <Money value={row.net} /> },
]

function OneCurrency({ currency, rows, months }: { currency: string; rows: readonly RevenueRow[]; months: readonly string[] }) {
  const plans = [...new Set(rows.map(nameOf))]
  const points = months.map((month): ChartPoint => ({
    x: month,
    values: Object.fromEntries(plans.map((plan) => [plan, rows.find((row) => row.month === month && nameOf(row) === plan)?.net.amount ?? 0])),
  }))
  const series = plans.map((plan, shade): ChartSeries => ({ key: plan, label: plan, tone: 'accent', shade }))
  return (
    <div className="mb-6">
      <Panel className="mb-3">
        <Chart
          title={`Revenue in ${currency}`}
          kind="stacked"
          points={points}
          formatX={(month) => month}
          formatY={(amount) => money({ amount: Math.round(amount), currency })}
          series={series}
        />
      </Panel>
      <Table
        caption={`Revenue in ${currency} by month and plan`}
        columns={columns}
        rows={[...rows].reverse()}
        rowKey={(row) => `${row.month} ${row.plan_key ?? ''}`}
      />
    </div>
  )
}

export function RevenueSection({ report }: { report: { data: RevenueRow[]; months: string[] } }) {
  const groups = [...Map.groupBy(report.data, (row) => row.net.currency)]
  return (
    <Section title="Revenue by month and plan" hint="As booked in the ledger: invoices after discounts and before tax, less credit notes and voids.">
      {groups.length === 0 ? <EmptyState title="Nothing was invoiced in these months">Revenue is booked when an invoice is finalised.</EmptyState> : null}
      {groups.map(([currency, rows]) => (
        <OneCurrency key={currency} currency={currency} rows={rows} months={report.months} />
      ))}
    </Section>
  )
}

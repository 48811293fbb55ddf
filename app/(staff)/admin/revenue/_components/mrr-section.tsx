'use client'
import { count, money } from '../../../../_lib/format.ts'
import type { Money as Value, MrrRow } from '../../../../_lib/wire.ts'
import { Chart, type ChartPoint } from '../../../../_ui/chart.tsx'
import { Money } from '../../../../_ui/money.tsx'
import { Panel, Section, Stat } from '../../../../_ui/page.tsx'
import { EmptyState } from '../../../../_ui/states.tsx'
import { Table, type Column } from '../../../../_ui/table.tsx'

const negative = ({ amount, currency }: Value): Value => ({ amount: -amount, currency })

const columns: ReadonlyArray<Column<MrrRow>> = [
  { id: 'month', title: 'Month', cell: (row) => row.month },
  { id: 'new', title: 'New', align: 'end', cell: (row) => <Money value={row.new} /> },
  { id: 'returned', title: 'Returned', align: 'end', cell: (row) => <Money value={row.returned} /> },
  { id: 'more', title: 'Expansion', align: 'end', cell: (row) => <Money value={row.expansion} /> },
  { id: 'less', title: 'Contraction', align: 'end', cell: (row) => <Money value={negative(row.contraction)} /> },
  { id: 'gone', title: 'Churn', align: 'end', cell: (row) => <Money value={negative(row.churn)} /> },
  { id: 'end', title: 'MRR at the end', align: 'end', cell: (row) => <Money value={row.end} /> },
  { id: 'customers', title: 'Customers', align: 'end', cell: (row) => count(row.customers) },
]

function Figures({ rows }: { rows: readonly MrrRow[] }) {
  const last = rows.at(-1)
  if (last === undefined) return null
  return (
    <div className="mb-5 flex flex-wrap gap-x-10 gap-y-4">
      <Stat label={`MRR, end of ${last.month}`} value={<Money value={last.end} />} note={`${count(last.customers)} paying customers`} />
      <Stat
        label="This month"
        value={<Money value={{ amount: last.end.amount - last.start.amount, currency: last.end.currency }} />}
        note={`${count(last.joined)} came, ${count(last.left)} left`}
      />
    </div>
  )
}

function OneCurrency({ currency, rows }: { currency: string; rows: readonly MrrRow[] }) {
  const points = rows.map((row): ChartPoint => ({ x: row.month, values: { mrr: row.end.amount } }))
  return (
    <div className="mb-6">
      <Panel className="mb-3">
        <Figures rows={rows} />
        <Chart
          title={`MRR in ${currency}`}
          kind="bars"
          points={points}
          formatX={(month) => month}
          formatY={(amount) => money({ amount: Math.round(amount), currency })}
          series={[{ key: 'mrr', label: 'MRR', tone: 'accent' }]}
        />
      </Panel>
      <Table caption={`Movement of MRR in ${currency}`} columns={columns} rows={[...rows].reverse()} rowKey={(row) => row.month} />
    </div>
  )
}

export function MrrSection({ report }: { report: { data: MrrRow[]; method: string } }) {
  const groups = [...Map.groupBy(report.data, (row) => row.end.currency)]
  return (
    <Section title="Recurring revenue" hint={report.method}>
      {groups.length === 0 ? <EmptyState title="Nobody subscribes yet">The first customer's plan shows here.</EmptyState> : null}
      {groups.map(([currency, rows]) => (
        <OneCurrency key={currency} currency={currency} rows={rows} />
      ))}
    </Section>
  )
}

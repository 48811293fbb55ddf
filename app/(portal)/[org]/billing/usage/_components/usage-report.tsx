'use client'
import { Download } from 'lucide-react'
import { count, hourMinute, instant, money, shortDay } from '../../../../../_lib/format.ts'
import type { UsageReport } from '../../../../../_lib/wire.ts'
import { buttonClass } from '../../../../../_ui/button.tsx'
import { Chart } from '../../../../../_ui/chart.tsx'
import { useFilters } from '../../../../../_ui/filter-bar.tsx'
import { Money } from '../../../../../_ui/money.tsx'
import { Figure, Panel, Section } from '../../../../../_ui/page.tsx'
import { Table, type Column } from '../../../../../_ui/table.tsx'
import { usageSeries } from './usage-series.ts'

type UsageRow = UsageReport['rows'][number]

const columnsOf = (report: UsageReport): ReadonlyArray<Column<UsageRow>> => {
  const meters = new Map(report.meters.map((meter) => [meter.key, meter]))
  return [
    { id: 'app', title: 'App', cell: (row) => <bdi className={row.app_id === null ? 'text-muted' : 'font-strong'}>{row.app_name}</bdi> },
    { id: 'meter', title: 'Meter', cell: (row) => <bdi>{meters.get(row.meter)?.name ?? row.meter}</bdi> },
    { id: 'used', title: 'Used', align: 'end', cell: (row) => `${count(Number(row.billed_quantity), 2)} ${row.unit}` },
    {
      id: 'exact',
      title: 'Exactly',
      align: 'end',
      cell: (row) => (
        <span className="text-muted">
          {row.quantity} {meters.get(row.meter)?.measured_in ?? ''}
        </span>
      ),
    },
    { id: 'amount', title: 'Cost', align: 'end', cell: (row) => <Money value={row.amount} /> },
  ]
}

const timeText: Record<UsageReport['granularity'], (at: string) => string> = {
  minute: hourMinute,
  hour: (at) => `${shortDay(at)} ${hourMinute(at)}`,
  day: shortDay,
  month: (at) => at,
}

function Bars({ report }: { report: UsageReport }) {
  const filters = useFilters()
  const meter = report.meters.find((one) => one.key === filters.get('meter'))
  const show = filters.get('show') === 'quantity' && meter !== undefined ? 'quantity' : 'cost'
  const { points, series } = usageSeries(report, show)
  const quantity = (value: number) => `${count(value / Number(meter?.unit_quantity ?? 1), 2)} ${meter?.unit ?? ''}`
  return (
    <Chart
      title={show === 'cost' ? `Cost by ${report.granularity}` : `${meter?.name ?? ''} by ${report.granularity}`}
      kind="stacked"
      height={240}
      points={points}
      series={series}
      formatX={timeText[report.granularity]}
      formatY={show === 'cost' ? (amount) => money({ amount: Math.round(amount), currency: report.currency }) : quantity}
    />
  )
}

/** Names the shades of the bars, dearest first. */
function Groups({ report }: { report: UsageReport }) {
  return (
    <ul className="mt-3 flex flex-wrap gap-x-5 gap-y-1 text-13" aria-label={`Cost by ${report.group_by}`}>
      {report.groups.slice(0, 6).map((group) => (
        <li key={group.key}>
          <bdi>{group.name}</bdi> <span className="figures text-muted">{money(group.amount)}</span>
        </li>
      ))}
      {report.groups.length > 6 ? <li className="text-muted">and {report.groups.length - 6} more below</li> : null}
    </ul>
  )
}

export function Report({ report, exportHref }: { report: UsageReport; exportHref: string }) {
  return (
    <>
      <Panel className="mb-8 sm:p-6">
        <Figure
          label={`Cost from ${shortDay(report.from)} until before ${shortDay(report.to)}`}
          value={<Money value={report.total} />}
          note={
            <>
              Before tax. As of {instant(report.as_of)}
            </>
          }
        />
        <div className="mt-5">
          <Bars report={report} />
          <Groups report={report} />
        </div>
      </Panel>
      <Section
        title="By app and meter"
        hint="Over the whole range, with the exact quantities that are rated."
        action={
          <a href={exportHref} download className={buttonClass('plain', 'sm')}>
            <Download aria-hidden className="size-3.5" />
            CSV
          </a>
        }>
        <Table
          caption="Usage by app and meter"
          columns={columnsOf(report)}
          rows={report.rows}
          rowKey={(row) => `${row.app_id ?? ''}:${row.meter}`}
        />
      </Section>
    </>
  )
}

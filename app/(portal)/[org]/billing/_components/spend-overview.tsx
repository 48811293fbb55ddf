'use client'
import Link from 'next/link'
import { spendCurve } from '../../../../_lib/forecast.ts'
import { money, plural, shortDay } from '../../../../_lib/format.ts'
import { useOrg } from '../../../../_lib/org-context.tsx'
import { paths } from '../../../../_lib/paths.ts'
import type { Spend } from '../../../../_lib/wire.ts'
import { Chart } from '../../../../_ui/chart.tsx'
import { Money, MoneyRange } from '../../../../_ui/money.tsx'
import { Figure, Panel, Section, Stat } from '../../../../_ui/page.tsx'
import { Table, type Column } from '../../../../_ui/table.tsx'
import { TimeAgo } from '../../../../_ui/time.tsx'

type ByApp = Spend['by_app'][number]

const columns: ReadonlyArray<Column<ByApp>> = [
  { id: 'name', title: 'App', cell: (row) => <bdi>{row.name}</bdi> },
  { id: 'amount', title: 'So far', align: 'end', cell: (row) => <Money value={row.amount} /> },
  { id: 'forecast', title: 'Estimate for the month', align: 'end', cell: (row) => <Money value={row.forecast} /> },
]

export function SpendOverview({ overview }: { overview: Spend }) {
  const { org } = useOrg()
  const currency = overview.spend.currency
  const { period } = overview
  const curve = spendCurve(overview)
  return (
    <>
      <Panel className="mb-10 sm:p-6">
        <div className="flex flex-wrap items-start justify-between gap-x-10 gap-y-4">
          <Figure
            label={`Spent since ${shortDay(period.start)}`}
            value={<Money value={overview.spend} />}
            note={
              <>
                Estimate for the whole month:{' '}
                <span className="text-ink">
                  <MoneyRange low={overview.forecast.low} high={overview.forecast.high} />
                </span>
              </>
            }
          />
          <div className="flex flex-wrap gap-x-8 gap-y-3">
            {overview.balance_due.amount > 0 ? <Stat label="Invoices to pay" value={<Money value={overview.balance_due} />} /> : null}
            {overview.previous === null ? null : <Stat label="Last month" value={<Money value={overview.previous} />} />}
          </div>
        </div>
        <div className="mt-6">
          {curve.length === 0 ? (
            <p className="text-muted">Nothing used yet in this period. The curve starts with your first running instance.</p>
          ) : (
            <Chart
              title="Spend"
              points={curve}
              height={220}
              formatX={shortDay}
              formatY={(amount) => money({ amount: Math.round(amount), currency })}
              series={[
                { key: 'spent', label: 'Spent', tone: 'accent' },
                { key: 'low', label: 'Estimate, low', tone: 'accent', dashed: true },
                { key: 'high', label: 'Estimate, high', tone: 'accent', dashed: true },
              ]}
              band={{ low: 'low', high: 'high', label: 'Estimate' }}
              note={
                <p>
                  Solid: spent. Dashed: estimate{' '}
                  {overview.forecast.basis_days > 0
                    ? `from the last ${plural(overview.forecast.basis_days, 'full day')} and what runs now`
                    : 'from what runs now'}
                  . Before tax. As of <TimeAgo value={overview.as_of} />.
                </p>
              }
            />
          )}
        </div>
      </Panel>
      {overview.by_app.length === 0 ? null : (
        <Section
          title="By app"
          action={
            <Link className="link text-13" href={paths.usage(org.slug)}>
              See the usage behind it
            </Link>
          }>
          <Table
            caption="Spend by app"
            columns={columns}
            rows={overview.by_app}
            rowKey={(row) => row.app_id ?? `fee:${row.name}`}
            rowHref={(row) => (row.app_id === null ? null : `${paths.usage(org.slug)}?app=${row.app_id}`)}
          />
        </Section>
      )}
    </>
  )
}

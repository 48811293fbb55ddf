'use client'
import Link from 'next/link'
import { refusedBecause } from '../../../../_lib/can.ts'
import { spendCurve } from '../../../../_lib/forecast.ts'
import { day, money, plural, shortDay } from '../../../../_lib/format.ts'
import { useOrg } from '../../../../_lib/org-context.tsx'
import { paths } from '../../../../_lib/paths.ts'
import type { Spend } from '../../../../_lib/wire.ts'
import { Chart } from '../../../../_ui/chart.tsx'
import { Money, MoneyRange } from '../../../../_ui/money.tsx'
import { Figure, KeyValue, Panel, Section, Stat } from '../../../../_ui/page.tsx'
import { SpendByApp } from './spend-by-app.tsx'

function Facts({ overview }: { overview: Spend }) {
  const { org } = useOrg()
  const mayRead = refusedBecause(org, 'billing:read') === null
  return (
    <div className="flex flex-wrap gap-x-8 gap-y-4">
      <Stat label="Next invoice" value={day(overview.next_invoice_at)} note={`${overview.plan} plan`} />
      <Stat
        label="Credit"
        value={<Money value={overview.credit} />}
        note={
          mayRead ? (
            <Link className="link" href={paths.credits(org.slug)}>
              Buy credit, redeem a coupon
            </Link>
          ) : undefined
        }
      />
      {overview.balance_due.amount > 0 ? <Stat label="Invoices to pay" value={<Money value={overview.balance_due} />} /> : null}
      {overview.previous === null ? null : <Stat label="Last invoice" value={<Money value={overview.previous} />} />}
    </div>
  )
}

/** How the sum asked for comes about, if the period ended now. */
function IfItEndedNow({ overview }: { overview: Spend }) {
  const taken = Math.min(overview.credit.amount, Math.max(overview.total.amount, 0))
  const minus = (amount: number) => <Money value={{ amount: -amount, currency: overview.currency }} />
  return (
    <Section title="If the period ended now">
      <Panel className="max-w-110">
        <KeyValue
          items={[
            ['Plan and usage', <Money key="spend" value={overview.spend} />],
            ...overview.coupons.map((one) => [`Coupon ${one.code}`, minus(one.amount.amount)] as const),
            overview.tax_pending ? (['Tax', 'known when your tax id was checked'] as const) : (['Tax', <Money key="tax" value={overview.tax} />] as const),
            ...(taken === 0 ? [] : [['Credit', minus(taken)] as const]),
            ['To pay', <strong key="due" className="font-strong">{money(overview.amount_due)}</strong>],
          ]}
        />
      </Panel>
    </Section>
  )
}

function Curve({ overview }: { overview: Spend }) {
  const curve = spendCurve(overview)
  const { currency, forecast } = overview
  if (curve.length === 0) return <p className="text-muted">Nothing used yet in this period. The curve starts with your first running instance.</p>
  return (
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
          Solid: spent. Band: from the cheapest to the dearest{' '}
          {forecast.basis_days > 0 ? `of the last ${plural(forecast.basis_days, 'full day')} and what runs now` : 'of what runs now'}, carried on to the end of the
          period. Before discounts and tax. As of {day(overview.as_of)}.
        </p>
      }
    />
  )
}

export function SpendOverview({ overview }: { overview: Spend }) {
  return (
    <>
      <Panel className="mb-10 sm:p-6">
        <div className="flex flex-wrap items-start justify-between gap-x-10 gap-y-5">
          <Figure
            label={`Spent since ${shortDay(overview.period.start)}`}
            value={<Money value={overview.spend} />}
            note={
              <>
                Estimate for the whole period:{' '}
                <span className="text-ink">
                  <MoneyRange low={overview.forecast.low} high={overview.forecast.high} />
                </span>
              </>
            }
          />
          <Facts overview={overview} />
        </div>
        <div className="mt-6">
          <Curve overview={overview} />
        </div>
      </Panel>
      <SpendByApp overview={overview} />
      <IfItEndedNow overview={overview} />
    </>
  )
}

'use client'
import { useQuery } from '@tanstack/react-query'
import { refusedBecause } from '../../../../../_lib/can.ts'
import { count, day, money, plural, shortDay } from '../../../../../_lib/format.ts'
import { useOrg } from '../../../../../_lib/org-context.tsx'
import { useTRPC } from '../../../../../_lib/trpc.tsx'
import type { Budget } from '../../../../../_lib/wire.ts'
import { Chart } from '../../../../../_ui/chart.tsx'
import { CommandLine } from '../../../../../_ui/copy.tsx'
import { Load } from '../../../../../_ui/load.tsx'
import { Money } from '../../../../../_ui/money.tsx'
import { Figure, PageHeader, Panel, Section, Stat } from '../../../../../_ui/page.tsx'
import { Forbidden, PanelSkeleton } from '../../../../../_ui/states.tsx'
import { Banner } from '../../../../../_ui/status.tsx'
import { BudgetBar } from './budget-bar.tsx'
import { budgetCurve } from './budget-curve.ts'
import { BudgetForm } from './budget-form.tsx'

function Picture({ budget }: { budget: Budget }) {
  const points = budgetCurve(budget)
  if (points.length === 0) return <p className="text-muted">Nothing used yet in this period. The curve starts with your first running instance.</p>
  const { currency } = budget.spent
  return (
    <Chart
      title="Spend against the budget"
      points={points}
      height={220}
      formatX={shortDay}
      formatY={(amount) => money({ amount: Math.round(amount), currency })}
      series={[
        { key: 'spent', label: 'Spent', tone: 'accent' },
        { key: 'ahead', label: 'Estimate', tone: 'accent', dashed: true },
        ...(budget.amount === null ? [] : [{ key: 'budget', label: 'Budget', tone: 'attention', dashed: true } as const]),
      ]}
      note={<p>Solid: spent. Dashed: the estimate to the end of the period{budget.amount === null ? '' : ', and the budget'}. Before discounts and tax.</p>}
    />
  )
}

const shareOf = ({ amount, spent }: Budget): string => (amount === null ? '' : `${count((spent.amount / amount.amount) * 100)} % of the budget`)

function State({ budget }: { budget: Budget }) {
  if (!budget.reached) return null
  return (
    <Banner tone={budget.hard_cap ? 'bad' : 'attention'} className="mb-6">
      <strong className="font-strong">The budget of this period is reached.</strong>{' '}
      {budget.hard_cap ? 'New apps, starts and larger sizes are refused until the next period or a higher budget.' : 'Nothing is capped.'}
      {budget.stopped_apps > 0 ? ` ${plural(budget.stopped_apps, 'app')} stopped.` : ''}
    </Banner>
  )
}

function Overview({ budget }: { budget: Budget }) {
  return (
    <>
      <State budget={budget} />
      <Panel className="mb-10 sm:p-6">
        <div className="flex flex-wrap items-start justify-between gap-x-10 gap-y-5">
          <Figure label={`Spent since ${shortDay(budget.period.start)}`} value={<Money value={budget.spent} />} note={shareOf(budget)} />
          <div className="flex flex-wrap gap-x-8 gap-y-4">
            {budget.amount === null ? null : <Stat label="Budget" value={<Money value={budget.amount} />} note={budget.hard_cap ? (budget.stop_apps ? 'Stops apps' : 'Hard cap') : 'Alerts only'} />}
            <Stat label="Estimate" value={<Money value={budget.forecast} />} note={`to ${shortDay(budget.period.end)}`} />
          </div>
        </div>
        {budget.amount === null ? null : <BudgetBar budget={budget} whole={budget.amount.amount} />}
        <div className="mt-6">
          <Picture budget={budget} />
        </div>
        {budget.alerts.length === 0 ? null : (
          <ul className="mt-4 text-13 text-muted">
            {budget.alerts.map((alert) => (
              <li key={alert.threshold}>{alert.threshold} % told on {day(alert.at)}, at <Money value={alert.spent} /></li>
            ))}
          </ul>
        )}
      </Panel>
      <Section title={budget.amount === null ? 'Set a budget' : 'Change the budget'}>
        <Panel className="sm:p-6">
          <BudgetForm key={budget.etag} budget={budget} />
          <div className="mt-5">
            <CommandLine command="shellwego budget set 100 --hard-cap" label="or" />
          </div>
        </Panel>
      </Section>
    </>
  )
}

export function BudgetPage() {
  const { org } = useOrg()
  const refused = refusedBecause(org, 'billing:read')
  const query = useQuery(useTRPC().dunning.budget.queryOptions({ organization_id: org.id }, { enabled: refused === null, refetchInterval: 30_000 }))
  return (
    <>
      <PageHeader title="Budget" />
      {refused === null ? (
        <Load query={query} skeleton={<PanelSkeleton label="Loading the budget" className="h-80" />}>
          {(budget) => <Overview budget={budget} />}
        </Load>
      ) : (
        <Forbidden reason={refused} />
      )}
    </>
  )
}

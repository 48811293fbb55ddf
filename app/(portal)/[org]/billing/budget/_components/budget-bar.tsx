import { BUDGET_THRESHOLDS } from '../../../../../../server/contract/dunning.ts'
import type { Budget } from '../../../../../_lib/wire.ts'

const FULL = 100

/** How much of the budget is gone, and in the paler part how much the estimate adds; the ticks are where alerts leave. */
export function BudgetBar({ budget: { spent, forecast, reached }, whole }: { budget: Budget; whole: number }) {
  const share = (amount: number): number => (whole === 0 ? FULL : Math.max(0, Math.min(FULL, (amount / whole) * FULL)))
  return (
    <div aria-hidden className="mt-5">
      <div className="relative h-3 overflow-hidden rounded-full bg-sunken">
        <div className="absolute inset-y-0 start-0 bg-accent/30" style={{ width: `${share(forecast.amount)}%` }} />
        <div className={`absolute inset-y-0 start-0 ${reached ? 'bg-bad-mark' : 'bg-accent'}`} style={{ width: `${share(spent.amount)}%` }} />
      </div>
      <div className="figures relative mt-1 h-4 text-12 text-muted">
        {BUDGET_THRESHOLDS.map((threshold) => (
          <span key={threshold} className="absolute -translate-x-full whitespace-nowrap" style={{ insetInlineStart: `${threshold}%` }}>{threshold} %</span>
        ))}
      </div>
    </div>
  )
}

import type { DunningPolicy } from '../../../../../server/contract/dunning.ts'
import { Mark } from '../../../../_ui/status.tsx'
import { dayWords, policySteps } from './policy-steps.ts'

/** What the numbers beside it come to, as they are written. */
export function PolicyTimeline({ rules }: { rules: Omit<DunningPolicy, 'brand_id' | 'etag'> }) {
  return (
    <section aria-labelledby="policy-timeline" className="min-w-0">
      <h3 id="policy-timeline" className="mb-3 text-13 font-strong">An invoice that is never paid</h3>
      <ol className="flex flex-col border-s border-line text-13">
        {policySteps(rules).map(({ day, what, tone }) => (
          <li key={day} className="relative flex gap-3 py-1.5 ps-5">
            <span className="absolute -start-1.5 top-2.5 grid size-3 place-items-center bg-surface">
              <Mark tone={tone} className="size-2.5" />
            </span>
            <span className="figures w-24 shrink-0 text-muted">{dayWords(day)}</span>
            <span className="min-w-0">{what}</span>
          </li>
        ))}
      </ol>
    </section>
  )
}

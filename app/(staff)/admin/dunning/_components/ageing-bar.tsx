import type { AgeingBucket } from '../../../../../server/contract/dunning.ts'

interface Part { name: AgeingBucket; title: string; amount: number; text: string }

/** The older, the darker the red; what is not due yet has no colour of its own. */
const fills: Readonly<Record<AgeingBucket, string>> = {
  current: 'bg-line-strong', days_0_30: 'bg-attention-mark', days_31_60: 'bg-bad-mark/55', days_61_90: 'bg-bad-mark/75', days_over_90: 'bg-bad-mark',
}

/** One bar of all that is open, cut by age; what each part is stands below it. */
export function AgeingBar({ total, parts }: { total: number; parts: readonly Part[] }) {
  return (
    <>
      <div aria-hidden className="flex h-5 gap-0.5 overflow-hidden rounded-inner bg-sunken">
        {parts.map(({ name, amount }) => (amount === 0 ? null : <div key={name} className={`${fills[name]} min-w-0.5`} style={{ width: `${(amount / total) * 100}%` }} />))}
      </div>
      <dl className="mt-3 grid grid-cols-2 gap-x-6 gap-y-2 text-13 sm:grid-cols-5">
        {parts.map(({ name, title, amount, text }) => (
          <div key={name} className="min-w-0">
            <dt className="flex items-center gap-2 text-12 text-muted">
              <span aria-hidden className={`size-2.5 shrink-0 rounded-[3px] ${fills[name]}`} />
              {title}
            </dt>
            <dd className={amount === 0 ? 'figures text-faint' : 'figures font-strong'}>{text}</dd>
          </div>
        ))}
      </dl>
    </>
  )
}

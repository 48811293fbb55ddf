import Link from 'next/link'
import { deploymentState } from '../../../../../_lib/status.ts'
import type { Deployment } from '../../../../../_lib/wire.ts'
import { cx } from '../../../../../_ui/cx.ts'

const fills = {
  good: 'bg-good-mark h-6',
  bad: 'bg-bad-mark h-3',
  attention: 'bg-attention-mark h-4',
  info: 'bg-info-mark h-4',
  idle: 'bg-good-border h-6',
} as const

/** The latest deployments from old to new: height and colour say the outcome, each mark leads to it. */
export function OutcomeStrip({ deployments, href }: { deployments: readonly Deployment[]; href: (one: Deployment) => string }) {
  if (deployments.length < 4) return null
  const failed = deployments.filter((one) => one.state === 'failed').length
  return (
    <div className="mb-4 flex flex-wrap items-end gap-x-4 gap-y-1">
      <ol aria-label="Outcomes, oldest first" className="flex h-6 items-end gap-1">
        {deployments.toReversed().map((one) => {
          const look =
            one.state === 'superseded' ? { tone: 'good' as const, word: 'Succeeded, since replaced' } : deploymentState[one.state]
          const title = `Release ${one.release}: ${look.word}`
          return (
            <li key={one.id}>
              <Link href={href(one)} aria-label={title} title={title} className={cx('block w-2.5 rounded-[2px]', fills[look.tone])} />
            </li>
          )
        })}
      </ol>
      <p className="text-13 text-muted">
        {failed === 0 ? `None of the last ${deployments.length} failed` : `${failed} of the last ${deployments.length} failed`}
      </p>
    </div>
  )
}

import { Check, Minus, X } from 'lucide-react'
import { cx } from './cx.ts'
import { Elapsed } from './time.tsx'

export type TimelineState = 'waiting' | 'running' | 'done' | 'failed' | 'cancelled'
export type TimelineStep = {
  name: string
  state: TimelineState
  started_at: string | null
  finished_at: string | null
  detail: string | null
}

const words: Record<TimelineState, string> = { waiting: 'waiting', running: 'in progress', done: 'done', failed: 'failed', cancelled: 'given up' }

function StepMark({ state }: { state: TimelineState }) {
  const ring = 'z-1 grid size-5 shrink-0 place-items-center rounded-full border-2 bg-surface'
  if (state === 'done')
    return (
      <span className={cx(ring, 'border-good-mark bg-good-mark')}>
        <Check aria-hidden className="size-3 text-surface" strokeWidth={4} />
      </span>
    )
  if (state === 'failed')
    return (
      <span className={cx(ring, 'border-bad-mark bg-bad-mark')}>
        <X aria-hidden className="size-3 text-surface" strokeWidth={4} />
      </span>
    )
  if (state === 'cancelled')
    return (
      <span className={cx(ring, 'border-line-strong')}>
        <Minus aria-hidden className="size-3 text-muted" strokeWidth={4} />
      </span>
    )
  if (state === 'running') return <span className={cx(ring, 'animate-spin border-info-mark border-t-transparent')} />
  return <span className={cx(ring, 'border-line-strong border-dashed')} />
}

/** Named steps from top to bottom; a screen reader hears only the changes of state. */
export function Timeline({ steps, label }: { steps: readonly TimelineStep[]; label: string }) {
  return (
    <ol aria-label={label} className="flex flex-col">
      {steps.map((step, index) => (
        <li
          key={`${index}-${step.name}`}
          aria-current={step.state === 'running' ? 'step' : undefined}
          className="relative flex gap-3 pb-5 last:pb-0 not-last:before:absolute not-last:before:start-[9px] not-last:before:top-5 not-last:before:h-[calc(100%-20px)] not-last:before:w-0.5 not-last:before:bg-line">
          <StepMark state={step.state} />
          <div className="min-w-0 flex-1">
            <p className="flex justify-between gap-3">
              <span
                className={cx(
                  step.state === 'running' && 'font-strong',
                  step.state === 'waiting' && 'text-muted',
                  step.state === 'failed' && 'font-strong text-bad',
                )}>
                {step.name}
                <span className="sr-only">, {words[step.state]}</span>
              </span>
              <span className="text-13 text-muted">
                {step.started_at === null || step.state === 'waiting' ? null : <Elapsed from={step.started_at} to={step.finished_at} />}
              </span>
            </p>
            {step.detail === null ? null : (
              <p className={cx('text-13', step.state === 'failed' ? 'text-bad' : 'text-muted')}>{step.detail}</p>
            )}
          </div>
        </li>
      ))}
    </ol>
  )
}

import type { ReactNode } from 'react'
import { cx } from './cx.ts'

/** Four meanings and two that mean nothing special: `idle` (nothing happens) and `busy` (something is under way). */
export type Tone = 'good' | 'attention' | 'bad' | 'info' | 'idle'
export type StatusLook = { tone: Tone; word: string; busy?: boolean }

const markColour: Record<Tone, string> = {
  good: 'text-good-mark',
  attention: 'text-attention-mark',
  bad: 'text-bad-mark',
  info: 'text-info-mark',
  idle: 'text-line-strong',
}
const textColour: Record<Tone, string> = {
  good: 'text-good',
  attention: 'text-attention',
  bad: 'text-bad',
  info: 'text-info',
  idle: 'text-muted',
}
const surfaces: Record<Tone, string> = {
  good: 'bg-good-surface border-good-border text-good',
  attention: 'bg-attention-surface border-attention-border text-attention',
  bad: 'bg-bad-surface border-bad-border text-bad',
  info: 'bg-info-surface border-info-border text-info',
  idle: 'bg-sunken border-line text-muted',
}

/** Each tone has its own shape, so that it reads without colour: disc, triangle, cross, half ring, ring. */
export function Mark({ tone, busy = false, className }: { tone: Tone; busy?: boolean; className?: string }) {
  return (
    <svg aria-hidden viewBox="0 0 12 12" className={cx('size-3 shrink-0', markColour[tone], busy && 'animate-spin', className)}>
      {tone === 'good' ? <circle cx="6" cy="6" r="5" fill="currentColor" /> : null}
      {tone === 'attention' ? <path d="M6 .8 11.6 11H.4Z" fill="currentColor" /> : null}
      {tone === 'bad' ? <path d="M2 2l8 8M10 2l-8 8" stroke="currentColor" strokeWidth="2.6" strokeLinecap="round" /> : null}
      {tone === 'info' ? (
        <path d="M6 1.4A4.6 4.6 0 1 1 1.4 6" fill="none" stroke="currentColor" strokeWidth="2" strokeLinecap="round" />
      ) : null}
      {tone === 'idle' ? <circle cx="6" cy="6" r="4" fill="none" stroke="currentColor" strokeWidth="2" /> : null}
    </svg>
  )
}

export function Status({ tone, word, busy = false, className }: StatusLook & { className?: string }) {
  return (
    <span className={cx('inline-flex items-center gap-2 whitespace-nowrap', textColour[tone], className)}>
      <Mark tone={tone} busy={busy} />
      {word}
    </span>
  )
}

export function Badge({ tone = 'idle', children, className }: { tone?: Tone; children: ReactNode; className?: string }) {
  return (
    <span
      className={cx(
        'inline-flex items-center gap-1.5 rounded-full border px-2 text-12 leading-5 whitespace-nowrap',
        surfaces[tone],
        className,
      )}>
      {children}
    </span>
  )
}

export function Banner({ tone, children, action, className }: { tone: Tone; children: ReactNode; action?: ReactNode; className?: string }) {
  return (
    <div className={cx('flex flex-wrap items-center gap-x-3 gap-y-1 rounded-box border px-4 py-2.5 text-13', surfaces[tone], className)}>
      <Mark tone={tone} />
      <div className="min-w-0 flex-1 basis-60">{children}</div>
      {action}
    </div>
  )
}

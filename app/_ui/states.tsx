'use client'
import { RotateCcw } from 'lucide-react'
import type { ReactNode } from 'react'
import type { Problem } from '../_lib/problem.ts'
import { Button } from './button.tsx'
import { CommandLine, CopyButton } from './copy.tsx'
import { cx } from './cx.ts'
import { Mark } from './status.tsx'

type EmptyProps = { title: string; children: ReactNode; action?: ReactNode; command?: string }

/** Nothing here yet: says why, starts the job, and shows the same job as a command. */
export function EmptyState({ title, children, action, command }: EmptyProps) {
  return (
    <div className="rounded-box border border-dashed border-line-strong/60 px-5 py-10">
      <div className="mx-auto flex max-w-110 flex-col gap-4">
        <div>
          <h2 className="text-16 font-strong">{title}</h2>
          <div className="mt-1 text-14 text-muted">{children}</div>
        </div>
        {action === undefined ? null : <div className="flex flex-wrap gap-2">{action}</div>}
        {command === undefined ? null : <CommandLine command={command} label="or" />}
      </div>
    </div>
  )
}

export function NothingMatches({ onClear }: { onClear: () => void }) {
  return (
    <div className="flex flex-wrap items-center justify-between gap-3 rounded-box border border-dashed border-line-strong/60 px-5 py-6 text-14 text-muted">
      Nothing matches these filters.
      <Button size="sm" onClick={onClear}>
        Clear filters
      </Button>
    </div>
  )
}

type ErrorProps = { problem: Problem; onRetry?: (() => void) | undefined; className?: string; action?: ReactNode }

/** Stays until it is solved; never a message that fades before it was read. */
export function ErrorPanel({ problem, onRetry, className, action }: ErrorProps) {
  return (
    <div role="alert" className={cx('flex gap-3 rounded-box border border-bad-border bg-bad-surface p-4', className)}>
      <Mark tone="bad" className="mt-1" />
      <div className="min-w-0 flex-1">
        <p className="font-strong text-bad">{problem.title}</p>
        <p className="text-14">{problem.detail}</p>
        {problem.fields.length === 0 ? null : (
          <ul className="mt-1 list-disc ps-4 text-13">
            {problem.fields.map((fault) => (
              <li key={fault.path}>
                <code>{fault.path}</code>: {fault.message}
              </li>
            ))}
          </ul>
        )}
        <div className="mt-2 flex flex-wrap items-center gap-x-3 gap-y-2">
          {onRetry === undefined ? null : (
            <Button size="sm" icon={<RotateCcw aria-hidden className="size-3.5" />} onClick={onRetry}>
              Try again
            </Button>
          )}
          {action}
          {problem.requestId === null ? null : (
            <span className="inline-flex items-center gap-1 text-12 text-muted">
              <span className="whitespace-nowrap">Request</span>
              <code className="min-w-0 break-all">{problem.requestId}</code>
              <CopyButton text={problem.requestId} label="Copy request id" />
            </span>
          )}
        </div>
      </div>
    </div>
  )
}

export function Forbidden({ reason }: { reason: string }) {
  return (
    <div className="flex gap-3 rounded-box border border-attention-border bg-attention-surface p-4 text-14">
      <Mark tone="attention" className="mt-1" />
      <p>{reason}</p>
    </div>
  )
}

const bar = 'animate-pulse rounded-inner bg-sunken'
export const SkeletonLine = ({ className }: { className?: string }) => <div aria-hidden className={cx(bar, 'h-4', className)} />

export function TableSkeleton({ rows = 5, label }: { rows?: number; label: string }) {
  return (
    <div role="status" aria-label={label} className="rounded-box border border-line bg-surface">
      {Array.from({ length: rows }, (_, row) => (
        <div key={row} className="flex h-9 items-center gap-6 border-b border-line px-3 last:border-0">
          <SkeletonLine className="h-3.5 w-1/4" />
          <SkeletonLine className="h-3.5 w-1/6" />
          <SkeletonLine className="h-3.5 w-1/3" />
        </div>
      ))}
    </div>
  )
}

export function PanelSkeleton({ label, className }: { label: string; className?: string }) {
  return <div role="status" aria-label={label} className={cx(bar, 'h-40 rounded-box', className)} />
}

import { cx } from './cx.ts'

type CapacityProps = { label: string; used: number; reserved: number; total: number; format: (value: number) => string; compact?: boolean }

/** What is reserved of the total, and along its foot what is in use: the one may be more than the other. */
export function CapacityBar({ label, used, reserved, total, format, compact = false }: CapacityProps) {
  const share = (value: number) => `${total === 0 ? 0 : Math.min(100, (value / total) * 100)}%`
  const text = `${format(reserved)} of ${format(total)} reserved${used > 0 ? `, ${format(used)} in use` : ''}`
  return (
    <div className="min-w-24">
      {compact ? null : (
        <p className="mb-1 flex flex-wrap justify-between gap-x-3 text-13">
          <span>{label}</span>
          <span className="figures text-muted">{text}</span>
        </p>
      )}
      <div
        role="img"
        aria-label={`${label}: ${text}`}
        title={text}
        className={cx('relative overflow-hidden rounded-[3px] border border-line bg-sunken', compact ? 'h-2.5' : 'h-4')}>
        <div className="absolute inset-y-0 start-0 bg-info-border" style={{ width: share(reserved) }} />
        <div className="absolute start-0 bottom-0 h-1/3 bg-info-mark" style={{ width: share(used) }} />
      </div>
    </div>
  )
}

/** So much of a known whole is over. */
export function ProgressBar({ value, max, label }: { value: number; max: number; label: string }) {
  const share = max === 0 ? 100 : Math.min(100, (value / max) * 100)
  return (
    <div role="progressbar" aria-label={label} aria-valuenow={value} aria-valuemin={0} aria-valuemax={max} className="mt-1 h-2 w-full overflow-hidden rounded-full bg-sunken">
      <div className="h-full rounded-full bg-accent transition-[width] duration-200" style={{ width: `${share}%` }} />
    </div>
  )
}

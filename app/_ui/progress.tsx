import { cx } from './cx.ts'

type CapacityProps = { label: string; used: number; reserved: number; total: number; format: (value: number) => string; compact?: boolean }

/** Used inside reserved inside total: what is busy, what is promised, what is free. */
export function CapacityBar({ label, used, reserved, total, format, compact = false }: CapacityProps) {
  const share = (value: number) => `${total === 0 ? 0 : Math.min(100, (value / total) * 100)}%`
  const text = `${format(reserved)} of ${format(total)} reserved`
  return (
    <div className="min-w-24">
      {compact ? null : (
        <p className="mb-1 flex justify-between gap-3 text-13">
          <span>{label}</span>
          <span className="figures text-muted">{text}</span>
        </p>
      )}
      <div
        role="img"
        aria-label={`${label}: ${format(used)} used, ${text}`}
        title={text}
        className={cx('relative overflow-hidden rounded-[3px] border border-line bg-sunken', compact ? 'h-2.5' : 'h-4')}>
        <div className="absolute inset-y-0 start-0 bg-info-border" style={{ width: share(reserved) }} />
        <div className="absolute inset-y-0 start-0 bg-info-mark" style={{ width: share(used) }} />
      </div>
    </div>
  )
}

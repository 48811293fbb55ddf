'use client'
import { cx } from './cx.ts'

export const METRIC_RANGES = [
  { value: '1h', label: '1 hour', resolution: '1m' },
  { value: '6h', label: '6 hours', resolution: '1m' },
  { value: '24h', label: '24 hours', resolution: '5m' },
  { value: '7d', label: '7 days', resolution: '1h' },
  { value: '30d', label: '30 days', resolution: '1h' },
  { value: '365d', label: '1 year', resolution: '1d' },
] as const
export type MetricsRange = (typeof METRIC_RANGES)[number]

export const rangeOf = (value: string | undefined): MetricsRange => METRIC_RANGES.find((one) => one.value === value) ?? METRIC_RANGES[0]

export function RangeSwitch({ range, onChange }: { range: MetricsRange; onChange: (value: MetricsRange['value']) => void }) {
  return (
    <div role="group" aria-label="Time range" className="flex max-w-full flex-wrap rounded-inner border border-line bg-surface p-0.5">
      {METRIC_RANGES.map(({ value, label }) => (
        <button
          key={value}
          type="button"
          aria-pressed={range.value === value}
          onClick={() => onChange(value)}
          className={cx('h-7 rounded-[4px] px-2.5 text-13 text-muted hover:text-ink', range.value === value && 'bg-sunken font-strong text-ink')}>
          {label}
        </button>
      ))}
    </div>
  )
}

'use client'
import { cx } from '../../../../../_ui/cx.ts'
import { useFilters } from '../../../../../_ui/filter-bar.tsx'
import { Load } from '../../../../../_ui/load.tsx'
import { PanelSkeleton } from '../../../../../_ui/states.tsx'
import { TimeAgo } from '../../../../../_ui/time.tsx'
import { useApp } from './app-scope.tsx'
import { MetricCharts } from './metric-charts.tsx'
import { METRIC_RANGES, useMetrics } from './use-metrics.ts'

export function MetricsPage() {
  const app = useApp()
  const filters = useFilters()
  const range = METRIC_RANGES.find(({ value }) => value === filters.get('range')) ?? METRIC_RANGES[0]
  const metrics = useMetrics(app.id, range)
  return (
    <>
      <div className="mb-4 flex flex-wrap items-center justify-between gap-3">
        <div role="group" aria-label="Time range" className="flex rounded-inner border border-line bg-surface p-0.5">
          {METRIC_RANGES.map(({ value, label }) => (
            <button
              key={value}
              type="button"
              aria-pressed={range.value === value}
              onClick={() => filters.set({ range: value })}
              className={cx(
                'h-7 rounded-[4px] px-2.5 text-13 text-muted hover:text-ink',
                range.value === value && 'bg-sunken font-strong text-ink',
              )}>
              {label}
            </button>
          ))}
        </div>
        {metrics.data === undefined ? null : (
          <p className="text-13 text-muted">
            As of <TimeAgo value={metrics.data.as_of} />, all instances together
          </p>
        )}
      </div>
      <Load query={metrics} skeleton={<PanelSkeleton label="Loading metrics" className="h-96" />}>
        {(data) => <MetricCharts metrics={data} app={app} />}
      </Load>
    </>
  )
}

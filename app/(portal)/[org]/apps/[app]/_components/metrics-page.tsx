'use client'
import { useFilters } from '../../../../../_ui/filter-bar.tsx'
import { Load } from '../../../../../_ui/load.tsx'
import { RangeSwitch, rangeOf } from '../../../../../_ui/range-switch.tsx'
import { PanelSkeleton } from '../../../../../_ui/states.tsx'
import { BusinessTimeAgo } from '../../../../../_ui/time.tsx'
import { useApp } from './app-scope.tsx'
import { MetricCharts } from './metric-charts.tsx'
import { useMetrics } from './use-metrics.ts'

export function MetricsPage() {
  const app = useApp()
  const filters = useFilters()
  const range = rangeOf(filters.get('range'))
  const metrics = useMetrics(app.id, range)
  return (
    <>
      <div className="mb-4 flex flex-wrap items-center justify-between gap-3">
        <RangeSwitch range={range} onChange={(value) => filters.set({ range: value })} />
        {metrics.data === undefined ? null : (
          <p className="text-13 text-muted">
            As of <BusinessTimeAgo value={metrics.data.as_of} />, all instances together
          </p>
        )}
      </div>
      <Load query={metrics} skeleton={<PanelSkeleton label="Loading metrics" className="h-96" />}>
        {(data) => <MetricCharts metrics={data} app={app} />}
      </Load>
    </>
  )
}

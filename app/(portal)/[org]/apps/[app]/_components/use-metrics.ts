'use client'
import { keepPreviousData, useQueries } from '@tanstack/react-query'
import { useOrg } from '../../../../../_lib/org-context.tsx'
import { useTRPC } from '../../../../../_lib/trpc.tsx'

export const METRIC_RANGES = [
  { value: '1h', label: '1 hour', resolution: '1m' },
  { value: '6h', label: '6 hours', resolution: '1m' },
  { value: '24h', label: '24 hours', resolution: '5m' },
  { value: '7d', label: '7 days', resolution: '1h' },
] as const
export type MetricsRange = (typeof METRIC_RANGES)[number]

/** The three measures of an app over the same time, in one request. */
export function useMetrics(appId: string, { value, resolution }: MetricsRange) {
  const { org } = useOrg()
  const trpc = useTRPC()
  const of = (metric: 'cpu' | 'memory' | 'network') =>
    trpc.apps.metrics.queryOptions(
      { organization_id: org.id, app_id: appId, metric, resolution, from: value },
      { refetchInterval: 10_000, placeholderData: keepPreviousData },
    )
  return useQueries({
    queries: [of('cpu'), of('memory'), of('network')],
    combine: ([cpu, memory, network]) => {
      const data =
        cpu.data === undefined || memory.data === undefined || network.data === undefined
          ? undefined
          : { as_of: cpu.data.to, cpu: cpu.data.series, memory: memory.data.series, network: network.data.series }
      const all = [cpu, memory, network]
      return {
        data,
        error: all.find((one) => one.error !== null)?.error ?? null,
        isPending: data === undefined,
        dataUpdatedAt: cpu.dataUpdatedAt,
        refetch: () =>
          all.forEach((one) => {
            void one.refetch()
          }),
      }
    },
  })
}
export type AppMetrics = NonNullable<ReturnType<typeof useMetrics>['data']>

'use client'
import { keepPreviousData, useQueries } from '@tanstack/react-query'
import { useOrg } from '../../../../../_lib/org-context.tsx'
import { useTRPC } from '../../../../../_lib/trpc.tsx'
import type { AppMetric } from '../../../../../_lib/wire.ts'
import type { MetricsRange } from '../../../../../_ui/range-switch.tsx'

const METRICS = ['requests', 'latency', 'cpu', 'memory', 'network', 'disk'] as const

/** All measures of an app over the same time, in one request. */
export function useMetrics(appId: string, { value, resolution }: MetricsRange) {
  const { org } = useOrg()
  const trpc = useTRPC()
  return useQueries({
    queries: METRICS.map((metric) =>
      trpc.apps.metrics.queryOptions(
        { organization_id: org.id, app_id: appId, metric, resolution, from: value },
        { refetchInterval: 10_000, placeholderData: keepPreviousData },
      ),
    ),
    combine: (all) => {
      const found = all.flatMap(({ data }) => (data === undefined ? [] : [data]))
      const of = (metric: (typeof METRICS)[number]): AppMetric | undefined => found.find((one) => one.metric === metric)
      const [requests, latency, cpu, memory, network, disk] = METRICS.map(of)
      const data =
        !requests || !latency || !cpu || !memory || !network || !disk
          ? undefined
          : { as_of: cpu.to, from: cpu.from, deployments: cpu.deployments, requests, latency, cpu, memory, network, disk }
      return {
        data,
        error: all.find((one) => one.error !== null)?.error ?? null,
        isPending: data === undefined,
        dataUpdatedAt: all[0]?.dataUpdatedAt ?? 0,
        refetch: () =>
          all.forEach((one) => {
            void one.refetch()
          }),
      }
    },
  })
}
export type AppMetrics = NonNullable<ReturnType<typeof useMetrics>['data']>

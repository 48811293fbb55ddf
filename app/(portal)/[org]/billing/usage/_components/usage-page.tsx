'use client'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { canSome, refusedBecause } from '../../../../../_lib/can.ts'
import { useOrg } from '../../../../../_lib/org-context.tsx'
import { toProblem } from '../../../../../_lib/problem.ts'
import { useTRPC } from '../../../../../_lib/trpc.tsx'
import { useFilters } from '../../../../../_ui/filter-bar.tsx'
import { PageHeader } from '../../../../../_ui/page.tsx'
import { EmptyState, ErrorPanel, Forbidden, NothingMatches, PanelSkeleton } from '../../../../../_ui/states.tsx'
import { UsageFilters, useUsageQuestion } from './usage-filters.tsx'
import { Report } from './usage-report.tsx'

const ONE_EVENT =
  'curl -d \'{"id":"1","source":"shop","type":"METER","data":{"value":"1"}}\' -H "Authorization: Bearer $TOKEN" -H "Content-Type: application/json" $CONSOLE/v1/usage/events'

function NothingYet() {
  return (
    <EmptyState title="Nothing used yet" command={ONE_EVENT}>
      vCPU, memory and outgoing traffic of each app are counted from its first second and shown here. What your own service measures you can
      send as usage events.
    </EmptyState>
  )
}

function Explorer() {
  const question = useUsageQuestion()
  const filters = useFilters()
  const usage = useQuery(useTRPC().billing.usage.queryOptions(question, { placeholderData: keepPreviousData }))
  const report = usage.data
  return (
    <>
      <UsageFilters report={report} />
      {usage.error === null ? null : (
        <ErrorPanel
          className="mb-4"
          problem={toProblem(usage.error)}
          onRetry={() => {
            void usage.refetch()
          }}
        />
      )}
      {report === undefined ? (
        usage.error === null ? (
          <PanelSkeleton label="Loading usage" className="h-96" />
        ) : null
      ) : report.rows.length > 0 ? (
        <Report report={report} exportHref={`/v1/usage/export?${new URLSearchParams(question)}`} />
      ) : filters.active ? (
        <NothingMatches onClear={filters.clear} />
      ) : (
        <NothingYet />
      )}
    </>
  )
}

export function UsagePage() {
  const { org } = useOrg()
  const refused = canSome(org, 'usage:read') ? null : refusedBecause(org, 'usage:read')
  return (
    <>
      <PageHeader title="Usage" />
      {refused === null ? <Explorer /> : <Forbidden reason={refused} />}
    </>
  )
}

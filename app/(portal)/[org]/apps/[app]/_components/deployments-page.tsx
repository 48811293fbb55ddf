'use client'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useOrg } from '../../../../../_lib/org-context.tsx'
import { paths } from '../../../../../_lib/paths.ts'
import { toProblem } from '../../../../../_lib/problem.ts'
import { deploymentState, reasonWord } from '../../../../../_lib/status.ts'
import { useTRPC } from '../../../../../_lib/trpc.tsx'
import type { Deployment } from '../../../../../_lib/wire.ts'
import { Pagination } from '../../../../../_ui/pagination.tsx'
import { EmptyState, ErrorPanel, TableSkeleton } from '../../../../../_ui/states.tsx'
import { Badge, Status, type StatusLook } from '../../../../../_ui/status.tsx'
import { Table, type Column } from '../../../../../_ui/table.tsx'
import { Elapsed, TimeAgo } from '../../../../../_ui/time.tsx'
import { useApp } from './app-scope.tsx'
import { OutcomeStrip } from './outcome-strip.tsx'
import { ReleasesSection } from './releases-section.tsx'
import { strategyWord } from './strategy-values.ts'

/** It went well, and another one serves by now. */
const WAS_LIVE: StatusLook = { tone: 'idle', word: 'Was live' }

const columns = (serving: number | null): ReadonlyArray<Column<Deployment>> => [
  {
    id: 'release',
    title: 'Release',
    cell: (row) => (
      <span className="inline-flex items-center gap-2">
        Release {row.release}
        {row.release === serving && row.state === 'succeeded' ? <Badge tone="good">serving</Badge> : null}
      </span>
    ),
  },
  { id: 'status', title: 'Outcome', cell: (row) => <Status {...(row.state === 'succeeded' && row.release !== serving ? WAS_LIVE : deploymentState[row.state])} /> },
  {
    id: 'image',
    title: 'Image',
    cell: (row) => (
      <bdi>
        <code className="text-12">{row.image}</code>
      </bdi>
    ),
  },
  { id: 'cause', title: 'Why', cell: (row) => reasonWord(row.reason) },
  { id: 'strategy', title: 'How', cell: (row) => strategyWord(row.strategy.type) },
  { id: 'took', title: 'Took', align: 'end', cell: (row) => <Elapsed from={row.created_at} to={row.finished_at} /> },
  { id: 'at', title: 'Started', align: 'end', cell: (row) => <TimeAgo value={row.created_at} /> },
]

export function DeploymentsPage() {
  const { org } = useOrg()
  const app = useApp()
  const trpc = useTRPC()
  const query = useInfiniteQuery(
    trpc.deployments.list.infiniteQueryOptions(
      { organization_id: org.id, app_id: app.id, limit: 25 },
      { getNextPageParam: (last) => last.pagination.next_cursor, refetchInterval: 3000 },
    ),
  )
  const rows = query.data?.pages.flatMap((page) => page.data)
  return (
    <>
      <ReleasesSection />
      {query.error === null ? null : (
        <ErrorPanel
          className="mb-4"
          problem={toProblem(query.error)}
          onRetry={() => {
            void query.refetch()
          }}
        />
      )}
      {rows === undefined && query.error === null ? <TableSkeleton label="Loading deployments" /> : null}
      {rows !== undefined && rows.length > 0 ? (
        <>
          <OutcomeStrip deployments={rows} href={(row) => paths.deployment(org.slug, app.name, row.id)} />
          <Table
            caption="Deployments of this app, latest first"
            rows={rows}
            rowKey={(row) => row.id}
            rowHref={(row) => paths.deployment(org.slug, app.name, row.id)}
            columns={columns(app.release)}
          />
        </>
      ) : null}
      {rows?.length === 0 ? (
        <EmptyState title="Never deployed" command={`shellwego deploy --app ${app.name}`}>
          Every change of image, size or environment becomes a deployment with its steps and logs here.
        </EmptyState>
      ) : null}
      <Pagination
        shown={rows?.length ?? 0}
        noun="deployments"
        hasMore={query.hasNextPage}
        busy={query.isFetchingNextPage}
        onMore={() => {
          void query.fetchNextPage()
        }}
      />
    </>
  )
}

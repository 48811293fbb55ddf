'use client'
import { useInfiniteQuery, useMutation } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { can } from '../../../../../_lib/can.ts'
import { useOrg } from '../../../../../_lib/org-context.tsx'
import { paths } from '../../../../../_lib/paths.ts'
import { toProblem } from '../../../../../_lib/problem.ts'
import { deploymentState, reasonWord } from '../../../../../_lib/status.ts'
import { useTRPC } from '../../../../../_lib/trpc.tsx'
import type { Deployment } from '../../../../../_lib/wire.ts'
import { Button } from '../../../../../_ui/button.tsx'
import { ConfirmDialog } from '../../../../../_ui/dialog.tsx'
import { Pagination } from '../../../../../_ui/pagination.tsx'
import { EmptyState, ErrorPanel, TableSkeleton } from '../../../../../_ui/states.tsx'
import { Badge, Status } from '../../../../../_ui/status.tsx'
import { Table, type Column } from '../../../../../_ui/table.tsx'
import { Elapsed, TimeAgo } from '../../../../../_ui/time.tsx'
import { useApp } from './app-scope.tsx'
import { OutcomeStrip } from './outcome-strip.tsx'

const columns = (serving: number | null, onRollback: ((row: Deployment) => void) | null): ReadonlyArray<Column<Deployment>> => [
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
  { id: 'status', title: 'Outcome', cell: (row) => <Status {...deploymentState[row.state]} /> },
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
  { id: 'took', title: 'Took', align: 'end', cell: (row) => <Elapsed from={row.created_at} to={row.finished_at} /> },
  { id: 'at', title: 'Started', align: 'end', cell: (row) => <TimeAgo value={row.created_at} /> },
  {
    id: 'act',
    title: '',
    align: 'end',
    cell: (row) =>
      onRollback !== null && row.release !== serving && row.state === 'succeeded' ? (
        <Button size="sm" className="h-7" onClick={() => onRollback(row)}>
          Roll back
        </Button>
      ) : null,
  },
]

export function DeploymentsPage() {
  const { org } = useOrg()
  const app = useApp()
  const trpc = useTRPC()
  const router = useRouter()
  const [target, setTarget] = useState<Deployment | null>(null)
  const query = useInfiniteQuery(
    trpc.deployments.list.infiniteQueryOptions(
      { organization_id: org.id, app_id: app.id, limit: 25 },
      { getNextPageParam: (last) => last.pagination.next_cursor, refetchInterval: 3000 },
    ),
  )
  const rollback = useMutation(
    trpc.apps.deploy.mutationOptions({
      onSuccess: ({ deployment_id }) => router.push(paths.deployment(org.slug, app.name, deployment_id)),
    }),
  )
  const rows = query.data?.pages.flatMap((page) => page.data)
  return (
    <>
      {query.error === null ? null : (
        <ErrorPanel
          className="mb-4"
          problem={toProblem(query.error)}
          onRetry={() => {
            void query.refetch()
          }}
        />
      )}
      {rollback.error === null ? null : <ErrorPanel className="mb-4" problem={toProblem(rollback.error)} />}
      {rows === undefined && query.error === null ? <TableSkeleton label="Loading deployments" /> : null}
      {rows !== undefined && rows.length > 0 ? (
        <>
          <OutcomeStrip deployments={rows} href={(row) => paths.deployment(org.slug, app.name, row.id)} />
          <Table
            caption="Deployments of this app, latest first"
            rows={rows}
            rowKey={(row) => row.id}
            rowHref={(row) => paths.deployment(org.slug, app.name, row.id)}
            columns={columns(app.release, can(org, 'apps:write', app.id) ? setTarget : null)}
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
      <ConfirmDialog
        open={target !== null}
        onOpenChange={() => setTarget(null)}
        title={`Back to the image of release ${target?.release ?? ''}?`}
        action={`Deploy the image of release ${target?.release ?? ''}`}
        busy={rollback.isPending}
        onConfirm={() => {
          if (target !== null) rollback.mutate({ organization_id: org.id, app_id: app.id, image: target.image })
        }}>
        <p>
          Deploys <code className="break-all">{target?.image}</code> as a new release. Size, environment and port stay as they are now; the
          present release serves until the new one is healthy.
        </p>
      </ConfirmDialog>
    </>
  )
}

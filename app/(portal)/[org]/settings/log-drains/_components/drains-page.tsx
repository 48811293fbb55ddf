'use client'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { can, refusedBecause } from '../../../../../_lib/can.ts'
import { useOrg } from '../../../../../_lib/org-context.tsx'
import { toProblem } from '../../../../../_lib/problem.ts'
import { useTRPC } from '../../../../../_lib/trpc.tsx'
import type { Drain } from '../../../../../_lib/wire.ts'
import { Button } from '../../../../../_ui/button.tsx'
import { Section } from '../../../../../_ui/page.tsx'
import { Pagination } from '../../../../../_ui/pagination.tsx'
import { EmptyState, ErrorPanel, Forbidden, TableSkeleton } from '../../../../../_ui/states.tsx'
import { Status } from '../../../../../_ui/status.tsx'
import { Table, type Column } from '../../../../../_ui/table.tsx'
import { TimeAgo } from '../../../../../_ui/time.tsx'
import { DrainDialog } from './drain-dialog.tsx'
import { DrainMenu } from './drain-menu.tsx'

const LOOKS = {
  active: { tone: 'good', word: 'active' }, failing: { tone: 'attention', word: 'takes nothing' }, disabled: { tone: 'idle', word: 'disabled' },
} as const
const answerOf = (drain: Drain): string =>
  [drain.last_status, drain.last_error === null ? null : drain.last_error.replaceAll('_', ' ')].filter((one) => one !== null).join(', ')

const columns: ReadonlyArray<Column<Drain>> = [
  { id: 'name', title: 'Name', cell: (row) => <bdi className="font-strong">{row.name}</bdi> },
  { id: 'url', title: 'Address', cell: (row) => <bdi className="break-all text-13">{row.url}</bdi> },
  {
    id: 'what', title: 'Lines',
    cell: (row) => <span className="text-13">{row.app_id === null ? 'every app' : <bdi>{row.app_id}</bdi>}{row.level === 'debug' ? '' : `, ${row.level} and above`}</span>,
  },
  {
    id: 'status', title: 'Status',
    cell: (row) => (
      <span>
        <Status {...LOOKS[row.status]} />
        {row.disabled_reason === 'failing' ? <span className="block text-12 text-muted">Off after three days without success</span> : null}
        {row.status === 'active' ? null : <span className="block text-12 text-muted">{answerOf(row)}</span>}
      </span>
    ),
  },
  { id: 'sent', title: 'Last sent', cell: (row) => (row.last_sent_at === null ? 'never' : <TimeAgo value={row.last_sent_at} />) },
  { id: 'menu', title: '', align: 'end', cell: (row) => <DrainMenu drain={row} /> },
]

function NewButton() {
  const { org } = useOrg()
  const [open, setOpen] = useState(false)
  const refused = refusedBecause(org, 'webhooks:write')
  return (
    <>
      <Button look="primary" disabled={refused !== null} title={refused ?? undefined} onClick={() => setOpen(true)}>
        Add a drain
      </Button>
      <DrainDialog drain={null} open={open} onOpenChange={setOpen} />
    </>
  )
}

function DrainList() {
  const { org } = useOrg()
  const query = useInfiniteQuery(useTRPC().logDrains.list.infiniteQueryOptions(
    { organization_id: org.id, limit: 50 }, { getNextPageParam: (last) => last.pagination.next_cursor, refetchInterval: 10_000 },
  ))
  const rows = query.data?.pages.flatMap((page) => page.data)
  return (
    <Section title="Log drains" hint="Log lines as they come, sent to Loki or to an address of yours. Each arrives at least once and in order." action={<NewButton />}>
      {rows === undefined && query.error === null ? <TableSkeleton rows={2} label="Loading log drains" /> : null}
      {query.error === null ? null : <ErrorPanel className="mb-3" problem={toProblem(query.error)} onRetry={() => void query.refetch()} />}
      {rows !== undefined && rows.length > 0 ? <Table caption="Log drains" columns={columns} rows={rows} rowKey={(row) => row.id} /> : null}
      {rows?.length === 0 ? (
        <EmptyState title="Lines stay here" action={<NewButton />}>
          A drain sends them on: to keep them longer than your plan does, or to search them beside those of your other systems.
        </EmptyState>
      ) : null}
      <Pagination shown={rows?.length ?? 0} noun="drains" hasMore={query.hasNextPage} busy={query.isFetchingNextPage} onMore={() => void query.fetchNextPage()} />
    </Section>
  )
}

export function DrainsPage() {
  const { org } = useOrg()
  return can(org, 'webhooks:read') ? <DrainList /> : <Forbidden reason={refusedBecause(org, 'webhooks:read') ?? ''} />
}

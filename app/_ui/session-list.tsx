'use client'
import { END_WORDS, type ExecSession } from '../../server/contract/exec.ts'
import type { Problem } from '../_lib/problem.ts'
import { FilterBar, useFilters } from './filter-bar.tsx'
import { Pagination } from './pagination.tsx'
import { EmptyState, ErrorPanel, NothingMatches, TableSkeleton } from './states.tsx'
import { Status } from './status.tsx'
import { Table, type Column } from './table.tsx'
import { Elapsed, TimeAgo } from './time.tsx'

const sizes = new Intl.NumberFormat('en', { style: 'unit', unit: 'byte', notation: 'compact', unitDisplay: 'narrow' })

function End({ row }: { row: ExecSession }) {
  if (row.end_reason === null) return <Status tone="info" word="open" />
  const word = row.end_reason === 'exited' ? `exit code ${row.exit_code ?? 0}` : END_WORDS[row.end_reason]
  return <span className="block max-w-60 text-12 text-muted">{word}</span>
}

const columns: ReadonlyArray<Column<ExecSession>> = [
  { id: 'who', title: 'Who', cell: (row) => <bdi>{row.actor_name}</bdi> },
  {
    id: 'app',
    title: 'App',
    cell: (row) => (
      <span className="block min-w-0">
        <bdi>{row.app_name}</bdi>
        <code className="block text-12 break-all text-muted">{row.instance_id}</code>
      </span>
    ),
  },
  {
    id: 'what',
    title: 'What',
    cell: (row) => (
      <span>
        {row.kind} <code className="text-12">{row.program}</code>
      </span>
    ),
  },
  { id: 'from', title: 'From', cell: (row) => <code className="text-12">{row.ip ?? ''}</code> },
  { id: 'began', title: 'Began', align: 'end', cell: (row) => <TimeAgo value={row.started_at} /> },
  { id: 'took', title: 'Open for', align: 'end', cell: (row) => <Elapsed from={row.started_at} to={row.ended_at} /> },
  { id: 'bytes', title: 'In, out', align: 'end', cell: (row) => `${sizes.format(row.bytes_in)}, ${sizes.format(row.bytes_out)}` },
  { id: 'end', title: 'End', cell: (row) => <End row={row} /> },
]

interface Query {
  data: { pages: ReadonlyArray<{ data: ExecSession[] }> } | undefined
  hasNextPage: boolean
  isFetchingNextPage: boolean
  fetchNextPage(): unknown
  refetch(): unknown
}

/** What the address bar holds as filters of the list. */
export const useSessionFilter = (): { q?: string; kind?: string } => {
  const filters = useFilters()
  const [q, kind] = [filters.get('q'), filters.get('kind')]
  return { ...(q === '' ? {} : { q }), ...(kind === '' ? {} : { kind }) }
}

export function SessionList({ query, problem }: { query: Query; problem: Problem | null }) {
  const filters = useFilters()
  const rows = query.data?.pages.flatMap((page) => page.data)
  return (
    <>
      <FilterBar
        search={{ name: 'q', label: 'Find by person, app, program or address' }}
        selects={[{ name: 'kind', label: 'Terminals and commands', options: [{ value: 'terminal', label: 'Terminals' }, { value: 'command', label: 'Commands' }] }]}
      />
      {rows === undefined && problem === null ? <TableSkeleton label="Loading terminals" /> : null}
      {problem === null ? null : <ErrorPanel className="mb-3" problem={problem} onRetry={() => void query.refetch()} />}
      {rows !== undefined && rows.length > 0 ? <Table caption="Terminals and commands, latest first" columns={columns} rows={rows} rowKey={(row) => row.id} /> : null}
      {rows?.length === 0 && filters.active ? <NothingMatches onClear={filters.clear} /> : null}
      {rows?.length === 0 && !filters.active ? (
        <EmptyState title="Nobody opened a terminal yet" command="shellwego terminal my-app">
          Every terminal and command in an app is listed here: who, from where, how long and why it ended. What was typed is not kept.
        </EmptyState>
      ) : null}
      <Pagination shown={rows?.length ?? 0} noun="entries" hasMore={query.hasNextPage} busy={query.isFetchingNextPage} onMore={() => void query.fetchNextPage()} />
    </>
  )
}

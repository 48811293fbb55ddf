'use client'
import type { ScalingDecision } from '../../../../../_lib/wire.ts'
import { Pagination } from '../../../../../_ui/pagination.tsx'
import { Panel, Section } from '../../../../../_ui/page.tsx'
import { Status, type StatusLook } from '../../../../../_ui/status.tsx'
import { Table, type Column } from '../../../../../_ui/table.tsx'
import { BusinessTimeAgo } from '../../../../../_ui/time.tsx'

const LOOKS: Record<ScalingDecision['kind'], StatusLook> = {
  up: { tone: 'info', word: 'Added' }, down: { tone: 'idle', word: 'Taken away' }, limited: { tone: 'attention', word: 'Limited' },
}
const COLUMNS: ReadonlyArray<Column<ScalingDecision>> = [
  { id: 'at', title: 'When', cell: (row) => <BusinessTimeAgo value={row.at} /> },
  { id: 'kind', title: 'What', cell: (row) => <Status {...LOOKS[row.kind]} /> },
  { id: 'number', title: 'Instances', cell: (row) => <span className="figures whitespace-nowrap">{row.kind === 'limited' ? `${row.from} of ${row.wanted} wanted` : `${row.from} → ${row.to}`}</span> },
  { id: 'reason', title: 'Why', cell: (row) => <span className="text-13">{row.reason}</span> },
]

type DecisionsProps = {
  rows: readonly ScalingDecision[]
  query: { isPending: boolean; hasNextPage: boolean; isFetchingNextPage: boolean; fetchNextPage: () => unknown }
}

export function ScalingDecisions({ rows, query }: DecisionsProps) {
  return (
    <Section title="Decisions" hint="What it did, or was not let do, in the last 90 days.">
      {rows.length === 0 ? <Panel><p className="text-muted">{query.isPending ? 'Loading…' : 'Nothing had to change yet.'}</p></Panel> : (
        <>
          <Table caption="Decisions of autoscaling" columns={COLUMNS} rows={rows} rowKey={(row) => row.id} />
          <Pagination shown={rows.length} noun="decisions" hasMore={query.hasNextPage} busy={query.isFetchingNextPage} onMore={() => void query.fetchNextPage()} />
        </>
      )}
    </Section>
  )
}

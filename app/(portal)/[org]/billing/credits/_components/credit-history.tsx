'use client'
import { useInfiniteQuery } from '@tanstack/react-query'
import Link from 'next/link'
import { useOrg } from '../../../../../_lib/org-context.tsx'
import { paths } from '../../../../../_lib/paths.ts'
import { toProblem } from '../../../../../_lib/problem.ts'
import { useTRPC } from '../../../../../_lib/trpc.tsx'
import type { CreditMove } from '../../../../../_lib/wire.ts'
import { Money } from '../../../../../_ui/money.tsx'
import { Section } from '../../../../../_ui/page.tsx'
import { Pagination } from '../../../../../_ui/pagination.tsx'
import { EmptyState, ErrorPanel, TableSkeleton } from '../../../../../_ui/states.tsx'
import { Table, type Column } from '../../../../../_ui/table.tsx'
import { TimeAgo } from '../../../../../_ui/time.tsx'

const WORDS: Record<CreditMove['type'], string> = {
  granted: 'Added', invoice: 'Used on an invoice', returned: 'Came back from a voided invoice', expired: 'Ended', revoked: 'Taken back',
}

function What({ move }: { move: CreditMove }) {
  const { org } = useOrg()
  return move.invoice_id === null ? (
    <>{WORDS[move.type]}</>
  ) : (
    <Link className="link" href={paths.invoice(org.slug, move.invoice_id)}>
      {WORDS[move.type]}
    </Link>
  )
}

const columns: ReadonlyArray<Column<CreditMove>> = [
  { id: 'what', title: 'What', cell: (row) => <What move={row} /> },
  { id: 'kind', title: 'Credit', cell: (row) => (row.kind === 'paid' ? 'bought' : 'given') },
  { id: 'reason', title: 'Reason', cell: (row) => <bdi>{row.reason}</bdi> },
  { id: 'at', title: 'When', cell: (row) => <TimeAgo value={row.at} /> },
  { id: 'amount', title: 'Amount', align: 'end', cell: (row) => <Money value={row.amount} /> },
]

export function CreditHistory() {
  const { org } = useOrg()
  const query = useInfiniteQuery(
    useTRPC().credits.history.infiniteQueryOptions(
      { organization_id: org.id, limit: 25 },
      { getNextPageParam: (last) => last.pagination.next_cursor },
    ),
  )
  const rows = query.data?.pages.flatMap((page) => page.data)
  return (
    <Section title="History" hint="Every movement; together they are the balance above.">
      {query.error === null ? null : (
        <ErrorPanel
          problem={toProblem(query.error)}
          onRetry={() => {
            void query.refetch()
          }}
        />
      )}
      {rows === undefined && query.error === null ? <TableSkeleton rows={3} label="Loading the history" /> : null}
      {rows !== undefined && rows.length > 0 ? <Table caption="Movements of credit" columns={columns} rows={rows} rowKey={(row) => row.id} /> : null}
      {rows?.length === 0 ? (
        <EmptyState title="No credit yet" command="shellwego credits buy 50">
          Buy some above, and the next invoices are paid from it. What you pay above an invoice becomes credit too.
        </EmptyState>
      ) : null}
      <Pagination
        shown={rows?.length ?? 0}
        noun="movements"
        hasMore={query.hasNextPage}
        busy={query.isFetchingNextPage}
        onMore={() => {
          void query.fetchNextPage()
        }}
      />
    </Section>
  )
}

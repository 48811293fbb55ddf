'use client'
import { useInfiniteQuery } from '@tanstack/react-query'
import { day } from '../../../../../_lib/format.ts'
import { useOrg } from '../../../../../_lib/org-context.tsx'
import { useTRPC } from '../../../../../_lib/trpc.tsx'
import type { SubscriptionChange } from '../../../../../_lib/wire.ts'
import { Money } from '../../../../../_ui/money.tsx'
import { Section } from '../../../../../_ui/page.tsx'
import { Pagination } from '../../../../../_ui/pagination.tsx'
import { Status, type StatusLook } from '../../../../../_ui/status.tsx'
import { Table, type Column } from '../../../../../_ui/table.tsx'

const kinds: Record<SubscriptionChange['kind'], string> = { plan: 'Plan', pause: 'Paused', resume: 'Resumed', cancel: 'Ended', migration: 'New price' }
const looks: Record<SubscriptionChange['state'], StatusLook> = {
  scheduled: { tone: 'info', word: 'Scheduled' },
  awaiting_payment: { tone: 'attention', word: 'Awaits payment' },
  applied: { tone: 'good', word: 'Done' },
  cancelled: { tone: 'idle', word: 'Taken back' },
}
const columns: ReadonlyArray<Column<SubscriptionChange>> = [
  { id: 'what', title: 'Change', cell: (row) => (row.plan === null ? kinds[row.kind] : `${kinds[row.kind]}: ${row.plan}${row.quantity !== null && row.quantity > 1 ? ` × ${row.quantity}` : ''}`) },
  { id: 'state', title: 'State', cell: (row) => <Status {...looks[row.state]} /> },
  { id: 'from', title: 'From', cell: (row) => day(row.quote.effective_on) },
  { id: 'asked', title: 'Asked', cell: (row) => day(row.requested_at) },
  { id: 'total', title: 'Total', align: 'end', cell: (row) => <Money value={row.quote.total} /> },
]

export function HistorySection() {
  const { org } = useOrg()
  const query = useInfiniteQuery(
    useTRPC().subscription.changes.infiniteQueryOptions({ organization_id: org.id, limit: 10 }, { getNextPageParam: (last) => last.pagination.next_cursor }),
  )
  const rows = query.data?.pages.flatMap((page) => page.data) ?? []
  if (rows.length === 0) return null
  return (
    <Section title="History">
      <Table caption="Changes of the subscription" columns={columns} rows={rows} rowKey={(row) => row.id} />
      <Pagination
        shown={rows.length}
        noun="changes"
        hasMore={query.hasNextPage}
        busy={query.isFetchingNextPage}
        onMore={() => {
          void query.fetchNextPage()
        }}
      />
    </Section>
  )
}

'use client'
import { useInfiniteQuery } from '@tanstack/react-query'
import { STANDINGS } from '../../../../../server/contract/dunning.ts'
import { day, money } from '../../../../_lib/format.ts'
import { standingLook } from '../../../../_lib/payment-standing.ts'
import { useTRPC } from '../../../../_lib/trpc.tsx'
import type { DunningAccount } from '../../../../_lib/wire.ts'
import { FilterBar, useFilters } from '../../../../_ui/filter-bar.tsx'
import { PageHeader } from '../../../../_ui/page.tsx'
import { EmptyState } from '../../../../_ui/states.tsx'
import { Badge, Status } from '../../../../_ui/status.tsx'
import type { Column } from '../../../../_ui/table.tsx'
import { PagedList } from '../../_components/paged-list.tsx'
import { AccountMenu } from './account-menu.tsx'

const columns: ReadonlyArray<Column<DunningAccount>> = [
  {
    id: 'name', title: 'Customer',
    cell: (row) => (
      <span className="flex flex-wrap items-center gap-2">
        <bdi className="font-strong">{row.organization_name}</bdi>
        {row.held_reason === null ? null : <Badge tone="attention">By hand: {row.held_reason}</Badge>}
        {row.paused_until === null ? null : <Badge>Rests until {day(row.paused_until)}: {row.pause_reason}</Badge>}
      </span>
    ),
  },
  { id: 'standing', title: 'Standing', cell: (row) => <Status {...standingLook[row.standing]} /> },
  { id: 'owed', title: 'Owes', align: 'end', cell: (row) => (row.owed.length === 0 ? 'Nothing' : row.owed.map(money).join(', ')) },
  { id: 'since', title: 'Suspended', align: 'end', cell: (row) => (row.suspended_at === null ? '' : day(row.suspended_at)) },
  { id: 'next', title: 'Next step', align: 'end', cell: (row) => (row.next_at === null ? 'None' : day(row.next_at)) },
  { id: 'act', title: '', align: 'end', cell: (row) => <AccountMenu account={row} /> },
]

const NOT_GOOD = STANDINGS.filter((one) => one !== 'good').join(',')

export function AccountsPage() {
  const filters = useFilters()
  const standing = filters.get('standing')
  const query = useInfiniteQuery(
    useTRPC().dunning.list.infiniteQueryOptions(
      { limit: 50, filter: { standing: standing === '' ? NOT_GOOD : standing } },
      { getNextPageParam: (last) => last.pagination.next_cursor, refetchInterval: 15_000 },
    ),
  )
  return (
    <>
      <PageHeader title="Customers by standing" facts="Who is overdue, suspended or ended; choose Good to act on somebody who is not." />
      <FilterBar selects={[{ name: 'standing', label: 'Everybody who owes', options: STANDINGS.map((value) => ({ value, label: standingLook[value].word })) }]} />
      <PagedList
        query={query} caption="Customers by standing" noun="customers" columns={columns} rowKey={(row) => row.organization_id}
        empty={<EmptyState title="Nobody is overdue">Customers appear here on the day an invoice of theirs is due and unpaid.</EmptyState>}
      />
    </>
  )
}

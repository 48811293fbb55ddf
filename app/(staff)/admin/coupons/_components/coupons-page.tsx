'use client'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { count, day, money } from '../../../../_lib/format.ts'
import { toProblem } from '../../../../_lib/problem.ts'
import { useTRPC } from '../../../../_lib/trpc.tsx'
import type { Coupon } from '../../../../_lib/wire.ts'
import { Button } from '../../../../_ui/button.tsx'
import { FilterBar, useFilters } from '../../../../_ui/filter-bar.tsx'
import { PageHeader, Section } from '../../../../_ui/page.tsx'
import { Pagination } from '../../../../_ui/pagination.tsx'
import { EmptyState, ErrorPanel, NothingMatches, TableSkeleton } from '../../../../_ui/states.tsx'
import { Status, type StatusLook } from '../../../../_ui/status.tsx'
import { Table, type Column } from '../../../../_ui/table.tsx'
import { ArchiveButton } from './archive-button.tsx'
import { CreditsSection } from './credits-section.tsx'
import { NewCoupon } from './new-coupon.tsx'

const LOOK: Record<Coupon['state'], StatusLook> = {
  active: { tone: 'good', word: 'active' }, scheduled: { tone: 'info', word: 'scheduled' }, ended: { tone: 'idle', word: 'ended' },
  used_up: { tone: 'idle', word: 'used up' }, archived: { tone: 'idle', word: 'archived' },
}

const termsOf = (row: Coupon): string => {
  const what = row.type === 'percent' ? `${row.value} %` : `${row.currency ?? ''} ${row.value}`
  if (row.duration === 'forever') return `${what}, every invoice`
  return row.duration === 'once' ? `${what}, once` : `${what}, ${row.periods ?? 0} invoices`
}

const limitsOf = (row: Coupon): string =>
  [row.plans.join(', '), row.currencies.join(', '), row.first_time_only ? 'new customers' : '', row.valid_until === null ? '' : `until ${day(row.valid_until)}`]
    .filter((part) => part !== '').join('; ') || 'none'

const columns: ReadonlyArray<Column<Coupon>> = [
  { id: 'code', title: 'Code', cell: (row) => <code className="font-strong">{row.code}</code> },
  { id: 'name', title: 'Name', cell: (row) => <bdi>{row.name}</bdi> },
  { id: 'state', title: 'State', cell: (row) => <Status {...LOOK[row.state]} /> },
  { id: 'terms', title: 'Discount', cell: termsOf },
  { id: 'limits', title: 'Limits', cell: limitsOf },
  {
    id: 'redeemed',
    title: 'Redeemed',
    align: 'end',
    cell: (row) => (row.max_redemptions === null ? count(row.redeemed) : `${count(row.redeemed)} of ${count(row.max_redemptions)}`),
  },
  { id: 'taken', title: 'Taken off', align: 'end', cell: (row) => row.discounted.map(money).join(', ') || '0' },
  { id: 'act', title: '', align: 'end', cell: (row) => (row.state === 'archived' ? null : <ArchiveButton coupon={row} />) },
]

function Coupons({ onNew }: { onNew: () => void }) {
  const filters = useFilters()
  const [q, archived] = [filters.get('q'), filters.get('archived')]
  const query = useInfiniteQuery(
    useTRPC().books.coupons.infiniteQueryOptions(
      { limit: 50, filter: { archived: archived === 'true' ? 'true' : 'false', ...(q === '' ? {} : { q }) } },
      { getNextPageParam: (last) => last.pagination.next_cursor },
    ),
  )
  const rows = query.data?.pages.flatMap((page) => page.data)
  return (
    <Section title="Coupons">
      <FilterBar search={{ name: 'q', label: 'Code or name' }} selects={[{ name: 'archived', label: 'In use', options: [{ value: 'true', label: 'Archived' }] }]} />
      {query.error === null ? null : (
        <ErrorPanel
          className="mb-4"
          problem={toProblem(query.error)}
          onRetry={() => {
            void query.refetch()
          }}
        />
      )}
      {rows === undefined && query.error === null ? <TableSkeleton label="Loading coupons" /> : null}
      {rows !== undefined && rows.length > 0 ? <Table caption="Coupons" columns={columns} rows={rows} rowKey={(row) => row.id} /> : null}
      {rows?.length === 0 && filters.active ? <NothingMatches onClear={filters.clear} /> : null}
      {rows?.length === 0 && !filters.active ? (
        <EmptyState
          title="No coupon yet"
          command="shellwego coupons create WELCOME --percent 10 --once"
          action={
            <Button look="primary" onClick={onNew}>
              New coupon
            </Button>
          }>
          A code that takes something off invoices, in percent or as a sum, once or for longer.
        </EmptyState>
      ) : null}
      <Pagination
        shown={rows?.length ?? 0}
        noun="coupons"
        hasMore={query.hasNextPage}
        busy={query.isFetchingNextPage}
        onMore={() => {
          void query.fetchNextPage()
        }}
      />
    </Section>
  )
}

export function CouponsPage() {
  const [making, setMaking] = useState(false)
  return (
    <>
      <PageHeader
        title="Coupons and credit"
        action={
          <Button look="primary" onClick={() => setMaking(true)}>
            New coupon
          </Button>
        }
      />
      <Coupons onNew={() => setMaking(true)} />
      <CreditsSection />
      {making ? <NewCoupon onDone={() => setMaking(false)} /> : null}
    </>
  )
}

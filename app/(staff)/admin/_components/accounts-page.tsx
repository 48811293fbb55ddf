'use client'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { count, plural } from '../../../_lib/format.ts'
import { useTRPC } from '../../../_lib/trpc.tsx'
import type { StaffAccount } from '../../../_lib/wire.ts'
import { Button } from '../../../_ui/button.tsx'
import { FilterBar, useFilters } from '../../../_ui/filter-bar.tsx'
import { Load } from '../../../_ui/load.tsx'
import { PageHeader } from '../../../_ui/page.tsx'
import { EmptyState, NothingMatches, TableSkeleton } from '../../../_ui/states.tsx'
import { Badge } from '../../../_ui/status.tsx'
import { Table, type Column } from '../../../_ui/table.tsx'
import { TimeAgo } from '../../../_ui/time.tsx'
import { ResetFactorDialog } from './reset-factor-dialog.tsx'

const factorsOf = ({ totp, passkeys, recovery_codes: codes }: StaffAccount): string =>
  [totp ? 'Authenticator app' : '', passkeys > 0 ? plural(passkeys, 'passkey') : '', codes > 0 ? plural(codes, 'recovery code') : ''].filter(Boolean).join(', ')

const columns = (onReset: (account: StaffAccount) => void): ReadonlyArray<Column<StaffAccount>> => [
  {
    id: 'account',
    title: 'Account',
    cell: (one) => (
      <>
        <bdi className="font-strong">{one.name}</bdi> {one.staff ? <Badge tone="info">Operator</Badge> : null}
        <span className="block text-12 break-all text-muted">
          <bdi>{one.email}</bdi>
          {one.email_verified ? '' : ', not confirmed'}
        </span>
      </>
    ),
  },
  { id: 'brand', title: 'Brand', cell: (one) => <bdi>{one.brand}</bdi> },
  { id: 'organizations', title: 'Organizations', align: 'end', cell: (one) => count(one.organizations) },
  { id: 'factors', title: 'Second factor', cell: (one) => factorsOf(one) || <span className="text-faint">none</span> },
  { id: 'seen', title: 'Last seen', align: 'end', cell: (one) => (one.last_seen_at === null ? <span className="text-faint">not signed in</span> : <TimeAgo value={one.last_seen_at} />) },
  {
    id: 'act',
    title: '',
    align: 'end',
    cell: (one) =>
      factorsOf(one) === '' ? null : (
        <Button size="sm" className="h-7" aria-label={`Reset the second factor of ${one.email}`} onClick={() => onReset(one)}>
          Reset second factor
        </Button>
      ),
  },
]

/** Who has an account anywhere on the platform, and the way back for whoever lost their second factor. */
export function AccountsPage() {
  const filters = useFilters()
  const q = filters.get('q')
  const trpc = useTRPC()
  const [lost, setLost] = useState<StaffAccount | null>(null)
  const query = useInfiniteQuery(
    trpc.staff.users.infiniteQueryOptions({ limit: 50, ...(q === '' ? {} : { filter: { q } }) }, { getNextPageParam: (last) => last.pagination.next_cursor }),
  )
  return (
    <>
      <PageHeader title="Accounts" facts="People of every brand. What they run and own is theirs." />
      {lost === null ? null : <ResetFactorDialog account={lost} onClose={() => setLost(null)} />}
      <FilterBar search={{ name: 'q', label: 'Find by name or e-mail' }} />
      <Load query={query} skeleton={<TableSkeleton label="Loading accounts" />}>
        {({ pages }) => {
          const rows = pages.flatMap((page) => page.data)
          if (rows.length === 0) return q === '' ? <EmptyState title="No account yet">Send people to the sign-up page.</EmptyState> : <NothingMatches onClear={filters.clear} />
          return (
            <>
              <Table caption="Accounts" columns={columns(setLost)} rows={rows} rowKey={(one) => one.id} />
              {query.hasNextPage ? (
                <Button className="mt-3" busy={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
                  Show more
                </Button>
              ) : null}
            </>
          )
        }}
      </Load>
    </>
  )
}

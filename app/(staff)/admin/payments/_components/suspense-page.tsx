'use client'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { railName } from '../../../../../server/contract/payment-words.ts'
import { day } from '../../../../_lib/format.ts'
import { useTRPC } from '../../../../_lib/trpc.tsx'
import type { SuspenseItem } from '../../../../_lib/wire.ts'
import { Button } from '../../../../_ui/button.tsx'
import { FilterBar, useFilters } from '../../../../_ui/filter-bar.tsx'
import { Money } from '../../../../_ui/money.tsx'
import { PageHeader } from '../../../../_ui/page.tsx'
import { EmptyState } from '../../../../_ui/states.tsx'
import { Status } from '../../../../_ui/status.tsx'
import type { Column } from '../../../../_ui/table.tsx'
import { PagedList } from '../../_components/paged-list.tsx'
import { causeWord, suspenseLook } from './looks.ts'
import { MatchDialog, ReturnDialog } from './suspense-dialogs.tsx'

type Open = { act: 'match' | 'return'; item: SuspenseItem }
const isState = (value: string): value is SuspenseItem['state'] => value in suspenseLook

const columnsOf = (open: (act: Open) => void): ReadonlyArray<Column<SuspenseItem>> => [
  { id: 'payer', title: 'From', cell: (row) => <bdi className="font-strong">{row.payer === '' ? 'Unknown' : row.payer}</bdi> },
  { id: 'said', title: 'They wrote', cell: (row) => <bdi className="break-words">{row.reference}</bdi> },
  {
    id: 'state', title: 'State',
    cell: (row) => (
      <div>
        <Status {...suspenseLook[row.state]} />
        <p className="text-12 text-muted">{row.note === '' ? causeWord[row.cause] : row.note}</p>
      </div>
    ),
  },
  { id: 'by', title: 'By', cell: (row) => railName(row.provider) },
  { id: 'at', title: 'Arrived', cell: (row) => day(row.received_at) },
  { id: 'amount', title: 'Amount', align: 'end', cell: (row) => <Money value={row.amount} /> },
  {
    id: 'act', title: '', align: 'end',
    cell: (row) => row.state !== 'open' ? null : (
      <span className="flex justify-end gap-2">
        <Button size="sm" onClick={() => open({ act: 'match', item: row })}>Match</Button>
        <Button size="sm" look="quiet" onClick={() => open({ act: 'return', item: row })}>Return</Button>
      </span>
    ),
  },
]

/** Money that pays nothing we know of, until somebody says whose it is. */
export function SuspensePage() {
  const filters = useFilters()
  const [open, setOpen] = useState<Open | null>(null)
  const [given, q] = [filters.get('state'), filters.get('q')]
  const filter = { state: isState(given) ? given : 'open' as const, ...(q === '' ? {} : { q }) }
  const query = useInfiniteQuery(useTRPC().staffPayments.suspense.infiniteQueryOptions({ limit: 50, filter },
    { getNextPageParam: (last) => last.pagination.next_cursor }))
  const close = () => setOpen(null)
  return (
    <>
      <PageHeader title="Suspense" />
      <FilterBar search={{ name: 'q', label: 'Payer or what they wrote' }} selects={[{ name: 'state', label: suspenseLook.open.word, options: Object.entries(suspenseLook).filter(([value]) => value !== 'open').map(([value, look]) => ({ value, label: look.word })) }]} />
      <PagedList
        query={query} caption="Money in suspense" noun="items" columns={columnsOf(setOpen)} rowKey={(row) => row.id}
        empty={<EmptyState title="Nothing is in suspense">Money that arrives and fits no invoice waits here until you match it or send it back.</EmptyState>}
      />
      {open?.act === 'match' ? <MatchDialog item={open.item} onClose={close} /> : null}
      {open?.act === 'return' ? <ReturnDialog item={open.item} onClose={close} /> : null}
    </>
  )
}

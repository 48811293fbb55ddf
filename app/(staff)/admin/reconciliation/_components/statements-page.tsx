'use client'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { day, plural } from '../../../../_lib/format.ts'
import { useTRPC } from '../../../../_lib/trpc.tsx'
import type { BankAccount, BankStatement } from '../../../../_lib/wire.ts'
import { Button } from '../../../../_ui/button.tsx'
import { FilterBar, useFilters } from '../../../../_ui/filter-bar.tsx'
import { Load } from '../../../../_ui/load.tsx'
import { PageHeader, Section } from '../../../../_ui/page.tsx'
import { EmptyState, TableSkeleton } from '../../../../_ui/states.tsx'
import { Banner, Status } from '../../../../_ui/status.tsx'
import type { Column } from '../../../../_ui/table.tsx'
import { TimeAgo } from '../../../../_ui/time.tsx'
import { PagedList } from '../../_components/paged-list.tsx'
import { AccountDialog } from './account-dialog.tsx'
import { ImportDialog } from './import-dialog.tsx'
import { LinesSection } from './lines-section.tsx'

const stateOptions = [
  { value: 'suspense', label: 'In suspense' }, { value: 'booked', label: 'Booked' }, { value: 'payout', label: 'Payouts' }, { value: 'outgoing', label: 'Money out' }, { value: 'new', label: 'Waiting' },
]

const columnsOf = (show: (id: string) => void): ReadonlyArray<Column<BankStatement>> => [
  {
    id: 'file', title: 'File',
    cell: (row) => <Button size="sm" look="quiet" className="-ms-2.5 h-7 max-w-full" onClick={() => show(row.id)}><bdi className="truncate">{row.file_name}</bdi></Button>,
  },
  { id: 'account', title: 'Account', cell: (row) => <bdi>{row.bank_account_name}</bdi> },
  { id: 'days', title: 'Days', cell: (row) => (row.first_day === null ? null : row.first_day === row.last_day ? day(row.first_day) : `${day(row.first_day)} to ${day(row.last_day ?? row.first_day)}`) },
  { id: 'state', title: 'State', cell: (row) => <Status {...(row.state === 'done' ? { tone: 'good' as const, word: 'Done' } : { tone: 'info' as const, word: 'Booking', busy: true })} /> },
  {
    id: 'lines', title: 'Lines',
    cell: (row) => `${plural(row.lines, 'line')}: ${row.results.booked} booked, ${row.results.suspense} in suspense${row.duplicates === 0 ? '' : `; ${row.duplicates} known already`}`,
  },
  { id: 'faults', title: 'Not read', align: 'end', cell: (row) => (row.fault_count === 0 ? null : <span className="text-bad">{row.fault_count}</span>) },
  { id: 'at', title: 'Imported', cell: (row) => <TimeAgo value={row.imported_at} /> },
]

function Chosen({ id }: { id: string }) {
  const query = useQuery(useTRPC().reconciliation.statement.queryOptions({ bank_statement_id: id }))
  if (query.data === undefined || query.data.faults.length === 0) return null
  return (
    <Banner tone="attention" className="mt-6">
      {query.data.file_name}: {plural(query.data.fault_count, 'row')} could not be read.
      <ul className="mt-1">{query.data.faults.slice(0, 10).map((fault) => <li key={fault.line}>Line {fault.line}: {fault.message}</li>)}</ul>
    </Banner>
  )
}

function Statements({ accounts, onImport, onAdd }: { accounts: readonly BankAccount[]; onImport: () => void; onAdd: () => void }) {
  const filters = useFilters()
  const statement = filters.get('statement')
  const query = useInfiniteQuery(useTRPC().reconciliation.statements.infiniteQueryOptions(
    { limit: 10 },
    {
      getNextPageParam: (last) => last.pagination.next_cursor,
      refetchInterval: (known) => (known.state.data?.pages.some((page) => page.data.some((row) => row.state === 'booking')) ? 3_000 : false),
    },
  ))
  if (accounts.length === 0) {
    return <EmptyState title="No bank account yet" action={<Button look="primary" onClick={onAdd}>Add a bank account</Button>}>Add the account whose statements you import. What arrives on it is matched with invoices.</EmptyState>
  }
  return (
    <>
      <PagedList
        query={query} caption="Bank statements" noun="statements" columns={columnsOf((id) => filters.set({ statement: id === statement ? '' : id }))} rowKey={(row) => row.id}
        empty={<EmptyState title="No statement yet" action={<Button look="primary" onClick={onImport}>Import a statement</Button>}>Payments that name an invoice are booked at once; the rest waits for you.</EmptyState>}
      />
      {statement === '' ? null : <Chosen id={statement} />}
      <div className="mt-8"><FilterBar selects={[{ name: 'state', label: 'Any line', options: stateOptions }]} /></div>
      <LinesSection statementId={statement} />
    </>
  )
}

export function StatementsPage() {
  const [open, setOpen] = useState<'import' | 'account' | null>(null)
  const accounts = useQuery(useTRPC().reconciliation.accounts.queryOptions({}))
  const close = () => setOpen(null)
  const usable = (accounts.data?.data ?? []).filter((one) => one.archived_at === null)
  return (
    <>
      <PageHeader
        title="Bank statements"
        action={usable.length === 0 ? undefined : (
          <>
            <Button onClick={() => setOpen('account')}>Add an account</Button>
            <Button look="primary" onClick={() => setOpen('import')}>Import a statement</Button>
          </>
        )}
      />
      <Section title="Statements">
        <Load query={accounts} skeleton={<TableSkeleton label="Loading the accounts" />}>
          {() => <Statements accounts={usable} onImport={() => setOpen('import')} onAdd={() => setOpen('account')} />}
        </Load>
      </Section>
      {open === 'import' ? <ImportDialog accounts={usable} onClose={close} /> : null}
      {open === 'account' ? <AccountDialog onClose={close} /> : null}
    </>
  )
}

'use client'
import { useInfiniteQuery, useMutation } from '@tanstack/react-query'
import Link from 'next/link'
import { useState } from 'react'
import { paths } from '../../../../_lib/paths.ts'
import { useTRPC } from '../../../../_lib/trpc.tsx'
import type { WorkItem, WorkKind } from '../../../../_lib/wire.ts'
import { Button } from '../../../../_ui/button.tsx'
import { Field } from '../../../../_ui/field.tsx'
import { FilterBar, useFilters } from '../../../../_ui/filter-bar.tsx'
import { Textarea } from '../../../../_ui/inputs.tsx'
import { KeyValue, PageHeader } from '../../../../_ui/page.tsx'
import { EmptyState } from '../../../../_ui/states.tsx'
import { Status, type StatusLook } from '../../../../_ui/status.tsx'
import type { Column } from '../../../../_ui/table.tsx'
import { DueDay, TimeAgo } from '../../../../_ui/time.tsx'
import { FormDialog } from '../../../../_ui/form-dialog.tsx'
import { PagedList } from '../../_components/paged-list.tsx'
import { faultOf, useDone } from '../../_components/use-act.ts'

const kinds: Record<WorkKind, string> = {
  unmatched_money: 'Unmatched money', amount_mismatch: 'Another sum', provider_only_payment: 'At the provider only', ledger_only_payment: 'In our books only', dispute_due: 'Dispute to answer',
  refund_failed: 'Refund failed', provider_down: 'Provider down', payout_mismatch: 'Payout does not add up',
}
const states: Record<WorkItem['state'], StatusLook> = {
  open: { tone: 'attention', word: 'To decide' }, done: { tone: 'good', word: 'Done' }, dismissed: { tone: 'idle', word: 'Nothing to do' },
}
const isKind = (value: string): value is WorkKind => value in kinds
const isState = (value: string): value is WorkItem['state'] => value in states

/** Where the deciding is done. */
const placeOf = ({ subject, facts }: WorkItem): { href: string; label: string } | null => {
  switch (subject.type) {
    case 'suspense': return { href: `${paths.adminSuspense}?q=${subject.id}`, label: 'Match or return' }
    case 'dispute': return { href: `${paths.adminDisputes}?q=${String(facts.payment_id ?? '')}`, label: 'Answer' }
    case 'refund': return { href: `${paths.adminRefunds}?q=${subject.id}`, label: 'Open' }
    case 'payment': return { href: `${paths.adminPayments}?q=${subject.id}`, label: 'Open' }
    case 'payout': return { href: paths.adminPayouts, label: 'Open' }
    default: return subject.type === 'provider' ? { href: paths.adminProviders, label: 'Open' } : null
  }
}

function CloseDialog({ item, onClose }: { item: WorkItem; onClose: () => void }) {
  const done = useDone(onClose)
  const [note, setNote] = useState('')
  const close = useMutation(useTRPC().reconciliation.closeWork.mutationOptions({ onSuccess: () => done('Closed') }))
  const end = (outcome: 'done' | 'dismissed') => close.mutate({ work_item_id: item.id, outcome, note: note.trim() })
  const short = note.trim().length < 3
  return (
    <FormDialog title={kinds[item.kind]} description={item.title} action="It is done" busy={close.isPending} disabled={short} error={close.error} fields={['note']} onClose={onClose} onSubmit={() => end('done')}>
      <KeyValue items={Object.entries(item.facts).filter(([, value]) => value !== null && value !== '').map(([name, value]) => [name.replaceAll('_', ' '), <bdi key={name} className="break-words">{value}</bdi>] as const)} />
      <Field label="What you did, or why nothing" required error={faultOf(close.error, 'note')}>
        {(control) => <Textarea {...control} value={note} onChange={(event) => setNote(event.target.value)} />}
      </Field>
      <div><Button busy={close.isPending} disabled={short} onClick={() => end('dismissed')}>Nothing has to be done</Button></div>
    </FormDialog>
  )
}

const columnsOf = (close: (item: WorkItem) => void): ReadonlyArray<Column<WorkItem>> => [
  {
    id: 'what', title: 'What',
    cell: (row) => (
      <div className="min-w-0">
        <p className="font-strong">{kinds[row.kind]}</p>
        <p className="text-13 text-muted"><bdi>{row.title}</bdi></p>
      </div>
    ),
  },
  {
    id: 'state', title: 'State',
    cell: (row) => (
      <div>
        <Status {...states[row.state]} />
        {row.note === null ? null : <p className="text-12 text-muted">{row.done_by === null ? row.note : `${row.done_by.name}: ${row.note}`}</p>}
      </div>
    ),
  },
  { id: 'due', title: 'Due', cell: (row) => (row.due_at === null || row.state !== 'open' ? null : <DueDay value={row.due_at} />) },
  { id: 'since', title: 'Since', cell: (row) => <TimeAgo value={row.created_at} /> },
  {
    id: 'act', title: '', align: 'end',
    cell: (row) => {
      const place = placeOf(row)
      return row.state !== 'open' ? null : (
        <span className="flex flex-wrap items-center justify-end gap-2">
          {place === null ? null : <Link className="link text-13" href={place.href}>{place.label}</Link>}
          {row.subject.type === 'suspense' ? null : <Button size="sm" onClick={() => close(row)}>Close</Button>}
        </span>
      )
    },
  },
]

function CompareNow() {
  const done = useDone(() => undefined)
  const start = useMutation(useTRPC().reconciliation.start.mutationOptions({ onSuccess: () => done('Comparing providers, payments, ledger and bank') }))
  return <Button busy={start.isPending} onClick={() => start.mutate({})}>Compare now</Button>
}

/** What people have to decide about money. The list fills itself each hour. */
export function WorkPage() {
  const filters = useFilters()
  const [open, setOpen] = useState<WorkItem | null>(null)
  const [state, kind] = [filters.get('state'), filters.get('kind')]
  const query = useInfiniteQuery(useTRPC().reconciliation.work.infiniteQueryOptions(
    { limit: 50, sort: 'due_at,-created_at', filter: { state: isState(state) ? state : 'open', ...(isKind(kind) ? { kind } : {}) } }, { getNextPageParam: (last) => last.pagination.next_cursor },
  ))
  return (
    <>
      <PageHeader title="Work list" action={<CompareNow />} />
      <FilterBar selects={[
        { name: 'state', label: 'To decide', options: Object.entries(states).filter(([value]) => value !== 'open').map(([value, look]) => ({ value, label: look.word })) },
        { name: 'kind', label: 'Any kind', options: Object.entries(kinds).map(([value, label]) => ({ value, label })) },
      ]} />
      <PagedList
        query={query} caption="Work list" noun="items" columns={columnsOf(setOpen)} rowKey={(row) => row.id}
        empty={<EmptyState title="Nothing to decide">Money that fits no invoice, disputes, failed refunds and differences with a provider or the bank appear here.</EmptyState>}
      />
      {open === null ? null : <CloseDialog item={open} onClose={() => setOpen(null)} />}
    </>
  )
}

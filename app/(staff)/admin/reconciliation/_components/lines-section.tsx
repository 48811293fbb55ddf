'use client'
import { useInfiniteQuery, useMutation } from '@tanstack/react-query'
import Link from 'next/link'
import { useState } from 'react'
import { day, money } from '../../../../_lib/format.ts'
import { paths } from '../../../../_lib/paths.ts'
import { useTRPC } from '../../../../_lib/trpc.tsx'
import type { BankLine } from '../../../../_lib/wire.ts'
import { Button } from '../../../../_ui/button.tsx'
import { useFilters } from '../../../../_ui/filter-bar.tsx'
import { Money } from '../../../../_ui/money.tsx'
import { Section } from '../../../../_ui/page.tsx'
import { EmptyState } from '../../../../_ui/states.tsx'
import { Status, type StatusLook } from '../../../../_ui/status.tsx'
import type { Column } from '../../../../_ui/table.tsx'
import { FormDialog } from '../../../../_ui/form-dialog.tsx'
import { PagedList } from '../../_components/paged-list.tsx'
import { useDone } from '../../_components/use-act.ts'

const looks: Record<BankLine['state'], StatusLook> = {
  new: { tone: 'info', word: 'Waits', busy: true }, booked: { tone: 'good', word: 'Booked' }, suspense: { tone: 'attention', word: 'In suspense' }, payout: { tone: 'good', word: 'Payout' },
  outgoing: { tone: 'idle', word: 'Money out' },
}
const REASONS: Record<string, string> = {
  wrong_reference: 'Its reference is none of ours', sum_differs: 'Another sum than the invoice', several_fit: 'Several invoices owe this', only_amount_fits: 'Only the sum fits', payer_known: 'The payer is known',
  nothing_fits: 'Fits nothing',
}
const looksOf = (row: BankLine): StatusLook => (row.state === 'suspense' && row.decided ? { tone: 'good', word: 'Decided' } : looks[row.state])
const isState = (value: string): value is BankLine['state'] => value in looks

function Proposal({ row }: { row: BankLine }) {
  const [first] = row.proposals
  if (first === undefined || (row.state !== 'suspense' && row.state !== 'booked')) return row.reason === null ? null : <span className="text-13 text-muted">{REASONS[row.reason] ?? row.reason}</span>
  return (
    <div className="text-13">
      {first.shares.map((share) => <p key={share.invoice_id}><Link className="link" href={paths.adminInvoice(share.invoice_id)}>{share.number}</Link> <bdi>{share.organization_name}</bdi>, {money(share.amount)}</p>)}
      {first.credit.amount === 0 ? null : <p>Credit {money(first.credit)}</p>}
      {row.reason === null ? null : <p className="text-muted">{REASONS[row.reason] ?? row.reason}, {first.confidence}</p>}
    </div>
  )
}

const acceptable = (row: BankLine): boolean => row.state === 'suspense' && !row.decided && row.proposals[0]?.shares.length === row.suspense_ids.length

const columnsOf = (accept: (row: BankLine) => void): ReadonlyArray<Column<BankLine>> => [
  { id: 'day', title: 'Day', cell: (row) => day(row.booked_on) },
  { id: 'from', title: 'From', cell: (row) => <div className="min-w-0"><bdi className="font-strong">{row.payer}</bdi><p className="text-12 break-words text-muted"><bdi>{row.text}</bdi></p></div> },
  { id: 'state', title: 'State', cell: (row) => <Status {...looksOf(row)} /> },
  { id: 'pays', title: 'Pays', cell: (row) => <Proposal row={row} /> },
  { id: 'amount', title: 'Amount', align: 'end', cell: (row) => <Money value={row.amount} /> },
  {
    id: 'act', title: '', align: 'end',
    cell: (row) => row.state !== 'suspense' || row.decided ? null : (
      <span className="flex flex-wrap items-center justify-end gap-2">
        {acceptable(row) ? <Button size="sm" onClick={() => accept(row)}>Accept</Button> : null}
        <Link className="link text-13" href={`${paths.adminSuspense}?q=${row.suspense_ids[0] ?? ''}`}>Match by hand</Link>
      </span>
    ),
  },
]

/** Lines of one statement, or of all: what was booked, what waits for a person, and what the rules propose. */
export function LinesSection({ statementId }: { statementId: string }) {
  const filters = useFilters()
  const trpc = useTRPC()
  const [open, setOpen] = useState<BankLine | null>(null)
  const close = () => setOpen(null)
  const done = useDone(close)
  const state = filters.get('state')
  const filter = { ...(statementId === '' ? {} : { bank_statement_id: statementId }), ...(isState(state) ? { state } : {}) }
  const query = useInfiniteQuery(trpc.reconciliation.lines.infiniteQueryOptions(
    { limit: 50, sort: statementId === '' ? '-booked_on' : 'line', filter },
    {
      getNextPageParam: (last) => last.pagination.next_cursor,
      refetchInterval: (known) => (known.state.data?.pages.some((page) => page.data.some((row) => row.state === 'new')) ? 3_000 : false),
    },
  ))
  const accept = useMutation(trpc.reconciliation.acceptProposal.mutationOptions({ onSuccess: () => done('Matched as proposed') }))
  return (
    <Section title="Lines" className="mt-8">
      <PagedList query={query} caption="Lines of bank statements" noun="lines" columns={columnsOf(setOpen)} rowKey={(row) => row.id} empty={<EmptyState title="No line">Import a statement to see what came.</EmptyState>} />
      {open === null ? null : (
        <FormDialog
          title={`Match ${money(open.amount)}`} description="The money leaves suspense and pays what the rules propose." action="Match as proposed" busy={accept.isPending} error={accept.error} fields={[]}
          onClose={close} onSubmit={() => accept.mutate({ bank_line_id: open.id })}>
          <Proposal row={open} />
        </FormDialog>
      )}
    </Section>
  )
}

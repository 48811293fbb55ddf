'use client'
import { useInfiniteQuery, useMutation } from '@tanstack/react-query'
import Link from 'next/link'
import { useState } from 'react'
import { railName } from '../../../../../server/contract/payment-words.ts'
import { instant, money } from '../../../../_lib/format.ts'
import { paths } from '../../../../_lib/paths.ts'
import { useTRPC } from '../../../../_lib/trpc.tsx'
import type { StaffDispute } from '../../../../_lib/wire.ts'
import { Button } from '../../../../_ui/button.tsx'
import { Field } from '../../../../_ui/field.tsx'
import { FilterBar, useFilters } from '../../../../_ui/filter-bar.tsx'
import { Textarea } from '../../../../_ui/inputs.tsx'
import { Money } from '../../../../_ui/money.tsx'
import { PageHeader } from '../../../../_ui/page.tsx'
import { EmptyState } from '../../../../_ui/states.tsx'
import { Status } from '../../../../_ui/status.tsx'
import type { Column } from '../../../../_ui/table.tsx'
import { DueDay } from '../../../../_ui/time.tsx'
import { FormDialog } from '../../../../_ui/form-dialog.tsx'
import { PagedList } from '../../_components/paged-list.tsx'
import { faultOf, useDone } from '../../_components/use-act.ts'
import { disputeLook } from './looks.ts'

const isState = (value: string): value is StaffDispute['state'] => value in disputeLook

/** One answer is all a provider takes: it says so before it is sent. */
function EvidenceDialog({ dispute, onClose }: { dispute: StaffDispute; onClose: () => void }) {
  const done = useDone(onClose)
  const [text, setText] = useState('')
  const send = useMutation(useTRPC().staffPayments.submitEvidence.mutationOptions({ onSuccess: () => done('The answer is on its way to the provider') }))
  return (
    <FormDialog
      title={`Answer the dispute over ${money(dispute.amount)}`} action="Send the answer" busy={send.isPending} disabled={text.trim().length < 20} error={send.error} fields={['evidence']}
      description={`${dispute.organization_name}, ${dispute.invoice_number ?? 'no invoice'}. The payer's bank says: ${dispute.reason.replaceAll('_', ' ')}. It takes one answer${dispute.due_by === null ? '' : `, until ${instant(dispute.due_by)}`}.`}
      onClose={onClose} onSubmit={() => send.mutate({ dispute_id: dispute.id, evidence: text.trim() })}>
      <Field label="What was sold, and that it was used" hint="Name the invoice, the period, when the customer signed in, what ran." required error={faultOf(send.error, 'evidence')}>
        {(control) => <Textarea {...control} rows={8} value={text} onChange={(event) => setText(event.target.value)} />}
      </Field>
    </FormDialog>
  )
}

function Deadline({ row: { state, evidence, due_by: due } }: { row: StaffDispute }) {
  if (state !== 'needs_response') return null
  if (evidence !== null) return 'Answered'
  return due === null ? 'Soon' : <DueDay value={due} />
}

const columnsOf = (answer: (row: StaffDispute) => void): ReadonlyArray<Column<StaffDispute>> => [
  { id: 'invoice', title: 'Invoice', cell: (row) => <Link className="link whitespace-nowrap" href={paths.adminInvoice(row.invoice_id)}>{row.invoice_number}</Link> },
  { id: 'customer', title: 'Customer', cell: (row) => <bdi>{row.organization_name}</bdi> },
  { id: 'state', title: 'State', cell: (row) => <Status {...disputeLook[row.state]} /> },
  { id: 'reason', title: 'Reason', cell: (row) => row.reason.replaceAll('_', ' ') },
  {
    id: 'due', title: 'Answer due',
    cell: (row) => <Deadline row={row} />,
  },
  { id: 'by', title: 'By', cell: (row) => railName(row.provider) },
  { id: 'fee', title: 'Fee', align: 'end', cell: (row) => <Money value={row.fee} /> },
  { id: 'amount', title: 'Withheld', align: 'end', cell: (row) => <Money value={row.amount} /> },
  { id: 'act', title: '', align: 'end', cell: (row) => (row.state === 'needs_response' && row.evidence === null ? <Button size="sm" onClick={() => answer(row)}>Answer</Button> : null) },
]

export function DisputesPage() {
  const filters = useFilters()
  const [open, setOpen] = useState<StaffDispute | null>(null)
  const [state, q] = [filters.get('state'), filters.get('q')]
  const query = useInfiniteQuery(useTRPC().staffPayments.disputes.infiniteQueryOptions(
    { limit: 50, sort: 'due_by', filter: { ...(isState(state) ? { state } : {}), ...(q === '' ? {} : { q }) } }, { getNextPageParam: (last) => last.pagination.next_cursor },
  ))
  return (
    <>
      <PageHeader title="Disputes" />
      <FilterBar search={{ name: 'q', label: 'Invoice, customer or reference' }} selects={[{ name: 'state', label: 'Any state', options: Object.entries(disputeLook).map(([value, look]) => ({ value, label: look.word })) }]} />
      <PagedList query={query} caption="Disputes" noun="disputes" columns={columnsOf(setOpen)} rowKey={(row) => row.id} empty={<EmptyState title="Nobody disputes a payment">A dispute appears here with the day its answer is due.</EmptyState>} />
      {open === null ? null : <EvidenceDialog dispute={open} onClose={() => setOpen(null)} />}
    </>
  )
}

'use client'
import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { toast } from 'sonner'
import { toProblem } from '../../../../_lib/problem.ts'
import { useTRPC } from '../../../../_lib/trpc.tsx'
import type { Adjustment } from '../../../../_lib/wire.ts'
import { Button } from '../../../../_ui/button.tsx'
import { Field } from '../../../../_ui/field.tsx'
import { FilterBar, useFilters } from '../../../../_ui/filter-bar.tsx'
import { Input } from '../../../../_ui/inputs.tsx'
import { Money } from '../../../../_ui/money.tsx'
import { PageHeader } from '../../../../_ui/page.tsx'
import { Pagination } from '../../../../_ui/pagination.tsx'
import { EmptyState, ErrorPanel, NothingMatches, TableSkeleton } from '../../../../_ui/states.tsx'
import { Status, type StatusLook } from '../../../../_ui/status.tsx'
import { Table, type Column } from '../../../../_ui/table.tsx'
import { TimeAgo } from '../../../../_ui/time.tsx'
import { FormDialog } from '../../../../_ui/form-dialog.tsx'
import { OrganizationField, type ChosenOrganization } from '../../_components/organization-field.tsx'
import { minorOf } from './minor.ts'

const looks: Record<Adjustment['state'], StatusLook> = {
  requested: { tone: 'attention', word: 'Waits for approval' }, approved: { tone: 'good', word: 'On the next invoice' }, rejected: { tone: 'idle', word: 'Rejected' },
}
const isState = (value: string): value is Adjustment['state'] => value in looks

function Decide({ row, onClose }: { row: Adjustment; onClose: () => void }) {
  const trpc = useTRPC()
  const client = useQueryClient()
  const [note, setNote] = useState('')
  const decide = useMutation(
    trpc.staffInvoices.decideAdjustment.mutationOptions({
      onSuccess: ({ state }) => {
        toast(state === 'approved' ? 'Approved: it goes on the next invoice' : 'Rejected')
        void client.invalidateQueries({ queryKey: trpc.staffInvoices.adjustments.pathKey() })
        onClose()
      },
    }),
  )
  const answer = (approve: boolean) => decide.mutate({ adjustment_id: row.id, approve, ...(note.trim() === '' ? {} : { note: note.trim() }) })
  return (
    <FormDialog
      title={`Adjustment for ${row.organization_name}`} description={`${row.requested_by.name} asks: ${row.reason}`} action="Approve" busy={decide.isPending} error={decide.error} fields={[]} onClose={onClose}
      onSubmit={() => answer(true)}>
      <p className="text-14"><Money value={row.amount} /> <bdi className="text-muted">{row.description}</bdi></p>
      <Field label="Note">{(control) => <Input {...control} value={note} onChange={(event) => setNote(event.target.value)} />}</Field>
      <div><Button look="danger" busy={decide.isPending} onClick={() => answer(false)}>Reject</Button></div>
    </FormDialog>
  )
}

function Ask({ onClose }: { onClose: () => void }) {
  const trpc = useTRPC()
  const client = useQueryClient()
  const [org, setOrg] = useState<ChosenOrganization | null>(null)
  const [form, setForm] = useState({ amount: '', description: '', reason: '' })
  const ask = useMutation(
    trpc.staffInvoices.requestAdjustment.mutationOptions({
      onSuccess: ({ state }) => {
        toast(state === 'approved' ? 'It goes on the next invoice' : 'Somebody else must approve it')
        void client.invalidateQueries({ queryKey: trpc.staffInvoices.adjustments.pathKey() })
        onClose()
      },
    }),
  )
  const minor = org === null ? null : minorOf(form.amount, org.currency)
  const fault = (name: string) => (ask.error === null ? undefined : toProblem(ask.error).fields.find((one) => one.path === name)?.message)
  const text = (name: keyof typeof form) => ({ value: form[name], onChange: (event: { target: { value: string } }) => setForm({ ...form,
    [name]: event.target.value }) })
  return (
    <FormDialog
      title="New adjustment" description="Corrects the next invoice. Above the seller's limit a second person approves it first." action="Ask for it" busy={ask.isPending}
      disabled={org === null || minor === null || form.description.trim() === '' || form.reason.trim().length < 3} error={ask.error} fields={['amount', 'description', 'reason', 'organization_id']}
      onClose={onClose}
      onSubmit={() => {
        if (org !== null && minor !== null) ask.mutate({ organization_id: org.id, amount: minor, currency: org.currency,
          description: form.description.trim(), reason: form.reason.trim() })
      }}>
      <OrganizationField value={org} error={fault('organization_id')} onChange={setOrg} />
      <Field label="Amount" hint="Before tax; with a minus it takes off" required error={fault('amount')}>{(control) => <Input {...control} {...text('amount')} before={org?.currency} inputMode="text" />}</Field>
      <Field label="For" hint="As printed on the invoice" required error={fault('description')}>{(control) => <Input {...control} {...text('description')} />}</Field>
      <Field label="Reason" hint="For us and the auditor" required error={fault('reason')}>{(control) => <Input {...control} {...text('reason')} />}</Field>
    </FormDialog>
  )
}

export function AdjustmentsPage() {
  const filters = useFilters()
  const state = filters.get('state')
  const [open, setOpen] = useState<Adjustment | 'new' | null>(null)
  const query = useInfiniteQuery(
    useTRPC().staffInvoices.adjustments.infiniteQueryOptions({ limit: 50, ...(isState(state) ? { filter: { state } } : {}) },
      { getNextPageParam: (last) => last.pagination.next_cursor }),
  )
  const rows = query.data?.pages.flatMap((page) => page.data)
  const columns: ReadonlyArray<Column<Adjustment>> = [
    { id: 'org', title: 'Organization', cell: (row) => <bdi>{row.organization_name}</bdi> },
    { id: 'what', title: 'What', cell: (row) => <bdi>{row.description}</bdi> },
    { id: 'state', title: 'State', cell: (row) => <Status {...looks[row.state]} /> },
    { id: 'by', title: 'Asked by', cell: (row) => <bdi>{row.requested_by.name}</bdi> },
    { id: 'at', title: 'When', cell: (row) => <TimeAgo value={row.created_at} /> },
    { id: 'amount', title: 'Amount', align: 'end', cell: (row) => <Money value={row.amount} /> },
    { id: 'act', title: '', align: 'end', cell: (row) => (row.state === 'requested' ? <Button size="sm" onClick={() => setOpen(row)}>Decide</Button> : null) },
  ]
  return (
    <>
      <PageHeader title="Adjustments" action={<Button look="primary" onClick={() => setOpen('new')}>New adjustment</Button>} />
      <FilterBar selects={[{ name: 'state', label: 'Any state', options: Object.entries(looks).map(([value, look]) => ({ value, label: look.word })) }]} />
      {query.error === null ? null : <ErrorPanel problem={toProblem(query.error)} onRetry={() => void query.refetch()} />}
      {rows === undefined && query.error === null ? <TableSkeleton label="Loading adjustments" /> : null}
      {rows !== undefined && rows.length > 0 ? <Table caption="Adjustments" columns={columns} rows={rows} rowKey={(row) => row.id} /> : null}
      {rows?.length === 0
        ? filters.active ? <NothingMatches onClear={filters.clear} /> : <EmptyState title="No adjustment yet">Correct a customer's next invoice by hand, with its reason.</EmptyState>
        : null}
      <Pagination shown={rows?.length ?? 0} noun="adjustments" hasMore={query.hasNextPage} busy={query.isFetchingNextPage} onMore={() => void query.fetchNextPage()} />
      {open === 'new' ? <Ask onClose={() => setOpen(null)} /> : open === null ? null : <Decide row={open} onClose={() => setOpen(null)} />}
    </>
  )
}

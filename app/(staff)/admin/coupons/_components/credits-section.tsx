'use client'
import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { day } from '../../../../_lib/format.ts'
import { toProblem } from '../../../../_lib/problem.ts'
import { useTRPC } from '../../../../_lib/trpc.tsx'
import type { CreditGrant } from '../../../../_lib/wire.ts'
import { Button } from '../../../../_ui/button.tsx'
import { ConfirmDialog } from '../../../../_ui/dialog.tsx'
import { Field } from '../../../../_ui/field.tsx'
import { Input } from '../../../../_ui/inputs.tsx'
import { Money } from '../../../../_ui/money.tsx'
import { Section } from '../../../../_ui/page.tsx'
import { Pagination } from '../../../../_ui/pagination.tsx'
import { EmptyState, ErrorPanel, TableSkeleton } from '../../../../_ui/states.tsx'
import { Status, type StatusLook } from '../../../../_ui/status.tsx'
import { Table, type Column } from '../../../../_ui/table.tsx'
import { TimeAgo } from '../../../../_ui/time.tsx'
import { GiveCredit } from './give-credit.tsx'

const LOOK: Record<CreditGrant['state'], StatusLook> = {
  active: { tone: 'good', word: 'active' }, used: { tone: 'idle', word: 'used up' }, expired: { tone: 'idle', word: 'ended' }, revoked: { tone: 'idle', word: 'taken back' },
}

function RevokeButton({ credit }: { credit: CreditGrant }) {
  const trpc = useTRPC()
  const client = useQueryClient()
  const [open, setOpen] = useState(false)
  const [reason, setReason] = useState('')
  const revoke = useMutation(
    trpc.books.revokeCredits.mutationOptions({
      onSuccess: () => {
        setOpen(false)
        void client.invalidateQueries({ queryKey: trpc.books.credits.pathKey() })
      },
    }),
  )
  return (
    <>
      <Button size="sm" look="quiet" className="h-7" onClick={() => setOpen(true)}>
        Take back
      </Button>
      <ConfirmDialog
        open={open}
        onOpenChange={setOpen}
        title="Take the rest back?"
        action="Take back"
        danger
        busy={revoke.isPending}
        onConfirm={() => revoke.mutate({ credit_id: credit.id, reason })}>
        <p>
          <Money value={credit.remaining} /> of <code>{credit.organization_id}</code> can no longer be used. What was spent stays spent.
        </p>
        <Field label="Reason" required>
          {(control) => <Input {...control} value={reason} onChange={(event) => setReason(event.target.value)} />}
        </Field>
        {revoke.error === null ? null : <ErrorPanel problem={toProblem(revoke.error)} />}
      </ConfirmDialog>
    </>
  )
}

const columns: ReadonlyArray<Column<CreditGrant>> = [
  { id: 'org', title: 'Organization', cell: (row) => <code className="text-13">{row.organization_id}</code> },
  { id: 'kind', title: 'Credit', cell: (row) => (row.kind === 'paid' ? 'bought' : 'given') },
  { id: 'state', title: 'State', cell: (row) => <Status {...LOOK[row.state]} /> },
  { id: 'reason', title: 'Reason', cell: (row) => <bdi>{row.reason}</bdi> },
  { id: 'ends', title: 'Ends', cell: (row) => (row.expires_at === null ? 'never' : day(row.expires_at)) },
  { id: 'since', title: 'Since', cell: (row) => <TimeAgo value={row.created_at} /> },
  { id: 'amount', title: 'Amount', align: 'end', cell: (row) => <Money value={row.amount} /> },
  { id: 'left', title: 'Left', align: 'end', cell: (row) => <Money value={row.remaining} /> },
  { id: 'act', title: '', align: 'end', cell: (row) => (row.state === 'active' && row.kind === 'promotional' ? <RevokeButton credit={row} /> : null) },
]

export function CreditsSection() {
  const [giving, setGiving] = useState(false)
  const query = useInfiniteQuery(useTRPC().books.credits.infiniteQueryOptions({ limit: 25 }, { getNextPageParam: (last) => last.pagination.next_cursor }))
  const rows = query.data?.pages.flatMap((page) => page.data)
  return (
    <Section
      title="Credit"
      hint="Given to customers or bought by them; invoices use what was given first."
      action={
        <Button size="sm" onClick={() => setGiving(true)}>
          Give credit
        </Button>
      }>
      {query.error === null ? null : <ErrorPanel problem={toProblem(query.error)} onRetry={() => void query.refetch()} />}
      {rows === undefined && query.error === null ? <TableSkeleton rows={3} label="Loading credit" /> : null}
      {rows !== undefined && rows.length > 0 ? <Table caption="Credit of customers" columns={columns} rows={rows} rowKey={(row) => row.id} /> : null}
      {rows?.length === 0 ? (
        <EmptyState title="No credit yet" command="shellwego credits give acme 25 --reason 'Sorry for the outage'">
          Give a customer credit after an outage, or to try things out. It is a cost of yours in the ledger.
        </EmptyState>
      ) : null}
      <Pagination
        shown={rows?.length ?? 0}
        noun="grants"
        hasMore={query.hasNextPage}
        busy={query.isFetchingNextPage}
        onMore={() => {
          void query.fetchNextPage()
        }}
      />
      {giving ? <GiveCredit onDone={() => setGiving(false)} /> : null}
    </Section>
  )
}

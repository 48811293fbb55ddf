'use client'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { toast } from 'sonner'
import { toProblem } from '../../../../_lib/problem.ts'
import { useTRPC } from '../../../../_lib/trpc.tsx'
import type { LegalEntity, TransferAccount } from '../../../../_lib/wire.ts'
import { Button } from '../../../../_ui/button.tsx'
import { ConfirmDialog } from '../../../../_ui/dialog.tsx'
import { Load } from '../../../../_ui/load.tsx'
import { Section } from '../../../../_ui/page.tsx'
import { EmptyState, ErrorPanel, TableSkeleton } from '../../../../_ui/states.tsx'
import { Table, type Column } from '../../../../_ui/table.tsx'
import { TransferAccountDialog } from './transfer-account-dialog.tsx'

function RemoveDialog({ account, onClose }: { account: TransferAccount; onClose: () => void }) {
  const trpc = useTRPC()
  const client = useQueryClient()
  const remove = useMutation(
    trpc.staffInvoices.deleteTransferAccount.mutationOptions({
      onSuccess: () => {
        toast(`Transfers in ${account.currency} are no way to pay any more`)
        void client.invalidateQueries({ queryKey: trpc.staffInvoices.transferAccounts.pathKey() })
        onClose()
      },
    }),
  )
  return (
    <ConfirmDialog
      open danger title={`Take no more transfers in ${account.currency}?`} action="Remove the account" busy={remove.isPending} onOpenChange={onClose}
      onConfirm={() => remove.mutate({ transfer_account_id: account.id })}>
      <p>
        Customers cannot choose it any more. Money that is sent there all the same is found on the statement: instructions that were shown stay as they are.
      </p>
      {remove.error === null ? null : <ErrorPanel problem={toProblem(remove.error)} />}
    </ConfirmDialog>
  )
}

/** Where customers of this brand's sellers transfer to. */
export function TransferAccountsSection({ brandId, sellers }: { brandId: string; sellers: readonly LegalEntity[] }) {
  const [open, setOpen] = useState<TransferAccount | 'new' | null>(null)
  const [removing, setRemoving] = useState<TransferAccount | null>(null)
  const accounts = useQuery(useTRPC().staffInvoices.transferAccounts.queryOptions({ brand_id: brandId }))
  const create = <Button size="sm" onClick={() => setOpen('new')}>New account</Button>
  const columns: ReadonlyArray<Column<TransferAccount>> = [
    { id: 'currency', title: 'Currency', cell: (row) => <span className="font-strong">{row.currency}</span> },
    { id: 'seller', title: 'Seller', cell: (row) => <bdi>{sellers.find(({ id }) => id === row.entity_id)?.name ?? row.entity_id}</bdi> },
    { id: 'bank', title: 'Bank', cell: (row) => <bdi>{row.bank_name}</bdi> },
    { id: 'number', title: 'Account', cell: (row) => <code className="text-12">{row.account_number}</code> },
    {
      id: 'act', title: '', align: 'end', cell: (row) => (
        <span className="inline-flex gap-2">
          <Button size="sm" onClick={() => setOpen(row)}>Edit</Button>
          <Button size="sm" onClick={() => setRemoving(row)}>Remove</Button>
        </span>
      ),
    },
  ]
  return (
    <Section title="Bank transfer" hint="One account per seller and currency. Without one, transfer is no way to pay." action={create}>
      <Load query={accounts} skeleton={<TableSkeleton rows={2} label="Loading accounts" />}>
        {({ data }) => (data.length === 0
          ? <EmptyState title="No account yet" action={create}>Customers can pay by bank transfer once you say where to.</EmptyState>
          : <Table caption="Accounts for transfers" columns={columns} rows={data} rowKey={(row) => row.id} />)}
      </Load>
      {open === null ? null : <TransferAccountDialog account={open === 'new' ? null : open} sellers={sellers} onClose={() => setOpen(null)} />}
      {removing === null ? null : <RemoveDialog account={removing} onClose={() => setRemoving(null)} />}
    </Section>
  )
}

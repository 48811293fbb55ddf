'use client'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { toast } from 'sonner'
import { toProblem } from '../../../../_lib/problem.ts'
import { useTRPC } from '../../../../_lib/trpc.tsx'
import type { LegalEntity, TransferAccount } from '../../../../_lib/wire.ts'
import { Field } from '../../../../_ui/field.tsx'
import { Input, Select } from '../../../../_ui/inputs.tsx'
import { FormDialog } from '../../../../_ui/form-dialog.tsx'

const FIELDS = ['bank_name', 'account_name', 'account_number', 'bic', 'note'] as const
type Name = (typeof FIELDS)[number]
const labels: Record<Name, { label: string; hint?: string; required?: boolean }> = {
  bank_name: { label: 'Bank', required: true }, account_name: { label: 'Account name', hint: 'As the bank has it: some banks compare it', required: true },
  account_number: { label: 'IBAN or account number', required: true }, bic: { label: 'BIC', hint: 'For transfers from abroad' }, note: { label: 'Note', hint: 'Shown to the payer beside the account' },
}

type Props = { account: TransferAccount | null; sellers: readonly LegalEntity[]; onClose: () => void }

/** An account per seller and currency; with it customers may pay by bank transfer. */
export function TransferAccountDialog({ account, sellers, onClose }: Props) {
  const trpc = useTRPC()
  const client = useQueryClient()
  const [seller, setSeller] = useState(account?.entity_id ?? sellers[0]?.id ?? '')
  const [currency, setCurrency] = useState(account?.currency ?? '')
  const [form, setForm] = useState<Record<Name, string>>({
    bank_name: account?.bank_name ?? '', account_name: account?.account_name ?? '', account_number: account?.account_number ?? '', bic: account?.bic ?? '', note: account?.note ?? '',
  })
  const saved = () => {
    toast('Account saved')
    void client.invalidateQueries({ queryKey: trpc.staffInvoices.transferAccounts.pathKey() })
    onClose()
  }
  const create = useMutation(trpc.staffInvoices.createTransferAccount.mutationOptions({ onSuccess: saved }))
  const update = useMutation(trpc.staffInvoices.updateTransferAccount.mutationOptions({ onSuccess: saved }))
  const error = create.error ?? update.error
  const fault = (name: string) => (error === null ? undefined : toProblem(error).fields.find((one) => one.path === name)?.message)
  const submit = () => {
    const input = { ...form, bic: form.bic.trim() === '' ? null : form.bic.trim() }
    if (account === null) create.mutate({ legal_entity_id: seller, currency: currency.trim().toUpperCase(), ...input })
    else update.mutate({ transfer_account_id: account.id, if_match: account.etag, ...input })
  }
  const empty = FIELDS.some((name) => labels[name].required === true && form[name].trim() === '') || currency.trim() === ''
  return (
    <FormDialog
      title={account === null ? 'New account for transfers' : `Transfers in ${account.currency}`} description="Customers see it when they choose to pay by bank transfer, with a reference of their invoice."
      action="Save the account" busy={create.isPending || update.isPending} disabled={empty} error={error} fields={[...FIELDS, 'currency', 'legal_entity_id']} onClose={onClose} onSubmit={submit}>
      {account === null ? (
        <>
          <Field label="Seller" error={fault('legal_entity_id')} required>
            {(control) => <Select {...control} options={sellers.map(({ id, name }) => ({ value: id,
              label: name }))} value={seller} onChange={(event) => setSeller(event.target.value)} />}
          </Field>
          <Field label="Currency" hint="Like NGN" error={fault('currency')} required>
            {(control) => <Input {...control} autoComplete="off" maxLength={3} value={currency} onChange={(event) => setCurrency(event.target.value)} />}
          </Field>
        </>
      ) : null}
      {FIELDS.map((name) => (
        <Field key={name} label={labels[name].label} hint={labels[name].hint} required={labels[name].required ?? false} error={fault(name)}>
          {(control) => <Input {...control} autoComplete="off" value={form[name]} onChange={(event) => setForm({ ...form, [name]: event.target.value })} />}
        </Field>
      ))}
    </FormDialog>
  )
}

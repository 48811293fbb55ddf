'use client'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTRPC } from '../../../../_lib/trpc.tsx'
import { Field } from '../../../../_ui/field.tsx'
import { Input, Select } from '../../../../_ui/inputs.tsx'
import { FormDialog } from '../../../../_ui/form-dialog.tsx'
import { faultOf, useDone } from '../../_components/use-act.ts'

export function AccountDialog({ onClose }: { onClose: () => void }) {
  const trpc = useTRPC()
  const done = useDone(onClose)
  const [form, setForm] = useState({ entity: '', name: '', number: '', currency: '' })
  const sellers = useQuery(trpc.staffInvoices.entities.queryOptions({})).data?.data ?? []
  const create = useMutation(trpc.reconciliation.createAccount.mutationOptions({ onSuccess: () => done('Account added') }))
  const entity = form.entity === '' ? sellers.find((one) => one.default)?.id ?? '' : form.entity
  const text = (name: keyof typeof form) => ({ value: form[name], onChange: (event: { target: { value: string } }) => setForm({ ...form,
    [name]: event.target.value }) })
  return (
    <FormDialog
      title="Add a bank account" description="What arrives on it belongs to the seller you choose." action="Add the account" busy={create.isPending} error={create.error} onClose={onClose}
      disabled={entity === '' || form.name.trim() === '' || form.number.trim().length < 4 || !/^[A-Za-z]{3}$/.test(form.currency.trim())} fields={['name', 'number', 'currency', 'entity_id']}
      onSubmit={() => create.mutate({ entity_id: entity, name: form.name.trim(), number: form.number.trim(), currency: form.currency.trim().toUpperCase() })}>
      <Field label="Seller" required error={faultOf(create.error, 'entity_id')}>
        {(control) => <Select {...control} value={entity} options={sellers.map((one) => ({ value: one.id,
          label: one.name }))} onChange={(event) => setForm({ ...form, entity: event.target.value })} />}
      </Field>
      <Field label="Name" hint="As you call it." required error={faultOf(create.error, 'name')}>{(control) => <Input {...control} {...text('name')} />}</Field>
      <Field label="IBAN or account number" required error={faultOf(create.error, 'number')}>{(control) => <Input {...control} {...text('number')} mono autoComplete="off" />}</Field>
      <Field label="Currency" hint="Three letters, as USD." required error={faultOf(create.error, 'currency')}>{(control) => <Input {...control} {...text('currency')} className="w-24 uppercase" maxLength={3} />}</Field>
    </FormDialog>
  )
}

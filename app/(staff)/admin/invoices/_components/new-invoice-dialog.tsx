'use client'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { toast } from 'sonner'
import { money } from '../../../../_lib/format.ts'
import { paths } from '../../../../_lib/paths.ts'
import { toProblem } from '../../../../_lib/problem.ts'
import { useTRPC } from '../../../../_lib/trpc.tsx'
import { Field } from '../../../../_ui/field.tsx'
import { Input, Select } from '../../../../_ui/inputs.tsx'
import { FormDialog } from '../../../../_ui/form-dialog.tsx'
import { OrganizationField, type ChosenOrganization } from '../../_components/organization-field.tsx'

const KINDS = [
  { value: 'item', label: 'On the next invoice' }, { value: 'one_off', label: 'As an invoice at once' }, { value: 'pro_forma', label: 'As a pro forma that claims nothing' },
]

/** One charge: with the next invoice, or as a document of its own. */
export function NewInvoiceDialog({ onClose }: { onClose: () => void }) {
  const trpc = useTRPC()
  const client = useQueryClient()
  const router = useRouter()
  const [org, setOrg] = useState<ChosenOrganization | null>(null)
  const [form, setForm] = useState({ kind: 'item', description: '', quantity: '1', unit_amount: '', note: '' })
  const done = (text: string) => {
    toast(text)
    void client.invalidateQueries({ queryKey: trpc.staff.invoices.pathKey() })
    onClose()
  }
  const issue = useMutation(trpc.staffInvoices.create.mutationOptions({ onSuccess: (invoice) => {
    done(`${invoice.number ?? ''} issued over ${money(invoice.total)}`)
    router.push(paths.adminInvoice(invoice.id))
  } }))
  const add = useMutation(trpc.staffInvoices.addItem.mutationOptions({ onSuccess: (item) => done(`${money(item.amount)} goes on the next invoice`) }))
  const error = form.kind === 'item' ? add.error : issue.error
  const fault = (name: string) => (error === null ? undefined : toProblem(error).fields.find((one) => one.path.endsWith(name))?.message)
  const text = (name: 'description' | 'quantity' | 'unit_amount' | 'note') => ({ value: form[name], onChange: (event: { target: { value: string } }) => setForm({ ...form, [name]: event.target.value }) })
  const submit = () => {
    if (org === null) return
    const line = { description: form.description.trim(), quantity: form.quantity.trim(), unit_amount: form.unit_amount.trim() }
    if (form.kind === 'item') add.mutate({ organization_id: org.id, ...line })
    else issue.mutate({ organization_id: org.id, kind: form.kind === 'pro_forma' ? 'pro_forma' : 'one_off', lines: [line], ...(form.note.trim() === '' ? {} : { note: form.note.trim() }) })
  }
  return (
    <FormDialog
      title="New charge" description="Tax is added as the customer's country and number ask for it." action={form.kind === 'item' ? 'Put it on the next invoice' : 'Issue it'}
      busy={issue.isPending || add.isPending} disabled={org === null || form.description.trim() === '' || form.unit_amount.trim() === ''} error={error}
      fields={['organization_id', 'lines.0.description', 'lines.0.quantity', 'lines.0.unit_amount', 'description', 'quantity', 'unit_amount']} onClose={onClose} onSubmit={submit}>
      <OrganizationField value={org} error={fault('organization_id')} onChange={setOrg} />
      <Field label="How" required>{(control) => <Select {...control} options={KINDS} value={form.kind} onChange={(event) => setForm({ ...form, kind: event.target.value })} />}</Field>
      <Field label="For" hint="As printed" required error={fault('description')}>{(control) => <Input {...control} {...text('description')} />}</Field>
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label="Quantity" required error={fault('quantity')}>{(control) => <Input {...control} {...text('quantity')} inputMode="decimal" />}</Field>
        <Field label="Price of one" required error={fault('unit_amount')}>{(control) => <Input {...control} {...text('unit_amount')} before={org?.currency} inputMode="decimal" />}</Field>
      </div>
      {form.kind === 'item' ? null : <Field label="Note">{(control) => <Input {...control} {...text('note')} />}</Field>}
    </FormDialog>
  )
}

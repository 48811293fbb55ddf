'use client'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { toast } from 'sonner'
import { toProblem } from '../../../../_lib/problem.ts'
import { useTRPC } from '../../../../_lib/trpc.tsx'
import { useCountries } from '../../../../_lib/use-countries.ts'
import { Checkbox } from '../../../../_ui/choices.tsx'
import { Field } from '../../../../_ui/field.tsx'
import { Input, Select } from '../../../../_ui/inputs.tsx'
import { FormDialog } from '../../../../_ui/form-dialog.tsx'

const FIELDS = ['country', 'region', 'product', 'name', 'rate', 'active_from', 'active_to', 'source'] as const
type Name = (typeof FIELDS)[number]
const hints: Record<Name, { label: string; hint?: string; required?: boolean; type?: string }> = {
  country: { label: 'Country of the customer', required: true }, region: { label: 'State or region', hint: 'Empty: the whole country' }, product: { label: 'Product', hint: 'Empty: everything' },
  name: { label: 'Name', hint: 'As printed, like VAT', required: true }, rate: { label: 'Rate', hint: 'A fraction: 0.075 is 7.5 %', required: true },
  active_from: { label: 'First day', required: true, type: 'date' }, active_to: { label: 'First day without it', type: 'date' }, source: { label: 'Source', hint: 'The law or notice' },
}

export function AddRateDialog({ brandId, onClose }: { brandId: string; onClose: () => void }) {
  const trpc = useTRPC()
  const client = useQueryClient()
  const countries = useCountries()
  const [form, setForm] = useState<Record<Name, string>>({ country: 'NG', region: '', product: '', name: 'VAT', rate: '', active_from: '', active_to: '', source: '' })
  const [inclusive, setInclusive] = useState(false)
  const [endsPresent, setEnds] = useState(false)
  const add = useMutation(
    trpc.staffTaxes.add.mutationOptions({
      onSuccess: () => {
        toast('Rate added')
        void client.invalidateQueries({ queryKey: trpc.staffTaxes.pathKey() })
        onClose()
      },
    }),
  )
  const fault = (name: Name) => (add.error === null ? undefined : toProblem(add.error).fields.find((one) => one.path === name)?.message)
  return (
    <FormDialog
      title="Add a rate" description="It counts for supplies from its first day on; issued invoices keep their tax." action="Add the rate" busy={add.isPending}
      disabled={form.rate.trim() === '' || form.active_from === '' || form.name.trim() === ''} error={add.error} fields={FIELDS} onClose={onClose}
      onSubmit={() => add.mutate({
        brand_id: brandId, ...form, rate: form.rate.trim(), name: form.name.trim(), active_to: form.active_to === '' ? null : form.active_to, inclusive, ends_present: endsPresent,
      })}>
      {FIELDS.map((name) => (
        <Field key={name} label={hints[name].label} hint={hints[name].hint} required={hints[name].required ?? false} error={fault(name)}>
          {(control) => (name === 'country'
            ? <Select {...control} options={countries} value={form.country} onChange={(event) => setForm({ ...form, country: event.target.value })} />
            : <Input {...control} type={hints[name].type ?? 'text'} autoComplete="off" value={form[name]} onChange={(event) => setForm({ ...form, [name]: event.target.value })} />)}
        </Field>
      ))}
      <Checkbox checked={inclusive} label="Prices contain it" onChange={setInclusive} />
      <Checkbox checked={endsPresent} label="End the rate that is in force on that day" onChange={setEnds} />
    </FormDialog>
  )
}

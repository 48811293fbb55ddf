'use client'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { toast } from 'sonner'
import { toProblem } from '../../../../_lib/problem.ts'
import { useTRPC } from '../../../../_lib/trpc.tsx'
import { useCountries } from '../../../../_lib/use-countries.ts'
import type { LegalEntity } from '../../../../_lib/wire.ts'
import { Checkbox } from '../../../../_ui/choices.tsx'
import { Field } from '../../../../_ui/field.tsx'
import { Input, Select } from '../../../../_ui/inputs.tsx'
import { FormDialog } from '../../../../_ui/form-dialog.tsx'

const FIELDS = ['name', 'prefix', 'address', 'country', 'region', 'tax_id', 'registration_no', 'bank_details', 'clearance_service_id'] as const
type Name = (typeof FIELDS)[number]
const labels: Record<Name, { label: string; hint?: string; required?: boolean }> = {
  name: { label: 'Legal name', required: true }, prefix: { label: 'Prefix of its numbers', hint: 'Two to ten capitals and digits; it cannot be changed', required: true }, address: { label: 'Address' },
  country: { label: 'Country', required: true }, region: { label: 'State or region' }, tax_id: { label: 'Tax number' }, registration_no: { label: 'Registration number' },
  bank_details: { label: 'Bank details', hint: 'Printed on invoices' }, clearance_service_id: { label: 'Clearance service id', hint: 'Nigeria: invoices are cleared by the tax authority' },
}
const textOf = (entity: LegalEntity | null): Record<Name, string> => ({
  name: entity?.name ?? '', prefix: entity?.prefix ?? '', address: entity?.address ?? '', country: entity?.country ?? 'NG', region: entity?.region ?? '', tax_id: entity?.tax_id ?? '',
  registration_no: entity?.registration_no ?? '', bank_details: entity?.bank_details ?? '', clearance_service_id: entity?.clearance_service_id ?? '',
})
const orNull = (text: string): string | null => (text.trim() === '' ? null : text.trim())

export function EntityDialog({ brandId, entity, onClose }: { brandId: string; entity: LegalEntity | null; onClose: () => void }) {
  const trpc = useTRPC()
  const client = useQueryClient()
  const countries = useCountries()
  const [form, setForm] = useState(textOf(entity))
  const [isDefault, setDefault] = useState(entity?.default ?? false)
  const [archived, setArchived] = useState(entity !== null && entity.archived_at !== null)
  const saved = () => {
    toast(`${form.name} saved`)
    void client.invalidateQueries({ queryKey: trpc.staffInvoices.entities.pathKey() })
    onClose()
  }
  const create = useMutation(trpc.staffInvoices.createEntity.mutationOptions({ onSuccess: saved }))
  const update = useMutation(trpc.staffInvoices.updateEntity.mutationOptions({ onSuccess: saved }))
  const error = create.error ?? update.error
  const fault = (name: Name) => (error === null ? undefined : toProblem(error).fields.find((one) => one.path === name)?.message)
  const submit = () => {
    const { prefix, ...texts } = form
    const input = {
      ...texts, tax_id: orNull(form.tax_id), registration_no: orNull(form.registration_no), clearance_service_id: orNull(form.clearance_service_id),
    }
    if (entity === null) create.mutate({ brand_id: brandId, prefix, ...input })
    else update.mutate({ legal_entity_id: entity.id, if_match: entity.etag, default: isDefault, archived, ...input })
  }
  return (
    <FormDialog
      title={entity === null ? 'New seller' : entity.name} description="Issued invoices keep what they say; the next ones follow this." action="Save the seller" busy={create.isPending || update.isPending}
      disabled={form.name.trim() === '' || form.prefix.trim() === ''} error={error} fields={FIELDS} onClose={onClose} onSubmit={submit}>
      {FIELDS.filter((name) => name !== 'prefix' || entity === null).map((name) => (
        <Field key={name} label={labels[name].label} hint={labels[name].hint} required={labels[name].required ?? false} error={fault(name)}>
          {(control) => (name === 'country'
            ? <Select {...control} options={countries} value={form.country} onChange={(event) => setForm({ ...form, country: event.target.value })} />
            : <Input {...control} autoComplete="off" value={form[name]} onChange={(event) => setForm({ ...form, [name]: event.target.value })} />)}
        </Field>
      ))}
      {entity === null ? null : (
        <>
          <Checkbox checked={isDefault} disabled={entity.default} label="Invoices every customer without a seller of its own" onChange={setDefault} />
          <Checkbox checked={archived} disabled={isDefault} label="Archived: it issues nothing more" onChange={setArchived} />
        </>
      )}
    </FormDialog>
  )
}

'use client'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { toast } from 'sonner'
import { toProblem } from '../../../../_lib/problem.ts'
import { useTRPC } from '../../../../_lib/trpc.tsx'
import { Button } from '../../../../_ui/button.tsx'
import { Dialog } from '../../../../_ui/dialog.tsx'
import { Field } from '../../../../_ui/field.tsx'
import { Input, Select } from '../../../../_ui/inputs.tsx'
import { ErrorPanel } from '../../../../_ui/states.tsx'

const EMPTY = { code: '', name: '', type: 'percent', value: '', currency: 'USD', duration: 'once', periods: '3', max: '', each: '1', until: '', plans: '', first: 'no' }
type Form = typeof EMPTY
type Name = keyof Form

/** Where a fault of the wire belongs on this form. */
const FIELD_OF: Readonly<Record<string, Name>> = { max_redemptions: 'max', max_per_organization: 'each', valid_until: 'until', first_time_only: 'first' }

const words = (text: string): string[] => text.split(/[\s,]+/).filter((word) => word !== '')

const wireOf = (form: Form, brandId: string) => ({
  brand_id: brandId, code: form.code, name: form.name, type: form.type === 'fixed' ? ('fixed' as const) : ('percent' as const), value: form.value.trim(),
  duration: form.duration === 'forever' ? ('forever' as const) : form.duration === 'repeating' ? ('repeating' as const) : ('once' as const),
  ...(form.type === 'fixed' ? { currency: form.currency } : {}), ...(form.duration === 'repeating' ? { periods: Number(form.periods) } : {}),
  ...(form.max === '' ? {} : { max_redemptions: Number(form.max) }), max_per_organization: Number(form.each),
  ...(form.until === '' ? {} : { valid_until: `${form.until}T00:00:00Z` }), plans: words(form.plans), first_time_only: form.first === 'yes',
})

type FieldsProps = { form: Form; set: (name: Name, value: string) => void; fault: (name: Name) => string | undefined }

function Terms({ form, set, fault }: FieldsProps) {
  const text = (name: Name) => ({ value: form[name], onChange: (event: { target: { value: string } }) => set(name, event.target.value) })
  return (
    <>
      <Field label="Code" error={fault('code')} required>
        {(control) => <Input {...control} {...text('code')} mono autoComplete="off" autoCapitalize="characters" spellCheck={false} placeholder="WELCOME" />}
      </Field>
      <Field label="Name, as invoices show it" error={fault('name')} required>
        {(control) => <Input {...control} {...text('name')} placeholder="Welcome discount" />}
      </Field>
      <Field label="Kind" error={fault('type')} required>
        {(control) => <Select {...control} {...text('type')} options={[{ value: 'percent', label: 'Percent' }, { value: 'fixed', label: 'A sum' }]} />}
      </Field>
      <Field label={form.type === 'percent' ? 'Percent' : 'Sum'} error={fault('value') ?? fault('currency')} required>
        {(control) => <Input {...control} {...text('value')} inputMode="decimal" autoComplete="off" after={form.type === 'percent' ? '%' : undefined} />}
      </Field>
      {form.type === 'fixed' ? (
        <Field label="Currency" error={fault('currency')} required>
          {(control) => <Input {...control} {...text('currency')} autoComplete="off" />}
        </Field>
      ) : null}
      <Field label="Counts" error={fault('duration')} required>
        {(control) => (
          <Select
            {...control}
            {...text('duration')}
            options={[{ value: 'once', label: 'on one invoice' }, { value: 'repeating', label: 'on several invoices' }, { value: 'forever', label: 'on every invoice' }]}
          />
        )}
      </Field>
      {form.duration === 'repeating' ? (
        <Field label="Invoices" error={fault('periods')} required>
          {(control) => <Input {...control} {...text('periods')} inputMode="numeric" />}
        </Field>
      ) : null}
    </>
  )
}

function Limits({ form, set, fault }: FieldsProps) {
  const text = (name: Name) => ({ value: form[name], onChange: (event: { target: { value: string } }) => set(name, event.target.value) })
  return (
    <>
      <Field label="Redeemed at most" error={fault('max')}>
        {(control) => <Input {...control} {...text('max')} inputMode="numeric" placeholder="no limit" />}
      </Field>
      <Field label="Of one organization" error={fault('each')} required>
        {(control) => <Input {...control} {...text('each')} inputMode="numeric" />}
      </Field>
      <Field label="Can be redeemed before" hint="UTC" error={fault('until')}>
        {(control) => <Input {...control} {...text('until')} type="date" />}
      </Field>
      <Field label="Only for plans" hint="Their keys, separated by spaces" error={fault('plans')}>
        {(control) => <Input {...control} {...text('plans')} placeholder="every plan" />}
      </Field>
      <Field label="For whom" error={fault('first')} required>
        {(control) => <Select {...control} {...text('first')} options={[{ value: 'no', label: 'Everybody' }, { value: 'yes', label: 'Customers without an invoice yet' }]} />}
      </Field>
    </>
  )
}

export function NewCoupon({ onDone }: { onDone: () => void }) {
  const trpc = useTRPC()
  const client = useQueryClient()
  const brands = useQuery(trpc.staff.brands.queryOptions({})).data?.data ?? []
  const [form, setForm] = useState(EMPTY)
  const [chosen, setBrand] = useState('')
  const brand = chosen === '' ? (brands[0]?.id ?? '') : chosen
  const create = useMutation(
    trpc.books.createCoupon.mutationOptions({
      onSuccess: (coupon) => {
        toast(`Coupon ${coupon.code} made`)
        void client.invalidateQueries({ queryKey: trpc.books.coupons.pathKey() })
        onDone()
      },
    }),
  )
  const problem = create.error === null ? null : toProblem(create.error)
  const placed = (problem?.fields ?? []).map((one) => ({ ...one, name: (FIELD_OF[one.path] ?? one.path.split('.')[0] ?? '') as Name }))
  const set = (name: Name, value: string) => {
    setForm({ ...form, [name]: value })
    create.reset()
  }
  const fields = { form, set, fault: (name: Name) => placed.find((one) => one.name === name)?.message }
  return (
    <Dialog open onOpenChange={onDone} title="New coupon" description="Its terms never change. To change them, archive it and make another.">
      <form
        noValidate
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault()
          create.mutate(wireOf(form, brand))
        }}>
        <div className="grid gap-4 sm:grid-cols-2">
          {brands.length > 1 ? (
            <Field label="Brand" required className="sm:col-span-2">
              {(control) => (
                <Select
                  {...control}
                  value={brand}
                  onChange={(event) => setBrand(event.target.value)}
                  options={brands.map((one) => ({ value: one.id, label: one.name }))}
                />
              )}
            </Field>
          ) : null}
          <Terms {...fields} />
          <Limits {...fields} />
        </div>
        {problem === null || (placed.length > 0 && placed.every((one) => one.name in EMPTY || one.name === 'currency')) ? null : <ErrorPanel problem={problem} />}
        <div className="flex flex-wrap justify-end gap-2">
          <Button onClick={onDone}>Cancel</Button>
          <Button type="submit" look="primary" busy={create.isPending} disabled={form.code === '' || form.name === '' || form.value === ''}>
            Make coupon
          </Button>
        </div>
      </form>
    </Dialog>
  )
}

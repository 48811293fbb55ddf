'use client'
import type { UseFormReturn } from 'react-hook-form'
import type { z } from 'zod'
import type { CreateBrand } from '../../../../server/contract/brand.ts'
import { currencies } from '../../../_lib/form-rules.ts'
import { useCountries } from '../../../_lib/use-countries.ts'
import { Field } from '../../../_ui/field.tsx'
import { Input, Select } from '../../../_ui/inputs.tsx'
import { Section } from '../../../_ui/page.tsx'

/** Who sells, under which number series, at which price. */
export function InvoiceFields({ form }: { form: UseFormReturn<z.input<typeof CreateBrand>, unknown, z.output<typeof CreateBrand>> }) {
  const options = useCountries()
  const { errors } = form.formState
  const currency = form.watch('default_currency')
  return (
    <>
      <Section title="What invoices say">
        <div className="grid gap-4 sm:grid-cols-2">
          <Field label="Legal name" error={errors.legal_name?.message} required className="sm:col-span-2">
            {(control) => <Input {...control} {...form.register('legal_name')} autoComplete="off" />}
          </Field>
          <Field label="Legal address" error={errors.legal_address?.message} className="sm:col-span-2">
            {(control) => <Input {...control} {...form.register('legal_address')} autoComplete="off" />}
          </Field>
          <Field label="Country" error={errors.country?.message} required>
            {(control) => <Select {...control} {...form.register('country')} options={options} />}
          </Field>
          <Field label="Invoice prefix" hint="Numbers look like NAIJA-000001." error={errors.invoice_prefix?.message} required>
            {(control) => <Input {...control} {...form.register('invoice_prefix')} mono autoCapitalize="characters" autoComplete="off" />}
          </Field>
          <Field label="Tax id" error={errors.tax_id?.message}>
            {(control) => (
              <Input
                {...control}
                {...form.register('tax_id', { setValueAs: (text: string | null) => (text === '' ? null : text) })}
                autoComplete="off"
              />
            )}
          </Field>
          <Field label="Tax rate" hint="A fraction: 0.075 is 7.5 %." error={errors.tax_rate?.message} required>
            {(control) => <Input {...control} {...form.register('tax_rate')} inputMode="decimal" autoComplete="off" />}
          </Field>
        </div>
      </Section>
      <Section title="Price">
        <div className="grid gap-4 sm:grid-cols-2">
          <Field label="Currency" error={errors.default_currency?.message} required>
            {(control) => <Select {...control} {...form.register('default_currency')} options={currencies} />}
          </Field>
          <Field
            label="Starter plan, a month"
            hint="Empty: the platform's own price. Meter rates can be set afterwards."
            error={errors.starter_price?.message}>
            {(control) => (
              <Input
                {...control}
                {...form.register('starter_price', { setValueAs: (text: string) => (text === '' ? undefined : text) })}
                before={currency}
                inputMode="decimal"
                autoComplete="off"
              />
            )}
          </Field>
        </div>
      </Section>
    </>
  )
}

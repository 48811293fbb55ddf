'use client'
import { zodResolver } from '@hookform/resolvers/zod'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useForm } from 'react-hook-form'
import { z } from 'zod'
import { CreateOrganization } from '../../../server/contract/organization.ts'
import { currencyOptions } from '../../_lib/form-rules.ts'
import { paths } from '../../_lib/paths.ts'
import { useTRPC } from '../../_lib/trpc.tsx'
import { useProblem } from '../../_lib/use-problem.ts'
import { Button } from '../../_ui/button.tsx'
import { useCountries } from '../../_lib/use-countries.ts'
import { Field } from '../../_ui/field.tsx'
import { Input, Select } from '../../_ui/inputs.tsx'
import { AuthCard } from '../_components/auth-card.tsx'

const Schema = z.object({ name: CreateOrganization.shape.name, currency: z.string(), country: z.string() })
type Values = z.infer<typeof Schema>

export function NewOrganizationForm({ first, currency }: { first: boolean; currency: string }) {
  const trpc = useTRPC()
  const form = useForm<Values>({ resolver: zodResolver(Schema), defaultValues: { name: '', currency, country: 'NG' } })
  const { problem, fail, clear } = useProblem(form, ['name', 'currency', 'country'])
  const create = useMutation(
    trpc.orgs.create.mutationOptions({ onSuccess: (org) => window.location.assign(paths.apps(org.slug)), onError: fail }),
  )
  const { errors } = form.formState
  const sold = useQuery(trpc.billing.currencies.queryOptions({}))
  const options = useCountries()
  return (
    <AuthCard
      title={first ? 'Create your organization' : 'New organization'}
      problem={problem}
      intro="Apps, bills and members belong to an organization. You can have several.">
      <form
        noValidate
        className="flex flex-col gap-4"
        onSubmit={form.handleSubmit((values) => {
          clear()
          create.mutate({ ...values, timezone: Intl.DateTimeFormat().resolvedOptions().timeZone })
        })}>
        <Field label="Name" error={errors.name?.message} required>
          {(control) => <Input {...control} {...form.register('name')} autoComplete="organization" autoFocus />}
        </Field>
        <Field label="Currency" hint="Of prices and invoices. It cannot be changed later." error={errors.currency?.message} required>
          {(control) => <Select {...control} {...form.register('currency')} options={currencyOptions(sold.data?.currencies ?? [currency])} />}
        </Field>
        <Field label="Country" hint="Decides the tax on your invoices." error={errors.country?.message} required>
          {(control) => <Select {...control} {...form.register('country')} options={options} />}
        </Field>
        <Button type="submit" look="primary" busy={create.isPending || create.isSuccess}>
          Create organization
        </Button>
      </form>
    </AuthCard>
  )
}

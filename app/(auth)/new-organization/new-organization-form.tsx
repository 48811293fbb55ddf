'use client'
import { zodResolver } from '@hookform/resolvers/zod'
import { useMutation } from '@tanstack/react-query'
import { useForm } from 'react-hook-form'
import { z } from 'zod'
import { currencies, nameRule, slugFrom, slugRule } from '../../_lib/form-rules.ts'
import { paths } from '../../_lib/paths.ts'
import { useTRPC } from '../../_lib/trpc.tsx'
import { useProblem } from '../../_lib/use-problem.ts'
import { Button } from '../../_ui/button.tsx'
import { Field } from '../../_ui/field.tsx'
import { Input, Select } from '../../_ui/inputs.tsx'
import { AuthCard } from '../_components/auth-card.tsx'

const Schema = z.object({ name: nameRule, slug: slugRule, currency: z.string() })
type Values = z.infer<typeof Schema>

export function NewOrganizationForm({ first }: { first: boolean }) {
  const trpc = useTRPC()
  const form = useForm<Values>({ resolver: zodResolver(Schema), defaultValues: { name: '', slug: '', currency: 'USD' } })
  const { problem, fail, clear } = useProblem(form, ['name', 'slug', 'currency'])
  const create = useMutation(trpc.orgs.create.mutationOptions({ onSuccess: (org) => window.location.assign(paths.apps(org.slug)), onError: fail }))
  const { errors, dirtyFields } = form.formState
  const named = form.register('name', {
    onChange: (event: { target: { value: string } }) => { if (dirtyFields.slug !== true) form.setValue('slug', slugFrom(event.target.value)) },
  })
  return (
    <AuthCard title={first ? 'Create your organization' : 'New organization'} problem={problem}
      intro="Apps, bills and members belong to an organization. You can have several.">
      <form noValidate className="flex flex-col gap-4" onSubmit={form.handleSubmit((values) => { clear(); create.mutate(values) })}>
        <Field label="Name" error={errors.name?.message} required>
          {(control) => <Input {...control} {...named} autoComplete="organization" autoFocus />}
        </Field>
        <Field label="Address" hint="Part of the links to your apps in this console." error={errors.slug?.message} required>
          {(control) => <Input {...control} {...form.register('slug')} mono before="/" spellCheck={false} autoComplete="off" />}
        </Field>
        <Field label="Currency" hint="Of prices and invoices. It cannot be changed later." error={errors.currency?.message} required>
          {(control) => <Select {...control} {...form.register('currency')} options={currencies} />}
        </Field>
        <Button type="submit" look="primary" busy={create.isPending || create.isSuccess}>Create organization</Button>
      </form>
    </AuthCard>
  )
}

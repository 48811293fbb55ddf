'use client'
import { zodResolver } from '@hookform/resolvers/zod'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Controller, useForm } from 'react-hook-form'
import { toast } from 'sonner'
import type { z } from 'zod'
import { CreateBrand } from '../../../../server/contract/brand.ts'
import { useTRPC } from '../../../_lib/trpc.tsx'
import { useProblem } from '../../../_lib/use-problem.ts'
import type { StaffBrand } from '../../../_lib/wire.ts'
import { Button } from '../../../_ui/button.tsx'
import { Field } from '../../../_ui/field.tsx'
import { Input } from '../../../_ui/inputs.tsx'
import { Panel } from '../../../_ui/page.tsx'
import { ErrorPanel } from '../../../_ui/states.tsx'
import { LogoField } from './brand-fields.tsx'

const Schema = CreateBrand.pick({ name: true, accent: true, logo_url: true, support_email: true, legal_name: true })

export function BrandForm({ brand }: { brand: StaffBrand }) {
  const trpc = useTRPC()
  const client = useQueryClient()
  const form = useForm<z.input<typeof Schema>, unknown, z.output<typeof Schema>>({
    resolver: zodResolver(Schema),
    defaultValues: {
      name: brand.name,
      accent: brand.accent,
      logo_url: brand.logo_url,
      support_email: brand.support_email,
      legal_name: brand.legal_name,
    },
  })
  const { problem, fail, clear } = useProblem(form, Object.keys(Schema.shape))
  const update = useMutation(
    trpc.staff.updateBrand.mutationOptions({
      onError: fail,
      onSuccess: (saved) => {
        toast('Brand saved')
        form.reset({
          name: saved.name,
          accent: saved.accent,
          logo_url: saved.logo_url,
          support_email: saved.support_email,
          legal_name: saved.legal_name,
        })
        void client.invalidateQueries({ queryKey: trpc.staff.pathKey() })
      },
    }),
  )
  const { errors, isDirty } = form.formState
  return (
    <Panel>
      <form
        noValidate
        className="grid gap-4 sm:grid-cols-2"
        onSubmit={form.handleSubmit((values) => {
          clear()
          update.mutate({ brand_id: brand.id, ...values })
        })}>
        <Field label="Name" error={errors.name?.message} required>
          {(control) => <Input {...control} {...form.register('name')} autoComplete="off" />}
        </Field>
        <Field label="Colour" error={errors.accent?.message} required>
          {(control) => <Input {...control} {...form.register('accent')} mono autoComplete="off" />}
        </Field>
        <Field label="Legal name" error={errors.legal_name?.message} required>
          {(control) => <Input {...control} {...form.register('legal_name')} autoComplete="off" />}
        </Field>
        <Field label="Support e-mail" error={errors.support_email?.message} required>
          {(control) => <Input {...control} {...form.register('support_email')} type="email" autoComplete="off" />}
        </Field>
        <div className="sm:col-span-2">
          <Controller
            control={form.control}
            name="logo_url"
            render={({ field }) => <LogoField value={field.value ?? null} onChange={field.onChange} error={errors.logo_url?.message} />}
          />
        </div>
        {problem === null ? null : <ErrorPanel className="sm:col-span-2" problem={problem} />}
        <Button type="submit" className="w-max" disabled={!isDirty} busy={update.isPending}>
          Save brand
        </Button>
      </form>
    </Panel>
  )
}

'use client'
import { zodResolver } from '@hookform/resolvers/zod'
import { useMutation } from '@tanstack/react-query'
import Link from 'next/link'
import { useRouter } from 'next/navigation'
import { Controller, useForm } from 'react-hook-form'
import type { z } from 'zod'
import { CreateBrand } from '../../../../server/contract/brand.ts'
import { paths } from '../../../_lib/paths.ts'
import { useTRPC } from '../../../_lib/trpc.tsx'
import { useProblem } from '../../../_lib/use-problem.ts'
import { Button } from '../../../_ui/button.tsx'
import { Field } from '../../../_ui/field.tsx'
import { Input } from '../../../_ui/inputs.tsx'
import { PageHeader, Section } from '../../../_ui/page.tsx'
import { ErrorPanel } from '../../../_ui/states.tsx'
import { BrandPreview, LogoField } from './brand-fields.tsx'
import { InvoiceFields } from './invoice-fields.tsx'

const empty = {
  name: '',
  hostname: '',
  accent: '#0a7d32',
  logo_url: null,
  support_email: '',
  legal_name: '',
  legal_address: '',
  country: 'NG',
  tax_id: null,
  tax_rate: '0',
  invoice_prefix: '',
  default_currency: 'USD' as const,
}

export function NewResellerPage() {
  const router = useRouter()
  const form = useForm<z.input<typeof CreateBrand>, unknown, z.output<typeof CreateBrand>>({
    resolver: zodResolver(CreateBrand),
    defaultValues: empty,
  })
  const { problem, fail, clear } = useProblem(form, Object.keys(CreateBrand.shape))
  const create = useMutation(
    useTRPC().staff.createBrand.mutationOptions({ onError: fail, onSuccess: (brand) => router.push(paths.adminReseller(brand.id)) }),
  )
  const { errors } = form.formState
  const [name, accent = '', logo = null] = form.watch(['name', 'accent', 'logo_url'])
  return (
    <div className="max-w-160">
      <PageHeader
        title="New reseller"
        above={
          <Link className="link" href={paths.adminResellers}>
            Resellers
          </Link>
        }
      />
      <form
        noValidate
        onSubmit={form.handleSubmit((values) => {
          clear()
          create.mutate(values)
        })}>
        <Section title="What customers see">
          <div className="flex flex-col gap-4">
            <Field label="Name" error={errors.name?.message} required>
              {(control) => <Input {...control} {...form.register('name')} autoFocus autoComplete="off" />}
            </Field>
            <Field
              label="Host name"
              hint="Point it at this platform. Under it, customers see only this brand."
              error={errors.hostname?.message}
              required>
              {(control) => (
                <Input
                  {...control}
                  {...form.register('hostname')}
                  mono
                  placeholder="cloud.example.com"
                  spellCheck={false}
                  autoCapitalize="off"
                  autoComplete="off"
                />
              )}
            </Field>
            <Controller
              control={form.control}
              name="accent"
              render={({ field }) => (
                <Field label="Colour" error={errors.accent?.message} required>
                  {(control) => (
                    <div className="flex gap-2">
                      <Input
                        type="color"
                        aria-label="Pick the colour"
                        className="w-14 p-1"
                        value={/^#[0-9a-f]{6}$/i.test(field.value ?? '') ? field.value : '#000000'}
                        onChange={field.onChange}
                      />
                      <Input {...control} mono className="w-32" value={field.value} onChange={field.onChange} onBlur={field.onBlur} />
                    </div>
                  )}
                </Field>
              )}
            />
            <Controller
              control={form.control}
              name="logo_url"
              render={({ field }) => <LogoField value={field.value ?? null} onChange={field.onChange} error={errors.logo_url?.message} />}
            />
            <BrandPreview name={name} accent={accent} logo={logo} />
            <Field label="Support e-mail" error={errors.support_email?.message} required>
              {(control) => <Input {...control} {...form.register('support_email')} type="email" autoComplete="off" />}
            </Field>
          </div>
        </Section>
        <InvoiceFields form={form} />
        {problem === null ? null : <ErrorPanel className="mb-4" problem={problem} />}
        <Button type="submit" look="primary" busy={create.isPending || create.isSuccess}>
          Create reseller
        </Button>
      </form>
    </div>
  )
}

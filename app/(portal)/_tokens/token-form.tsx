'use client'
import { zodResolver } from '@hookform/resolvers/zod'
import { useMutation } from '@tanstack/react-query'
import { useEffect, type ReactNode } from 'react'
import { Controller, useForm } from 'react-hook-form'
import { z } from 'zod'
import { PermissionName, type Permission } from '../../../server/contract/permission.ts'
import { IpBlock } from '../../../server/contract/token.ts'
import { requiredText } from '../../_lib/form-rules.ts'
import { useProblem } from '../../_lib/use-problem.ts'
import type { CreatedToken } from '../../_lib/wire.ts'
import { Button } from '../../_ui/button.tsx'
import { Field } from '../../_ui/field.tsx'
import { Input, Select, Textarea } from '../../_ui/inputs.tsx'
import { ErrorPanel } from '../../_ui/states.tsx'
import { AppPicker, type AppName } from './app-picker.tsx'
import { ScopePicker } from './scope-picker.tsx'

const lifetimes = [7, 30, 90, 180, 365].map((days) => ({ value: String(days), label: `${days} days` }))
const blocks = (text: string): string[] => text.split(/[\s,]+/).filter((part) => part !== '')

const Schema = z.object({
  name: requiredText('Enter a name.'),
  scopes: z.array(PermissionName).min(1, 'Choose at least one permission.').nullable(),
  app_ids: z.array(z.string()).min(1, 'Choose at least one app.').nullable(),
  ip_allow: z.string().transform(blocks).pipe(z.array(IpBlock)),
  expires_in_days: z.coerce.number(),
})
export type NewToken = Omit<z.output<typeof Schema>, 'scopes' | 'app_ids'> & { scopes: Permission[]; app_ids: string[] }

type TokenFormProps = {
  days: number
  /** Why the viewer cannot give this permission; null when they can. */
  refused: (permission: Permission) => string | null
  /** Whose apps these are: a choice among others' does not count any more. */
  appsOf: string
  /** Null: apps cannot be chosen here. */
  apps: readonly AppName[] | null | undefined
  children?: ReactNode
  create: (token: NewToken) => Promise<CreatedToken>
  onCreated: (token: CreatedToken) => void
  onClose: () => void
}

export function TokenForm({ days, refused, appsOf, apps, children, create, onCreated, onClose }: TokenFormProps) {
  const form = useForm<z.input<typeof Schema>, unknown, z.output<typeof Schema>>({
    resolver: zodResolver(Schema),
    defaultValues: { name: '', scopes: null, app_ids: null, ip_allow: '', expires_in_days: String(days) },
  })
  const { problem, fail, clear } = useProblem(form, ['name', 'scopes', 'app_ids', 'ip_allow', 'expires_in_days'])
  const making = useMutation({ mutationFn: create, onError: fail, onSuccess: onCreated })
  const { errors } = form.formState
  const { setValue } = form
  useEffect(() => setValue('app_ids', null), [appsOf, setValue])
  const addressError = errors.ip_allow === undefined ? undefined : (errors.ip_allow.message ?? 'Enter addresses or blocks like 203.0.113.0/24.')
  return (
    <form
      noValidate
      className="flex flex-col gap-5"
      onSubmit={form.handleSubmit((values) => {
        clear()
        making.mutate({ ...values, scopes: values.scopes ?? [], app_ids: apps === null ? [] : (values.app_ids ?? []) })
      })}>
      <Field label="Name" hint="What uses it, so that you know what to revoke." error={errors.name?.message} required>
        {(control) => <Input {...control} {...form.register('name')} autoComplete="off" autoFocus />}
      </Field>
      {children}
      <Controller
        control={form.control}
        name="scopes"
        render={({ field }) => <ScopePicker value={field.value} onChange={field.onChange} refused={refused} error={errors.scopes?.message} />}
      />
      {apps === null ? null : (
        <Controller
          control={form.control}
          name="app_ids"
          render={({ field }) => <AppPicker value={field.value} onChange={field.onChange} apps={apps} error={errors.app_ids?.message} />}
        />
      )}
      <Field label="Works for" error={errors.expires_in_days?.message} required>
        {(control) => <Select {...control} {...form.register('expires_in_days')} options={lifetimes} />}
      </Field>
      <Field label="Only from these addresses" hint="One per line, like 203.0.113.7 or 203.0.113.0/24." error={addressError}>
        {(control) => <Textarea {...control} {...form.register('ip_allow')} mono spellCheck={false} className="min-h-16" />}
      </Field>
      {problem === null ? null : <ErrorPanel problem={problem} />}
      <div className="flex flex-wrap justify-end gap-2">
        <Button onClick={onClose}>Cancel</Button>
        <Button type="submit" look="primary" busy={making.isPending}>
          Make token
        </Button>
      </div>
    </form>
  )
}

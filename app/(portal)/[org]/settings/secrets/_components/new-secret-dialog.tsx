'use client'
import { zodResolver } from '@hookform/resolvers/zod'
import { useMutation, useQuery } from '@tanstack/react-query'
import { Controller, useForm, type UseFormReturn } from 'react-hook-form'
import { z } from 'zod'
import { SecretName } from '../../../../../../server/contract/secret.ts'
import { can } from '../../../../../_lib/can.ts'
import { useOrg } from '../../../../../_lib/org-context.tsx'
import { useTRPC } from '../../../../../_lib/trpc.tsx'
import { useProblem } from '../../../../../_lib/use-problem.ts'
import { Button } from '../../../../../_ui/button.tsx'
import { Dialog } from '../../../../../_ui/dialog.tsx'
import { Field } from '../../../../../_ui/field.tsx'
import { Input, Select } from '../../../../../_ui/inputs.tsx'
import { ErrorPanel } from '../../../../../_ui/states.tsx'
import type { SecretApp } from './secret-dialogs.tsx'
import { dayRule, expiryOf, RedeployChoice, tomorrow, ValueField, valueRule } from './secret-fields.tsx'
import { useSaved } from './use-saved.ts'

const Schema = z.object({ name: SecretName, value: valueRule, app_id: z.string(), expires_at: dayRule, redeploy: z.boolean() })
type Values = z.infer<typeof Schema>

/** An app, or none for the organization itself. */
function ScopeField({ form }: { form: UseFormReturn<Values> }) {
  const { org } = useOrg()
  const apps = useQuery(useTRPC().apps.list.queryOptions({ organization_id: org.id, limit: 100 }))
  const own = (apps.data?.data ?? []).filter((app) => can(org, 'secrets:write', app.id)).map((app) => ({ value: app.id, label: `The app ${app.name}` }))
  return (
    <Field label="For" hint="An app refers to a secret of the organization in its settings." error={form.formState.errors.app_id?.message} required>
      {(control) => <Select {...control} {...form.register('app_id')} options={[{ value: '', label: 'Every app that refers to it' }, ...own]} />}
    </Field>
  )
}

export function NewSecretDialog({ app, onClose }: { app: SecretApp | null; onClose: () => void }) {
  const { org } = useOrg()
  const saved = useSaved(onClose)
  const form = useForm<Values>({ resolver: zodResolver(Schema), defaultValues: { name: '', value: '', app_id: app?.id ?? '', expires_at: '', redeploy: false } })
  const { problem, fail, clear } = useProblem(form, ['name', 'value', 'app_id', 'expires_at'])
  const create = useMutation(useTRPC().secrets.create.mutationOptions({ onError: fail, onSuccess: (secret) => saved(`${secret.name} saved`) }))
  const { errors } = form.formState
  const appId = form.watch('app_id')
  const submit = form.handleSubmit(({ app_id: chosen, expires_at: day, ...values }) => {
    clear()
    create.mutate({ organization_id: org.id, ...values, redeploy: values.redeploy && chosen !== '', expires_at: expiryOf(day), ...(chosen === '' ? {} : { app_id: chosen }) })
  })
  return (
    <Dialog open onOpenChange={onClose} title={app === null ? 'New secret' : `New secret of ${app.name}`}>
      <form noValidate className="flex flex-col gap-4" onSubmit={submit}>
        <Field label="Name" hint="The environment variable it becomes." error={errors.name?.message} required>
          {(control) => <Input {...control} {...form.register('name')} mono autoFocus placeholder="STRIPE_KEY" spellCheck={false} autoComplete="off" autoCapitalize="off" />}
        </Field>
        <ValueField error={errors.value?.message} control={() => form.register('value')} />
        {app === null ? <ScopeField form={form} /> : null}
        <Field label="Expires" hint="We remind you a week before. It goes on working." error={errors.expires_at?.message}>
          {(control) => <Input {...control} {...form.register('expires_at')} type="date" min={tomorrow()} className="w-44" />}
        </Field>
        {appId === '' ? null : (
          <Controller control={form.control} name="redeploy" render={({ field }) => <RedeployChoice users="unknown" checked={field.value} onChange={field.onChange} />} />
        )}
        {problem === null ? null : <ErrorPanel problem={problem} />}
        <div className="flex flex-wrap justify-end gap-2">
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" look="primary" busy={create.isPending}>
            Save secret
          </Button>
        </div>
      </form>
    </Dialog>
  )
}

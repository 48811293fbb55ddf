'use client'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Controller, useForm, type UseFormReturn } from 'react-hook-form'
import { toast } from 'sonner'
import { useOrg } from '../../../../_lib/org-context.tsx'
import { useTRPC } from '../../../../_lib/trpc.tsx'
import { intoForm, useMeanwhile } from '../../../../_lib/use-meanwhile.tsx'
import { useProblem } from '../../../../_lib/use-problem.ts'
import type { Domain } from '../../../../_lib/wire.ts'
import { Button } from '../../../../_ui/button.tsx'
import { Checkbox, RadioCards } from '../../../../_ui/choices.tsx'
import { Field } from '../../../../_ui/field.tsx'
import { Input, Select, Textarea } from '../../../../_ui/inputs.tsx'
import { Panel, Section } from '../../../../_ui/page.tsx'
import { ErrorPanel } from '../../../../_ui/states.tsx'
import { PathRows } from './path-rows.tsx'
import { changeOf, renamed, rulesOf, valuesOf, type RoutingValues } from './routing-values.ts'
import { useRefreshDomains } from './use-refresh-domains.ts'
import { useServedApps } from './use-served-apps.ts'

const LABELS = {
  app_id: 'App', mode: 'What visitors get', to: 'Redirect to', status: 'Redirect status', keep_path: 'Keep path', paths: 'Paths', response: 'Response headers', request: 'Request headers',
}
const MODES = [
  { value: 'serve', title: 'The app', detail: 'Requests go to the app, some paths to others if you like' },
  { value: 'redirect', title: 'A redirect', detail: 'Visitors are sent to another address' },
]
const STATUSES = [
  { value: '308', label: '308 permanent' }, { value: '307', label: '307 temporary' }, { value: '301', label: '301 permanent, POST may become GET' }, { value: '302', label: '302 temporary, POST may become GET' },
]

type FormProps = { form: UseFormReturn<RoutingValues>; disabled: boolean }

function RedirectFields({ form, disabled }: FormProps) {
  const { errors } = form.formState
  return (
    <>
      <Field label="To" error={errors.to?.message} required>
        {(control) => <Input {...control} {...form.register('to')} type="url" inputMode="url" mono placeholder="https://www.example.com" autoComplete="off" disabled={disabled} />}
      </Field>
      <Field label="Kind" error={errors.status?.message} required>
        {(control) => <Select {...control} {...form.register('status')} options={STATUSES} disabled={disabled} />}
      </Field>
      <Controller control={form.control} name="keep_path" render={({ field }) => (
        <Checkbox checked={field.value} onChange={field.onChange} disabled={disabled} label="Keep path and query" hint="/a?b=1 here becomes /a?b=1 there" />
      )} />
    </>
  )
}

function HeaderFields({ form, disabled }: FormProps) {
  const { errors } = form.formState
  const lines = (value: string) => rulesOf(value) !== null || 'Write each line as Name: value, or -Name to take a header away.'
  return (
    <>
      <Field label="Headers of answers" hint="One per line: Name: value sets it, -Name takes it away." error={errors.response?.message}>
        {(control) => <Textarea {...control} {...form.register('response', { validate: lines })} mono rows={3} spellCheck={false} disabled={disabled} placeholder={'Strict-Transport-Security: max-age=31536000\n-X-Powered-By'} />}
      </Field>
      <Field label="Headers of requests" hint="As the app will see them." error={errors.request?.message}>
        {(control) => <Textarea {...control} {...form.register('request', { validate: lines })} mono rows={2} spellCheck={false} disabled={disabled} />}
      </Field>
    </>
  )
}

export function RoutingForm({ domain, refused }: { domain: Domain; refused: string | null }) {
  const { org } = useOrg()
  const refresh = useRefreshDomains()
  const trpc = useTRPC()
  const client = useQueryClient()
  const apps = useServedApps()
  const form = useForm<RoutingValues>({ defaultValues: valuesOf(domain) })
  const { problem, fail, clear } = useProblem(form, ['app_id', 'to', 'status', 'paths', 'response', 'request'], renamed)
  const meanwhile = useMeanwhile<Domain, RoutingValues>(domain, {
    what: 'The domain', labels: LABELS, formOf: valuesOf, mine: form.getValues, take: intoForm(form),
    read: () => client.fetchQuery(trpc.domains.get.queryOptions({ organization_id: org.id, domain_id: domain.id })),
  })
  const update = useMutation(trpc.domains.update.mutationOptions({
    onError: (error) => void (meanwhile.caught(error) || fail(error)),
    onSuccess: () => {
      toast('Routing changed')
      refresh()
    },
  }))
  const disabled = refused !== null
  const mode = form.watch('mode')
  const options = apps.options.some(({ value }) => value === domain.app_id) ? apps.options : [{ value: domain.app_id, label: domain.app_name }, ...apps.options]
  return (
    <Section title="Routing" hint="Changes are live within a second.">
      <Panel>
        <form
          noValidate
          className="flex flex-col gap-5"
          onSubmit={form.handleSubmit((values) => {
            clear()
            update.mutate({ organization_id: org.id, domain_id: domain.id, if_match: meanwhile.ifMatch, ...changeOf(values) })
          })}>
          <Controller control={form.control} name="mode" render={({ field }) => (
            <RadioCards label="What visitors get" value={field.value} onChange={field.onChange} columns="sm:grid-cols-2"
              options={MODES.map((one) => (refused === null ? one : { ...one, disabled: refused }))} />
          )} />
          {mode === 'redirect' ? <RedirectFields form={form} disabled={disabled} /> : (
            <>
              <Field label="App" error={form.formState.errors.app_id?.message} required>
                {(control) => <Select {...control} {...form.register('app_id')} options={options} disabled={disabled} />}
              </Field>
              <PathRows form={form} apps={options} disabled={disabled} />
            </>
          )}
          <HeaderFields form={form} disabled={disabled} />
          {problem === null ? null : <ErrorPanel problem={problem} />}
          {meanwhile.panel}
          <div className="flex justify-end">
            <Button type="submit" look="primary" disabled={disabled || meanwhile.isStale} title={refused ?? undefined} busy={update.isPending}>Save routing</Button>
          </div>
        </form>
      </Panel>
    </Section>
  )
}

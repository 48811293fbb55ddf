'use client'
import { zodResolver } from '@hookform/resolvers/zod'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useForm } from 'react-hook-form'
import { toast } from 'sonner'
import { z } from 'zod'
import { SSO_ROLES } from '../../../../../../server/contract/sso.ts'
import { requiredText } from '../../../../../_lib/form-rules.ts'
import { useOrg } from '../../../../../_lib/org-context.tsx'
import { useTRPC } from '../../../../../_lib/trpc.tsx'
import { intoForm, useMeanwhile } from '../../../../../_lib/use-meanwhile.tsx'
import { useProblem } from '../../../../../_lib/use-problem.ts'
import type { SsoConnection } from '../../../../../_lib/wire.ts'
import { Button } from '../../../../../_ui/button.tsx'
import { CommandLine } from '../../../../../_ui/copy.tsx'
import { Field } from '../../../../../_ui/field.tsx'
import { Input, PasswordInput, Select } from '../../../../../_ui/inputs.tsx'
import { Panel } from '../../../../../_ui/page.tsx'
import { ErrorPanel } from '../../../../../_ui/states.tsx'

const roleWords: Record<(typeof SSO_ROLES)[number], string> = {
  admin: 'Admin: everything but deleting the organization',
  developer: 'Developer: apps, secrets and webhooks',
  viewer: 'Viewer: may look',
  billing: 'Billing: invoices and payments',
}
const Schema = z.object({
  issuer: requiredText('Enter the issuer, such as https://login.example.com.'),
  client_id: requiredText('Enter the client id.'),
  client_secret: z.string().max(1000),
  default_role: z.enum(SSO_ROLES),
})
type Values = z.infer<typeof Schema>
const NAMES = ['issuer', 'client_id', 'client_secret', 'default_role'] as const
const LABELS = { issuer: 'Issuer', client_id: 'Client id', client_secret: 'Client secret', default_role: 'Role' }
type State = { connection: SsoConnection | null; etag: string }
const formOf = ({ connection }: State): Values => ({
  issuer: connection?.issuer ?? '', client_id: connection?.client_id ?? '', client_secret: '', default_role: connection?.default_role ?? 'developer',
})
const show = (name: keyof Values, value: unknown): string => (name === 'client_secret' ? (value === '' ? 'stored' : 'as you typed it') : String(value))

type Props = { state: State; redirectUri: string; refusal: string | null }

export function ConnectionForm({ state, redirectUri, refusal }: Props) {
  const { connection } = state
  const { org } = useOrg()
  const trpc = useTRPC()
  const cache = useQueryClient()
  const form = useForm<Values>({
    resolver: zodResolver(Schema),
    disabled: refusal !== null,
    defaultValues: formOf(state),
  })
  const { problem, fail, clear } = useProblem(form, NAMES)
  const meanwhile = useMeanwhile<State, Values>(state, {
    what: 'The connection', labels: LABELS, formOf, show, mine: form.getValues, take: intoForm(form),
    read: () => cache.fetchQuery(trpc.sso.get.queryOptions({ organization_id: org.id })),
  })
  const save = useMutation(
    trpc.sso.save.mutationOptions({
      onSuccess: async (saved) => {
        toast.success('The connection is saved')
        const now = { connection: saved, etag: saved.etag }
        meanwhile.saved(now)
        form.reset(formOf(now))
        await cache.invalidateQueries({ queryKey: trpc.sso.get.queryKey() })
      },
      onError: (error) => void (meanwhile.caught(error) || fail(error)),
    }),
  )
  const { errors } = form.formState
  const submit = form.handleSubmit(({ client_secret: secret, ...values }) => {
    clear()
    save.mutate({ organization_id: org.id, if_match: meanwhile.ifMatch, ...values, ...(secret === '' ? {} : { client_secret: secret }) })
  })
  return (
    <Panel>
      <form noValidate className="flex flex-col gap-4" onSubmit={submit}>
        <div className="flex flex-col gap-1.5">
          <p className="text-13 font-strong">Redirect address</p>
          <CommandLine command={redirectUri} />
          <p className="text-12 text-muted">Register it at your provider, to the letter, for a web application with the authorization code flow.</p>
        </div>
        <Field label="Issuer" error={errors.issuer?.message} hint="The address under which /.well-known/openid-configuration is found." required>
          {(control) => <Input {...control} {...form.register('issuer')} type="url" placeholder="https://login.example.com" autoComplete="off" spellCheck={false} />}
        </Field>
        <Field label="Client id" error={errors.client_id?.message} required>
          {(control) => <Input {...control} {...form.register('client_id')} autoComplete="off" spellCheck={false} mono />}
        </Field>
        <Field
          label="Client secret"
          error={errors.client_secret?.message}
          hint={connection === null ? 'Stored encrypted and never shown again.' : 'Stored. Leave it empty to keep it.'}
          required={connection === null}>
          {(control) => <PasswordInput {...control} {...form.register('client_secret')} autoComplete="off" />}
        </Field>
        <Field label="Role of people who come in for the first time" error={errors.default_role?.message} required>
          {(control) => <Select {...control} {...form.register('default_role')} options={SSO_ROLES.map((role) => ({ value: role, label: roleWords[role] }))} />}
        </Field>
        {problem === null ? null : <ErrorPanel problem={problem} />}
        {meanwhile.panel}
        <Button type="submit" look={connection === null ? 'primary' : 'plain'} className="w-max" disabled={refusal !== null || meanwhile.isStale} busy={save.isPending}>
          {connection === null ? 'Connect the provider' : 'Save the connection'}
        </Button>
      </form>
    </Panel>
  )
}

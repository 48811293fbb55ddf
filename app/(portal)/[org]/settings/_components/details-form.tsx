'use client'
import { zodResolver } from '@hookform/resolvers/zod'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { useForm } from 'react-hook-form'
import { toast } from 'sonner'
import { z } from 'zod'
import { CreateOrganization } from '../../../../../server/contract/organization.ts'
import { refusedBecause } from '../../../../_lib/can.ts'
import { emailRule } from '../../../../_lib/form-rules.ts'
import { useOrg } from '../../../../_lib/org-context.tsx'
import { useTRPC } from '../../../../_lib/trpc.tsx'
import { useMeanwhile, intoForm } from '../../../../_lib/use-meanwhile.tsx'
import { useCountries } from '../../../../_lib/use-countries.ts'
import { useProblem } from '../../../../_lib/use-problem.ts'
import type { OrganizationDetail } from '../../../../_lib/wire.ts'
import { Button } from '../../../../_ui/button.tsx'
import { Code } from '../../../../_ui/copy.tsx'
import { Field } from '../../../../_ui/field.tsx'
import { Input, Select, Textarea } from '../../../../_ui/inputs.tsx'
import { KeyValue, Panel } from '../../../../_ui/page.tsx'
import { ErrorPanel } from '../../../../_ui/states.tsx'

const Schema = z.object({
  name: CreateOrganization.shape.name,
  billing_email: emailRule,
  billing_address: CreateOrganization.shape.billing_address.unwrap(),
  timezone: z.string(),
  country: z.string(),
})
type Values = z.infer<typeof Schema>
const LABELS = { name: 'Name', billing_email: 'Invoices go to', billing_address: 'Billing address', timezone: 'Time zone', country: 'Country' }
const names = ['name', 'billing_email', 'billing_address', 'timezone', 'country'] as const

const formOf = (organization: Values): Values => Object.fromEntries(names.map((name) => [name, organization[name]])) as Values

const zones = (present: string): Array<{ value: string; label: string }> =>
  [...new Set([present, 'UTC', ...Intl.supportedValuesOf('timeZone')])].map((value) => ({ value, label: value.replaceAll('_', ' ') }))

export function DetailsForm({ organization }: { organization: OrganizationDetail }) {
  const { org } = useOrg()
  const trpc = useTRPC()
  const client = useQueryClient()
  const router = useRouter()
  const countries = useCountries()
  const form = useForm<Values>({
    resolver: zodResolver(Schema),
    defaultValues: formOf(organization),
  })
  const { problem, fail, clear } = useProblem(form, names)
  const meanwhile = useMeanwhile<OrganizationDetail, Values>(organization, {
    what: 'The organization', labels: LABELS, formOf, mine: form.getValues, take: intoForm(form),
    read: () => client.fetchQuery(trpc.orgs.get.queryOptions({ organization_id: org.id })),
  })
  // What the person began to edit; the page around it keeps refreshing.
  const before = meanwhile.base ?? organization
  const update = useMutation(
    trpc.orgs.update.mutationOptions({
      onError: (error) => void (meanwhile.caught(error) || fail(error)),
      onSuccess: (saved) => {
        toast('Saved')
        meanwhile.saved(saved)
        form.reset(formOf(saved))
        void client.invalidateQueries({ queryKey: trpc.orgs.pathKey() })
        router.refresh()
      },
    }),
  )
  const refused = refusedBecause(org, 'org:write')
  const { errors, isDirty } = form.formState
  const closed = { disabled: refused !== null }
  return (
    <Panel className="flex flex-col gap-5">
      <KeyValue
        items={[
          [
            'Id',
            <Code key="id" copy>
              {before.id}
            </Code>,
          ],
          ['Address in the console', <code key="slug">/{before.slug}</code>],
          ['Currency', before.currency],
        ]}
      />
      <form
        noValidate
        className="flex flex-col gap-4 border-t border-line pt-5"
        onSubmit={form.handleSubmit((values) => {
          clear()
          const changes = Object.fromEntries(names.filter((name) => values[name] !== before[name]).map((name) => [name, values[name]]))
          update.mutate({ organization_id: org.id, if_match: meanwhile.ifMatch, ...changes })
        })}>
        {refused === null ? null : <p className="text-13 text-muted">{refused}</p>}
        <Field label="Name" error={errors.name?.message} required>
          {(control) => <Input {...control} {...form.register('name')} {...closed} autoComplete="organization" />}
        </Field>
        <Field label="Invoices go to" error={errors.billing_email?.message} required>
          {(control) => <Input {...control} {...form.register('billing_email')} {...closed} type="email" />}
        </Field>
        <Field label="Billing address" hint="Printed on invoices from now on." error={errors.billing_address?.message}>
          {(control) => <Textarea {...control} {...form.register('billing_address')} {...closed} />}
        </Field>
        <div className="grid gap-4 sm:grid-cols-2">
          <Field label="Time zone of billing" hint="Stays once the first month was closed." error={errors.timezone?.message} required>
            {(control) => <Select {...control} {...form.register('timezone')} {...closed} options={zones(before.timezone)} />}
          </Field>
          <Field label="Country" hint="Decides the tax on your invoices." error={errors.country?.message} required>
            {(control) => <Select {...control} {...form.register('country')} {...closed} options={countries} />}
          </Field>
        </div>
        {problem === null ? null : <ErrorPanel problem={problem} />}
        {meanwhile.panel}
        <div>
          <Button type="submit" look="primary" busy={update.isPending} disabled={refused !== null || !isDirty || meanwhile.isStale} title={refused ?? (isDirty ? undefined : 'Nothing is changed yet.')}>
            Save changes
          </Button>
        </div>
      </form>
    </Panel>
  )
}

'use client'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Controller, useForm } from 'react-hook-form'
import { toast } from 'sonner'
import { useOrg } from '../../../../../_lib/org-context.tsx'
import { useTRPC } from '../../../../../_lib/trpc.tsx'
import { intoForm, useMeanwhile } from '../../../../../_lib/use-meanwhile.tsx'
import { useProblem } from '../../../../../_lib/use-problem.ts'
import type { AppNetwork } from '../../../../../_lib/wire.ts'
import { Button } from '../../../../../_ui/button.tsx'
import { RadioCards } from '../../../../../_ui/choices.tsx'
import { Field } from '../../../../../_ui/field.tsx'
import { Input } from '../../../../../_ui/inputs.tsx'
import { Panel, Section } from '../../../../../_ui/page.tsx'
import { ErrorPanel } from '../../../../../_ui/states.tsx'
import { EgressRows } from './egress-rows.tsx'
import { changeOf, valuesOf, type EgressValues } from './egress-values.ts'

const LABELS = { egress: 'May go', rules: 'Rules', bandwidth: 'Speed' }
const MODES = [
  { value: 'open', title: 'Everywhere', detail: 'To any public address' },
  { value: 'restricted', title: 'Only where rules say', detail: 'Everything else is refused at once, names that no rule holds included' },
]

export function EgressForm({ network, refused }: { network: AppNetwork; refused: string | null }) {
  const { org } = useOrg()
  const trpc = useTRPC()
  const client = useQueryClient()
  const form = useForm<EgressValues>({ defaultValues: valuesOf(network) })
  const { problem, fail, clear } = useProblem(form, ['egress', 'rules', 'bandwidth'], (path) => path.replace('bandwidth_mbit', 'bandwidth'))
  const meanwhile = useMeanwhile<AppNetwork, EgressValues>(network, {
    what: 'The network', labels: LABELS, formOf: valuesOf, mine: form.getValues, take: intoForm(form),
    read: () => client.fetchQuery(trpc.networks.ofApp.queryOptions({ organization_id: org.id, app_id: network.app_id })),
  })
  const save = useMutation(trpc.networks.setOfApp.mutationOptions({
    onError: (error) => void (meanwhile.caught(error) || fail(error)),
    onSuccess: (saved) => {
      toast('In force within a second')
      meanwhile.saved(saved)
      form.reset(valuesOf(saved))
      void client.invalidateQueries({ queryKey: trpc.networks.pathKey() })
    },
  }))
  const disabled = refused !== null
  const allowed = network.allowed_bandwidth_mbit.toLocaleString('en')
  return (
    <Section title="Outside" hint="Changes are in force without a restart. Connections that the rules no longer allow end.">
      <Panel>
        <form noValidate className="flex flex-col gap-5" onSubmit={form.handleSubmit((values) => {
          clear()
          save.mutate({ organization_id: org.id, app_id: network.app_id, if_match: meanwhile.ifMatch, ...changeOf(values) })
        })}>
          <Controller control={form.control} name="egress" render={({ field }) => (
            <RadioCards label="Where the app may go" value={field.value} onChange={field.onChange} columns="sm:grid-cols-2"
              options={MODES.map((one) => (refused === null ? one : { ...one, disabled: refused }))} />
          )} />
          {form.watch('egress') === 'open' ? null : <EgressRows form={form} disabled={disabled} />}
          <Field label="Speed" hint={`Mbit/s of each instance in each direction. Empty is what the plan allows, ${allowed}.`} error={form.formState.errors.bandwidth?.message}>
            {(control) => <Input {...control} {...form.register('bandwidth', { validate: (text) => /^\d{0,6}$/.test(text.trim()) || 'Use whole Mbit/s.' })} inputMode="numeric" autoComplete="off" className="max-w-40" placeholder={allowed} disabled={disabled} />}
          </Field>
          {problem === null ? null : <ErrorPanel problem={problem} />}
          {meanwhile.panel}
          <div className="flex justify-end">
            <Button type="submit" look="primary" disabled={disabled || meanwhile.isStale} title={refused ?? undefined} busy={save.isPending}>Save network</Button>
          </div>
        </form>
      </Panel>
    </Section>
  )
}

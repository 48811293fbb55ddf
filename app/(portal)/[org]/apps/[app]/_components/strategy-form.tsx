'use client'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Controller, useForm, type UseFormReturn } from 'react-hook-form'
import { toast } from 'sonner'
import { useTRPC } from '../../../../../_lib/trpc.tsx'
import { intoForm, useMeanwhile } from '../../../../../_lib/use-meanwhile.tsx'
import { useProblem } from '../../../../../_lib/use-problem.ts'
import type { AppDetail } from '../../../../../_lib/wire.ts'
import { Button } from '../../../../../_ui/button.tsx'
import { RadioCards } from '../../../../../_ui/choices.tsx'
import { Field } from '../../../../../_ui/field.tsx'
import { Input } from '../../../../../_ui/inputs.tsx'
import { Panel, Section } from '../../../../../_ui/page.tsx'
import { ErrorPanel } from '../../../../../_ui/states.tsx'
import { fieldOf, isAmount, isDecimal, isMinutes, isNumber, isShares, STRATEGY_CARDS, strategyInput, strategyValues, type StrategyValues } from './strategy-values.ts'

type Tagged = AppDetail & { etag: string }
const tagged = (app: AppDetail): Tagged => ({ ...app, etag: String(app.version) })
const LABELS: Record<keyof StrategyValues, string> = {
  type: 'Strategy', max_surge: 'Beyond the wanted number', max_unavailable: 'Missing meanwhile', min_healthy_seconds: 'Healthy before requests',
  deadline_minutes: 'Deadline', rollback_window_minutes: 'Kept to go back',
  canary_steps: 'Shares of requests', canary_step_seconds: 'Each step lasts', canary_min_requests: 'Requests per step', canary_max_error_rate: 'More errors than before',
  canary_max_latency_ratio: 'Slower than before',
}
const ALL = Object.keys(LABELS)

type NumberFieldProps = {
  form: UseFormReturn<StrategyValues>
  name: keyof StrategyValues
  hint: string
  unit?: string
  check: (text: string) => true | string
  disabled: boolean
}

function NumberField({ form, name, hint, unit, check, disabled }: NumberFieldProps) {
  return (
    <Field label={LABELS[name]} hint={hint} error={form.formState.errors[name]?.message} required={name !== 'deadline_minutes'}>
      {(control) => (
        <div className="max-w-40">
          <Input {...control} {...form.register(name, { validate: check })} after={unit} autoComplete="off" disabled={disabled} />
        </div>
      )}
    </Field>
  )
}

function Numbers({ form, disabled }: { form: UseFormReturn<StrategyValues>; disabled: boolean }) {
  const type = form.watch('type')
  const shared = { form, disabled }
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      {type === 'rolling' ? (
        <>
          <NumberField {...shared} name="max_surge" hint="Instances, or a share like 25%." check={isAmount} />
          <NumberField {...shared} name="max_unavailable" hint="Instances, or a share. 0 keeps all serving." check={isAmount} />
        </>
      ) : null}
      {type === 'canary' ? (
        <>
          <NumberField {...shared} name="canary_steps" unit="%" hint="One after the other, in steps of 5. All requests follow the last." check={isShares} />
          <NumberField {...shared} name="canary_step_seconds" unit="s" hint="At least, and up to three times as long while too few requests come." check={isNumber} />
          <NumberField {...shared} name="canary_min_requests" hint="The new release must have answered so many to be judged." check={isNumber} />
          <NumberField {...shared} name="canary_max_error_rate" unit="%" hint="Points of 5xx beyond the old release's. More ends the canary." check={isDecimal} />
          <NumberField {...shared} name="canary_max_latency_ratio" unit="times" hint="Time within which 95 % are answered. Longer ends the canary." check={isDecimal} />
        </>
      ) : null}
      {type === 'blue_green' ? <NumberField {...shared} name="rollback_window_minutes" unit="min" hint="The old instances run on that long, and are paid for." check={isNumber} /> : null}
      <NumberField {...shared} name="min_healthy_seconds" unit="s" hint="Without a break, before an instance gets requests." check={isNumber} />
      <NumberField {...shared} name="deadline_minutes" unit="min" hint="What is not live by then failed. Empty: 10 minutes, half a minute for each instance, and the steps of a canary." check={isMinutes} />
    </div>
  )
}

/** Saving changes nothing that runs: the next deployment goes by it. */
export function StrategyForm({ app, refused }: { app: AppDetail; refused: string | null }) {
  const trpc = useTRPC()
  const client = useQueryClient()
  const form = useForm<StrategyValues>({ defaultValues: strategyValues(app.strategy) })
  const { problem, fail, clear } = useProblem(form, ALL, fieldOf)
  const meanwhile = useMeanwhile<Tagged, StrategyValues>(tagged(app), {
    what: 'The app', labels: LABELS, formOf: (one) => strategyValues(one.strategy), mine: form.getValues, take: intoForm(form),
    read: async () => tagged(await client.fetchQuery(trpc.apps.get.queryOptions({ organization_id: app.organization_id, app_id: app.id }))),
  })
  const save = useMutation(trpc.apps.update.mutationOptions({
    onError: (error) => void (meanwhile.caught(error) || fail(error)),
    onSuccess: async (saved) => {
      toast('The next deployment goes by it')
      meanwhile.saved({ ...app, ...saved, etag: String(saved.version) })
      form.reset(strategyValues(saved.strategy))
      await client.invalidateQueries({ queryKey: trpc.apps.pathKey() })
    },
  }))
  return (
    <Section title="How a release takes over" hint="What fails or is cancelled brings what served before back to its full number.">
      <Panel>
        <form noValidate className="flex flex-col gap-5" onSubmit={form.handleSubmit((values) => {
          clear()
          save.mutate({ organization_id: app.organization_id, app_id: app.id, if_match: meanwhile.ifMatch, strategy: strategyInput(values) })
        })}>
          <Controller control={form.control} name="type" render={({ field, fieldState }) => (
            <div>
              <RadioCards label="Strategy" value={field.value} onChange={field.onChange} columns="sm:grid-cols-2"
                options={STRATEGY_CARDS.map((card) => (refused === null ? card : { ...card, disabled: refused }))} />
              {fieldState.error === undefined ? null : <p role="alert" className="mt-1.5 text-13 text-bad">{fieldState.error.message}</p>}
            </div>
          )} />
          <Numbers form={form} disabled={refused !== null} />
          {problem === null ? null : <ErrorPanel problem={problem} />}
          {meanwhile.panel}
          <div className="flex justify-end">
            <Button type="submit" look="primary" disabled={refused !== null || meanwhile.isStale || !form.formState.isDirty} title={refused ?? undefined} busy={save.isPending}>Save strategy</Button>
          </div>
        </form>
      </Panel>
    </Section>
  )
}

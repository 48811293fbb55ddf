'use client'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { useForm, type UseFormReturn } from 'react-hook-form'
import { toast } from 'sonner'
import { useOrg } from '../../../../../_lib/org-context.tsx'
import { useTRPC } from '../../../../../_lib/trpc.tsx'
import { intoForm, useMeanwhile } from '../../../../../_lib/use-meanwhile.tsx'
import { useProblem } from '../../../../../_lib/use-problem.ts'
import type { Autoscaling } from '../../../../../_lib/wire.ts'
import { Button } from '../../../../../_ui/button.tsx'
import { Field, Fieldset } from '../../../../../_ui/field.tsx'
import { Input } from '../../../../../_ui/inputs.tsx'
import { Panel, Section } from '../../../../../_ui/page.tsx'
import { ErrorPanel } from '../../../../../_ui/states.tsx'
import {
  isCount, isPercent, isRate, isSeconds, isTolerance, SCALING_LABELS, scalingField, scalingInput, scalingValues, sensiblePolicy, type ScalingValues,
} from './scaling-values.ts'
import { ScheduleRows } from './schedule-rows.tsx'

type Name = Exclude<keyof ScalingValues, 'schedule'>
type NumberProps = {
  form: UseFormReturn<ScalingValues>
  name: Name
  unit?: string
  hint?: string
  check: (typed: string) => true | string
  optional?: boolean
  disabled: boolean
}

function NumberField({ form, name, unit, hint, check, optional = false, disabled }: NumberProps) {
  return (
    <Field label={SCALING_LABELS[name]} hint={hint} error={form.formState.errors[name]?.message} required={!optional}>
      {(control) => <Input {...control} {...form.register(name, { validate: check })} after={unit} inputMode="decimal" autoComplete="off" disabled={disabled} />}
    </Field>
  )
}

const Row = ({ children }: { children: ReactNode }) => <div className="grid gap-4 sm:grid-cols-3">{children}</div>

function Advanced({ form, disabled }: { form: UseFormReturn<ScalingValues>; disabled: boolean }) {
  const shared = { form, disabled }
  const faulty = (['tolerance', 'up_after', 'down_after', 'stabilization', 'step_up', 'step_down'] as const).some((name) => form.formState.errors[name])
  return (
    <details {...(faulty ? { open: true } : {})}>
      <summary className="w-max py-1 text-13 font-strong">Advanced</summary>
      <div className="mt-3 flex flex-col gap-4">
        <Row>
          <NumberField {...shared} name="up_after" unit="s" hint="Before it adds more." check={isSeconds} />
          <NumberField {...shared} name="down_after" unit="s" hint="After any change, before it takes some away." check={isSeconds} />
          <NumberField {...shared} name="stabilization" unit="s" hint="It keeps what was needed at any time since then." check={isSeconds} />
        </Row>
        <Row>
          <NumberField {...shared} name="step_up" unit="instances" check={isCount} />
          <NumberField {...shared} name="step_down" unit="instances" check={isCount} />
          <NumberField {...shared} name="tolerance" unit="%" hint="So far from its target a metric changes nothing." check={isTolerance} />
        </Row>
      </div>
    </details>
  )
}

function Fields({ form, zone, disabled }: { form: UseFormReturn<ScalingValues>; zone: string; disabled: boolean }) {
  const shared = { form, disabled }
  return (
    <>
      <Row>
        <NumberField {...shared} name="min" unit="instances" check={isCount} />
        <NumberField {...shared} name="max" unit="instances" hint="What runs is billed by the second." check={isCount} />
      </Row>
      <Fieldset legend="What each instance should have to do" hint="An instance is added above these, and one taken away when fewer would do. Of several the one that asks for most decides.">
        <Row>
          <NumberField {...shared} name="cpu" unit="%" hint="Of the processors it has." check={isPercent} optional />
          <NumberField {...shared} name="memory" unit="%" hint="Of the memory it has." check={isPercent} optional />
          <NumberField {...shared} name="requests" unit="per second" hint="At its public address." check={isRate} optional />
        </Row>
      </Fieldset>
      <ScheduleRows form={form} zone={zone} disabled={disabled} />
      <Advanced form={form} disabled={disabled} />
    </>
  )
}

/** Also turns it on, with what is sensible filled in. */
export function ScalingForm({ scaling, refused, onCancel }: { scaling: Autoscaling; refused: string | null; onCancel?: () => void }) {
  const { org } = useOrg()
  const trpc = useTRPC()
  const client = useQueryClient()
  const valuesOf = (one: Autoscaling): ScalingValues => scalingValues(one.policy ?? sensiblePolicy(scaling.replicas))
  const form = useForm<ScalingValues>({ defaultValues: valuesOf(scaling) })
  const { problem, fail, clear } = useProblem(form, Object.keys(SCALING_LABELS), scalingField)
  const meanwhile = useMeanwhile<Autoscaling, ScalingValues>(scaling, {
    what: 'Autoscaling', labels: SCALING_LABELS, formOf: valuesOf, mine: form.getValues, take: intoForm(form),
    read: () => client.fetchQuery(trpc.autoscaling.get.queryOptions({ organization_id: org.id, app_id: scaling.app_id })),
  })
  const save = useMutation(trpc.autoscaling.set.mutationOptions({
    onError: (error) => void (meanwhile.caught(error) || fail(error)),
    onSuccess: (saved) => {
      toast(scaling.enabled ? 'In force with the next look' : 'The number follows the load')
      meanwhile.saved(saved)
      form.reset(valuesOf(saved))
      client.setQueryData(trpc.autoscaling.get.queryKey({ organization_id: org.id, app_id: scaling.app_id }), saved)
      void client.invalidateQueries({ queryKey: trpc.autoscaling.pathKey() })
      void client.invalidateQueries({ queryKey: trpc.apps.pathKey() })
    },
  }))
  const disabled = refused !== null
  return (
    <Section title={scaling.enabled ? 'Policy' : 'Follow the load'} hint="Looked at every 15 seconds. Nothing is taken away without figures, or while a deployment runs.">
      <Panel>
        <form noValidate className="flex flex-col gap-6" onSubmit={form.handleSubmit((values) => {
          clear()
          save.mutate({ organization_id: org.id, app_id: scaling.app_id, if_match: meanwhile.ifMatch, ...scalingInput(values) })
        })}>
          <Fields form={form} zone={scaling.time_zone} disabled={disabled} />
          {problem === null ? null : <ErrorPanel problem={problem} />}
          {meanwhile.panel}
          <div className="flex justify-end gap-2">
            {onCancel === undefined ? null : <Button onClick={onCancel}>Cancel</Button>}
            <Button type="submit" look="primary" disabled={disabled || meanwhile.isStale || (scaling.enabled && !form.formState.isDirty)} title={refused ?? undefined} busy={save.isPending}>
              {scaling.enabled ? 'Save policy' : 'Turn on autoscaling'}
            </Button>
          </div>
        </form>
      </Panel>
    </Section>
  )
}

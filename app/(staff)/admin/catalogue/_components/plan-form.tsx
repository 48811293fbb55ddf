'use client'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { toast } from 'sonner'
import { toProblem } from '../../../../_lib/problem.ts'
import { useTRPC } from '../../../../_lib/trpc.tsx'
import { useMeanwhile } from '../../../../_lib/use-meanwhile.tsx'
import type { CataloguePlan } from '../../../../_lib/wire.ts'
import { Button } from '../../../../_ui/button.tsx'
import { Checkbox } from '../../../../_ui/choices.tsx'
import { Field } from '../../../../_ui/field.tsx'
import { Input } from '../../../../_ui/inputs.tsx'
import { Panel } from '../../../../_ui/page.tsx'
import { ErrorPanel } from '../../../../_ui/states.tsx'
import { faultsOf } from './faults.ts'
import { LogDaysField } from './log-days-field.tsx'

type Values = { name: string; description: string; isPublic: boolean; logDays: string }
const formOf = (plan: CataloguePlan): Values =>
  ({ name: plan.name, description: plan.description, isPublic: plan.public, logDays: String(plan.log_retention_days) })

export function PlanForm({ plan }: { plan: CataloguePlan }) {
  const trpc = useTRPC()
  const client = useQueryClient()
  const [values, setValues] = useState(formOf(plan))
  const meanwhile = useMeanwhile<CataloguePlan, Values>(plan, {
    what: 'The plan', labels: { name: 'Name', description: 'Description', isPublic: 'Customers may choose it', logDays: 'Days log lines are kept' }, formOf, mine: () => values, take: setValues,
    show: (_, value) => (typeof value === 'boolean' ? (value ? 'yes' : 'no') : String(value)),
    read: () => client.fetchQuery({ ...trpc.catalogue.plan.queryOptions({ plan_id: plan.id }), staleTime: 0 }),
  })
  const save = useMutation(
    trpc.catalogue.updatePlan.mutationOptions({
      onError: meanwhile.caught,
      onSuccess: () => {
        toast('Plan saved')
        void client.invalidateQueries({ queryKey: trpc.catalogue.pathKey() })
      },
    }),
  )
  const faults = faultsOf(save.error)
  const changed = JSON.stringify(values) !== JSON.stringify(formOf(plan))
  return (
    <Panel>
      <form
        noValidate
        className="grid gap-4 sm:grid-cols-2"
        onSubmit={(event) => {
          event.preventDefault()
          const { isPublic, logDays, ...input } = values
          save.mutate({ plan_id: plan.id, if_match: meanwhile.ifMatch, ...input, public: isPublic, log_retention_days: Number(logDays) })
        }}>
        <Field label="Name" required error={faults.get('name')}>
          {(control) => <Input {...control} autoComplete="off" value={values.name} onChange={(event) => setValues({ ...values, name: event.target.value })} />}
        </Field>
        <Field label="Description" error={faults.get('description')}>
          {(control) => <Input {...control} autoComplete="off" value={values.description} onChange={(event) => setValues({ ...values, description: event.target.value })} />}
        </Field>
        <LogDaysField value={values.logDays} fault={faults.get('log_retention_days')} onChange={(logDays) => setValues({ ...values, logDays })} />
        <Checkbox checked={values.isPublic} label="Customers may choose it themselves" onChange={(isPublic) => setValues({ ...values, isPublic })} />
        <div className="flex flex-col gap-4 sm:col-span-2">
          {save.error === null || meanwhile.panel !== null || faults.size > 0 ? null : <ErrorPanel problem={toProblem(save.error)} />}
          {meanwhile.panel}
          <Button type="submit" className="w-max" disabled={!changed || meanwhile.isStale} busy={save.isPending}>
            Save
          </Button>
        </div>
      </form>
    </Panel>
  )
}

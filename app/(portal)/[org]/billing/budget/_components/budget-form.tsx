'use client'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { toast } from 'sonner'
import { refusedBecause } from '../../../../../_lib/can.ts'
import { decimalAmount, plural } from '../../../../../_lib/format.ts'
import { useOrg } from '../../../../../_lib/org-context.tsx'
import { toProblem } from '../../../../../_lib/problem.ts'
import { useTRPC } from '../../../../../_lib/trpc.tsx'
import { useMeanwhile } from '../../../../../_lib/use-meanwhile.tsx'
import type { Budget } from '../../../../../_lib/wire.ts'
import { Button } from '../../../../../_ui/button.tsx'
import { Checkbox } from '../../../../../_ui/choices.tsx'
import { ConfirmDialog } from '../../../../../_ui/dialog.tsx'
import { Field } from '../../../../../_ui/field.tsx'
import { Input } from '../../../../../_ui/inputs.tsx'
import { ErrorPanel } from '../../../../../_ui/states.tsx'

interface Form { amount: string; hard_cap: boolean; stop_apps: boolean }
const formOf = (budget: Budget): Form => ({ amount: budget.amount === null ? '' : decimalAmount(budget.amount), hard_cap: budget.hard_cap, stop_apps: budget.stop_apps })
const labels = { amount: 'Budget', hard_cap: 'Hard cap', stop_apps: 'Stop running apps' }

function RemoveButton({ budget, disabled }: { budget: Budget; disabled: boolean }) {
  const { org } = useOrg()
  const trpc = useTRPC()
  const client = useQueryClient()
  const [asking, setAsking] = useState(false)
  const remove = useMutation(
    trpc.dunning.removeBudget.mutationOptions({
      onSuccess: ({ started_apps: started }) => {
        toast(started === 0 ? 'The budget is removed' : `The budget is removed; ${plural(started, 'app')} starting`)
        setAsking(false)
        void client.invalidateQueries({ queryKey: trpc.dunning.budget.pathKey() })
      },
    }),
  )
  return (
    <>
      <Button look="quiet" disabled={disabled} onClick={() => setAsking(true)}>Remove the budget</Button>
      <ConfirmDialog open={asking} onOpenChange={setAsking} title="Remove the budget" action="Remove the budget" danger busy={remove.isPending} onConfirm={() => remove.mutate({ organization_id: org.id })}>
        <p>Nobody is alerted any more and nothing is capped.{budget.stopped_apps > 0 ? ` ${plural(budget.stopped_apps, 'app')} it had stopped start again.` : ''}</p>
        {remove.error === null ? null : <ErrorPanel problem={toProblem(remove.error)} />}
      </ConfirmDialog>
    </>
  )
}

export function BudgetForm({ budget }: { budget: Budget }) {
  const { org } = useOrg()
  const trpc = useTRPC()
  const client = useQueryClient()
  const [form, setForm] = useState(formOf(budget))
  const refused = refusedBecause(org, 'billing:write')
  const meanwhile = useMeanwhile<Budget, Form>(budget, {
    what: 'The budget', labels, formOf, mine: () => form, take: setForm, show: (name, value) => (name === 'amount' ? String(value) : value === true ? 'on' : 'off'),
    read: () => client.fetchQuery(trpc.dunning.budget.queryOptions({ organization_id: org.id })),
  })
  const save = useMutation(
    trpc.dunning.setBudget.mutationOptions({
      onError: meanwhile.caught,
      onSuccess: (data) => {
        toast('The budget is saved')
        client.setQueryData(trpc.dunning.budget.queryKey({ organization_id: org.id }), data)
      },
    }),
  )
  const problem = save.error === null || meanwhile.panel !== null ? null : toProblem(save.error)
  const fault = problem?.fields.find((one) => one.path === 'amount')?.message
  return (
    <form
      noValidate className="flex max-w-160 flex-col gap-5"
      onSubmit={(event) => {
        event.preventDefault()
        save.mutate({ organization_id: org.id, if_match: meanwhile.ifMatch, ...form, amount: form.amount.trim(), stop_apps: form.hard_cap && form.stop_apps })
      }}>
      <Field label="Budget of a billing period" hint="Before discounts and tax. Alerts leave at 50, 75 and 100 %, each once a period." error={fault} required>
        {(control) => <Input {...control} inputMode="decimal" autoComplete="off" placeholder="100" before={org.currency} disabled={refused !== null} value={form.amount} onChange={(event) => setForm({ ...form, amount: event.target.value })} />}
      </Field>
      <Checkbox
        checked={form.hard_cap} disabled={refused !== null} onChange={(on) => setForm({ ...form, hard_cap: on })} label="Hard cap"
        hint="New apps, starts, larger sizes and installs are refused once what they make run would not fit for another hour." />
      <Checkbox
        checked={form.hard_cap && form.stop_apps} disabled={refused !== null || !form.hard_cap} onChange={(on) => setForm({ ...form, stop_apps: on })} label="Also stop what runs"
        hint="Within a minute of reaching the budget. Apps start again with the next period or a higher budget." />
      {problem === null || fault !== undefined ? null : <ErrorPanel problem={problem} />}
      {meanwhile.panel}
      <div className="flex flex-wrap gap-2">
        <Button type="submit" look="primary" busy={save.isPending} disabled={refused !== null || meanwhile.isStale || form.amount.trim() === ''} title={refused ?? undefined}>
          {budget.amount === null ? 'Set the budget' : 'Save the budget'}
        </Button>
        {budget.amount === null ? null : <RemoveButton budget={budget} disabled={refused !== null} />}
      </div>
    </form>
  )
}

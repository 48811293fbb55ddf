'use client'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { toast } from 'sonner'
import type { DunningPolicy } from '../../../../../server/contract/dunning.ts'
import { toProblem } from '../../../../_lib/problem.ts'
import { useTRPC } from '../../../../_lib/trpc.tsx'
import { useMeanwhile } from '../../../../_lib/use-meanwhile.tsx'
import { Button } from '../../../../_ui/button.tsx'
import { Field } from '../../../../_ui/field.tsx'
import { Input } from '../../../../_ui/inputs.tsx'
import { ErrorPanel } from '../../../../_ui/states.tsx'
import { daysIn, dayText } from './day-list.ts'
import { PolicyTimeline } from './policy-timeline.tsx'

const labels = {
  reminder_days: 'Reminders', retry_days: 'Tries of a stored card', grace_days: 'Grace', retention_days: 'Data is kept', last_notice_days: 'Last notice', hour: 'Hour of the day',
}
type Name = keyof typeof labels
type Form = Record<Name, string>
const NAMES = Object.keys(labels) as Name[]

const formOf = (policy: DunningPolicy): Form => ({
  reminder_days: dayText(policy.reminder_days), retry_days: dayText(policy.retry_days), grace_days: String(policy.grace_days),
  retention_days: String(policy.retention_days), last_notice_days: String(policy.last_notice_days), hour: String(policy.hour),
})

const hints: Readonly<Partial<Record<Name, string>>> = {
  reminder_days: 'Days from the due date, with commas between; negative before it.',
  retry_days: 'Days past due. Lost and expired cards are not tried again; where money was missing, the days are doubled.',
  grace_days: 'Days past due until apps stop.', retention_days: 'Days of suspension until apps and secrets are deleted.',
  last_notice_days: 'Days before the deletion.', hour: 'On the customer\'s clock.',
}
const units: Readonly<Partial<Record<Name, string>>> = { grace_days: 'days', retention_days: 'days', last_notice_days: 'days', hour: 'o\'clock' }
const isList = (name: Name): boolean => name === 'reminder_days' || name === 'retry_days'
const unreadable = (form: Form, name: Name): string | undefined => {
  if (isList(name)) return daysIn(form[name]) === null ? 'Write whole days, with commas between.' : undefined
  return /^\d{1,3}$/.test(form[name].trim()) ? undefined : 'Use a whole number.'
}

const rulesOf = (form: Form): Omit<DunningPolicy, 'brand_id' | 'etag'> => ({
  reminder_days: daysIn(form.reminder_days) ?? [], retry_days: daysIn(form.retry_days) ?? [], grace_days: Number(form.grace_days),
  retention_days: Number(form.retention_days), last_notice_days: Number(form.last_notice_days), hour: Number(form.hour),
})

export function PolicyForm({ policy }: { policy: DunningPolicy }) {
  const trpc = useTRPC()
  const client = useQueryClient()
  const [form, setForm] = useState(formOf(policy))
  const meanwhile = useMeanwhile<DunningPolicy, Form>(policy, {
    what: 'The policy', labels, formOf, mine: () => form, take: setForm, read: () => client.fetchQuery(trpc.dunning.policy.queryOptions({ brand_id: policy.brand_id })),
  })
  const save = useMutation(
    trpc.dunning.setPolicy.mutationOptions({
      onError: meanwhile.caught,
      onSuccess: (data) => {
        toast('The policy is saved')
        client.setQueryData(trpc.dunning.policy.queryKey({ brand_id: policy.brand_id }), data)
      },
    }),
  )
  const problem = save.error === null || meanwhile.panel !== null ? null : toProblem(save.error)
  const faultOf = (name: Name) => unreadable(form, name) ?? problem?.fields.find((one) => one.path === name || one.path.startsWith(`${name}.`))?.message
  const told = problem !== null && problem.fields.length > 0 && problem.fields.every((one) => NAMES.some((name) => one.path.startsWith(name)))
  const ready = NAMES.every((name) => unreadable(form, name) === undefined)
  return (
    <div className="grid gap-8 lg:grid-cols-[minmax(0,1fr)_20rem]">
      <form
        noValidate className="grid max-w-180 content-start gap-4 sm:grid-cols-2"
        onSubmit={(event) => {
          event.preventDefault()
          if (!ready) return
          save.mutate({ brand_id: policy.brand_id, if_match: meanwhile.ifMatch, ...rulesOf(form) })
        }}>
        {NAMES.map((name) => (
          <Field key={name} label={labels[name]} hint={hints[name]} error={faultOf(name)} required className={isList(name) ? 'sm:col-span-2' : ''}>
            {(control) => <Input {...control} autoComplete="off" after={units[name]} value={form[name]} onChange={(event) => setForm({ ...form, [name]: event.target.value })} />}
          </Field>
        ))}
        {problem === null || told ? null : <ErrorPanel className="sm:col-span-2" problem={problem} />}
        {meanwhile.panel === null ? null : <div className="sm:col-span-2">{meanwhile.panel}</div>}
        <div><Button type="submit" look="primary" busy={save.isPending} disabled={!ready || meanwhile.isStale}>Save the policy</Button></div>
      </form>
      {ready ? <PolicyTimeline rules={rulesOf(form)} /> : null}
    </div>
  )
}

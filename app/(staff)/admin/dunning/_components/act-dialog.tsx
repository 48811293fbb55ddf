'use client'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { toast } from 'sonner'
import { localDay, money } from '../../../../_lib/format.ts'
import { toProblem } from '../../../../_lib/problem.ts'
import { useTRPC } from '../../../../_lib/trpc.tsx'
import type { DunningAccount } from '../../../../_lib/wire.ts'
import { Field } from '../../../../_ui/field.tsx'
import { Input } from '../../../../_ui/inputs.tsx'
import { FormDialog } from '../../../../_ui/form-dialog.tsx'

export type Act = 'pause' | 'suspend' | 'unsuspend'
type Props = { account: DunningAccount; act: Act; onClose: () => void }

const words: Readonly<Record<Act, { title: (name: string) => string; description: string; action: string; done: (name: string) => string }>> = {
  pause: {
    title: (name) => `Let dunning of ${name} rest`, action: 'Let it rest', done: (name) => `Dunning of ${name} rests`,
    description: 'Until that day no reminder leaves, no card is tried, nothing is suspended or deleted.',
  },
  suspend: {
    title: (name) => `Suspend ${name}`, action: 'Suspend it', done: (name) => `${name} is suspended`,
    description: 'Its apps stop now and nothing new starts. It stays so until an operator lifts it, whatever is paid.',
  },
  unsuspend: {
    title: (name) => `Lift the suspension of ${name}`, action: 'Lift it', done: (name) => `${name} is back`,
    description: 'What ran starts again. While invoices are unpaid, say until when dunning rests: then it is suspended again.',
  },
}

const useActs = (onSuccess: () => void) => {
  const trpc = useTRPC()
  return {
    pause: useMutation(trpc.dunning.pause.mutationOptions({ onSuccess })), suspend: useMutation(trpc.dunning.suspend.mutationOptions({ onSuccess })),
    unsuspend: useMutation(trpc.dunning.unsuspend.mutationOptions({ onSuccess })),
  }
}

const owes = ({ owed }: DunningAccount): string => (owed.length === 0 ? ' It owes nothing.' : ` It owes ${owed.map(money).join(' and ')}.`)

/** One act on one customer, with its reason. */
export function ActDialog({ account, act, onClose }: Props) {
  const trpc = useTRPC()
  const client = useQueryClient()
  const [until, setUntil] = useState('')
  const [reason, setReason] = useState('')
  const { title, description, action, done } = words[act]
  const name = account.organization_name
  const acts = useActs(() => {
    toast(done(name))
    void client.invalidateQueries({ queryKey: trpc.dunning.pathKey() })
    onClose()
  })
  const mutation = acts[act]
  const problem = mutation.error === null ? null : toProblem(mutation.error)
  const fault = (path: string) => problem?.fields.find((one) => one.path === path)?.message
  const submit = () => {
    const base = { organization_id: account.organization_id, reason: reason.trim() }
    const at = until === '' ? undefined : new Date(`${until}T00:00:00`).toISOString()
    if (act === 'suspend') acts.suspend.mutate(base)
    else if (act === 'unsuspend') acts.unsuspend.mutate({ ...base, ...(at === undefined ? {} : { until: at }) })
    else if (at !== undefined) acts.pause.mutate({ ...base, until: at })
  }
  const needsDay = act === 'pause'
  return (
    <FormDialog
      title={title(name)} description={`${description}${owes(account)}`} action={action} danger={act === 'suspend'} busy={mutation.isPending} disabled={reason.trim().length < 3 || (needsDay && until === '')}
      error={mutation.error} fields={['until', 'reason']} onSubmit={submit} onClose={onClose}>
      {act === 'suspend' ? null : (
        <Field label="Until" hint={needsDay ? undefined : 'Needed while invoices are overdue'} error={fault('until')} required={needsDay}>
          {(control) => <Input {...control} type="date" min={localDay(new Date().toISOString())} value={until} onChange={(event) => setUntil(event.target.value)} />}
        </Field>
      )}
      <Field label="Reason" hint="Kept in the audit log." error={fault('reason')} required>
        {(control) => <Input {...control} autoComplete="off" value={reason} onChange={(event) => setReason(event.target.value)} />}
      </Field>
    </FormDialog>
  )
}

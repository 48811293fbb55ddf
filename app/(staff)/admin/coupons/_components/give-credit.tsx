'use client'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { toast } from 'sonner'
import { money } from '../../../../_lib/format.ts'
import { toProblem } from '../../../../_lib/problem.ts'
import { useTRPC } from '../../../../_lib/trpc.tsx'
import { Button } from '../../../../_ui/button.tsx'
import { Dialog } from '../../../../_ui/dialog.tsx'
import { Field } from '../../../../_ui/field.tsx'
import { Input } from '../../../../_ui/inputs.tsx'
import { ErrorPanel } from '../../../../_ui/states.tsx'
import { OrganizationField, type ChosenOrganization } from '../../_components/organization-field.tsx'

const NAMES = ['organization_id', 'amount', 'reason', 'expires_on']

export function GiveCredit({ onDone }: { onDone: () => void }) {
  const trpc = useTRPC()
  const client = useQueryClient()
  const [org, setOrg] = useState<ChosenOrganization | null>(null)
  const [form, setForm] = useState({ amount: '', reason: '', until: '' })
  const give = useMutation(
    trpc.books.grantCredits.mutationOptions({
      onSuccess: (credit) => {
        toast(`${money(credit.amount)} given`)
        void client.invalidateQueries({ queryKey: trpc.books.credits.pathKey() })
        onDone()
      },
    }),
  )
  const problem = give.error === null ? null : toProblem(give.error)
  const fault = (path: string) => problem?.fields.find((one) => one.path === path)?.message
  const text = (name: keyof typeof form) => ({
    value: form[name],
    onChange: (event: { target: { value: string } }) => {
      setForm({ ...form, [name]: event.target.value })
      give.reset()
    },
  })
  return (
    <Dialog open onOpenChange={onDone} title="Give credit" description="The next invoices use it before they ask for money.">
      <form
        noValidate
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault()
          give.mutate({ organization_id: org?.id ?? '', amount: form.amount.trim(), reason: form.reason, ...(form.until === '' ? {} : { expires_on: form.until }) })
        }}>
        <OrganizationField value={org} error={fault('organization_id')} onChange={setOrg} />
        <Field label="Amount" hint="In the organization's currency" error={fault('amount')} required>
          {(control) => <Input {...control} {...text('amount')} inputMode="decimal" autoComplete="off" before={org?.currency} />}
        </Field>
        <Field label="Reason" hint="The customer sees it." error={fault('reason')} required>
          {(control) => <Input {...control} {...text('reason')} />}
        </Field>
        <Field label="Ends on" hint="Worth nothing from the beginning of that day, in the customer's time zone" error={fault('expires_on')}>
          {(control) => <Input {...control} {...text('until')} type="date" />}
        </Field>
        {problem === null || (problem.fields.length > 0 && problem.fields.every((one) => NAMES.includes(one.path))) ? null : <ErrorPanel problem={problem} />}
        <div className="flex flex-wrap justify-end gap-2">
          <Button onClick={onDone}>Cancel</Button>
          <Button type="submit" look="primary" busy={give.isPending} disabled={form.amount.trim() === '' || form.reason.trim() === '' || org === null}>
            Give credit
          </Button>
        </div>
      </form>
    </Dialog>
  )
}

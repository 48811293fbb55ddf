'use client'
import { zodResolver } from '@hookform/resolvers/zod'
import { useMutation } from '@tanstack/react-query'
import { useForm } from 'react-hook-form'
import { z } from 'zod'
import { useTRPC } from '../../../_lib/trpc.tsx'
import { useProblem } from '../../../_lib/use-problem.ts'
import type { StaffOrganization } from '../../../_lib/wire.ts'
import { Button } from '../../../_ui/button.tsx'
import { Dialog } from '../../../_ui/dialog.tsx'
import { Field } from '../../../_ui/field.tsx'
import { Textarea } from '../../../_ui/inputs.tsx'
import { ErrorPanel } from '../../../_ui/states.tsx'

const Schema = z.object({ reason: z.string().trim().min(10, 'Say why, in a sentence: the customer reads it.').max(300) })

/** Into a customer's account: an hour, a reason, and both names on everything. */
export function VisitDialog({ org, onClose }: { org: StaffOrganization | null; onClose: () => void }) {
  const form = useForm({ resolver: zodResolver(Schema), defaultValues: { reason: '' } })
  const { problem, fail, clear } = useProblem(form, ['reason'])
  const begin = useMutation(useTRPC().visit.begin.mutationOptions({ onSuccess: ({ url }) => window.location.assign(url), onError: fail }))
  return (
    <Dialog
      open={org !== null}
      onOpenChange={(open) => {
        if (!open) onClose()
      }}
      title={`Work in ${org?.name ?? ''}`}
      description="You act in the owner's account for an hour. The customer sees your name and reason in the audit log. Your own session in this browser is replaced if the customer uses this console's address.">
      <form
        noValidate
        className="flex flex-col gap-4"
        onSubmit={form.handleSubmit((values) => {
          clear()
          if (org !== null) begin.mutate({ organization_id: org.id, ...values })
        })}>
        <Field label="Reason" error={form.formState.errors.reason?.message} required>
          {(control) => <Textarea {...control} {...form.register('reason')} placeholder="Ticket 4711: the deployment hangs" />}
        </Field>
        {problem === null ? null : <ErrorPanel problem={problem} />}
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>Stay out</Button>
          <Button type="submit" look="primary" busy={begin.isPending || begin.isSuccess}>
            Enter the account
          </Button>
        </div>
      </form>
    </Dialog>
  )
}

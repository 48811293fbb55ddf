'use client'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { toast } from 'sonner'
import { toProblem } from '../../../../_lib/problem.ts'
import { useTRPC } from '../../../../_lib/trpc.tsx'
import type { StaffInvoice } from '../../../../_lib/wire.ts'
import { Field } from '../../../../_ui/field.tsx'
import { Input } from '../../../../_ui/inputs.tsx'
import { FormDialog } from '../../../../_ui/form-dialog.tsx'

const ACTS = {
  void: {
    title: 'Void', action: 'Void the invoice', done: 'voided',
    description: 'Nothing of it is owed any more. It keeps its number, its booking is reversed, and used credit comes back.',
  },
  writeOff: { title: 'Write off', action: 'Give up what is owed', done: 'written off', description: 'What is still owed is booked as a loss. The invoice stays as it is.' },
} as const

/** The two ways an unpaid invoice ends without money. */
export function EndDialog({ invoice, act, onClose }: { invoice: StaffInvoice; act: keyof typeof ACTS; onClose: () => void }) {
  const trpc = useTRPC()
  const client = useQueryClient()
  const [reason, setReason] = useState('')
  const { title, action, done, description } = ACTS[act]
  const end = useMutation({
    ...trpc.staffInvoices[act].mutationOptions(),
    onSuccess: () => {
      toast(`${invoice.number ?? 'Invoice'} ${done}`)
      void client.invalidateQueries({ queryKey: trpc.staffInvoices.pathKey() })
      void client.invalidateQueries({ queryKey: trpc.staff.invoices.pathKey() })
      onClose()
    },
  })
  return (
    <FormDialog
      danger title={`${title} ${invoice.number ?? ''}`} description={description} action={action} busy={end.isPending} disabled={reason.trim().length < 3} error={end.error} fields={['reason']}
      onClose={onClose} onSubmit={() => end.mutate({ invoice_id: invoice.id, reason: reason.trim() })}>
      <Field label="Reason" hint="Kept in the history; the customer sees it." required error={end.error === null ? undefined : toProblem(end.error).fields.find((f) => f.path === 'reason')?.message}>
        {(control) => <Input {...control} value={reason} autoComplete="off" onChange={(event) => setReason(event.target.value)} />}
      </Field>
    </FormDialog>
  )
}

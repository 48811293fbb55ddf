'use client'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { decimalAmount, money } from '../../../../_lib/format.ts'
import { useTRPC } from '../../../../_lib/trpc.tsx'
import type { StaffInvoice } from '../../../../_lib/wire.ts'
import { Field } from '../../../../_ui/field.tsx'
import { Input, Textarea } from '../../../../_ui/inputs.tsx'
import { FormDialog } from '../../../../_ui/form-dialog.tsx'
import { faultOf, useDone } from '../../_components/use-act.ts'
import { minorOf } from './minor.ts'

/** Cash, a cheque, a transfer nobody imported: what came, and what proves it. */
export function RecordPaymentDialog({ invoice, onClose }: { invoice: StaffInvoice; onClose: () => void }) {
  const done = useDone(onClose)
  const [form, setForm] = useState({ amount: decimalAmount(invoice.amount_due), reference: '', evidence: '' })
  const record = useMutation(useTRPC().staffPayments.record.mutationOptions({ onSuccess: (payment) => done(`${money(payment.amount)} recorded`) }))
  const { currency } = invoice.amount_due
  const minor = minorOf(form.amount, currency)
  const text = (name: keyof typeof form) => ({ value: form[name], onChange: (event: { target: { value: string } }) => setForm({ ...form,
    [name]: event.target.value }) })
  return (
    <FormDialog
      title={`Record a payment of ${invoice.number ?? ''}`} description="For money that came outside every provider. It counts at once and cannot be deleted, only refunded." action="Record the payment"
      busy={record.isPending} disabled={minor === null || minor <= 0 || form.reference.trim() === '' || form.evidence.trim().length < 5} error={record.error} fields={['amount', 'reference', 'evidence']}
      onClose={onClose} onSubmit={() => record.mutate({ invoice_id: invoice.id, amount: minor ?? 0, reference: form.reference.trim(),
        evidence: form.evidence.trim() })}>
      <Field label="Amount" required error={faultOf(record.error, 'amount')}>{(control) => <Input {...control} {...text('amount')} before={currency} inputMode="decimal" />}</Field>
      <Field label="Reference" hint="Names this payment: the same one is recorded once." required error={faultOf(record.error, 'reference')}>{(control) => <Input {...control} {...text('reference')} />}</Field>
      <Field label="Evidence" hint="Bank reference, receipt number, who took it." required error={faultOf(record.error, 'evidence')}>{(control) => <Textarea {...control} {...text('evidence')} />}</Field>
    </FormDialog>
  )
}

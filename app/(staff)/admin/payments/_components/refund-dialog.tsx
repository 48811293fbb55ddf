'use client'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { railName } from '../../../../../server/contract/payment-words.ts'
import { decimalAmount, money } from '../../../../_lib/format.ts'
import { useTRPC } from '../../../../_lib/trpc.tsx'
import type { StaffPayment } from '../../../../_lib/wire.ts'
import { Field } from '../../../../_ui/field.tsx'
import { Input } from '../../../../_ui/inputs.tsx'
import { FormDialog } from '../../../../_ui/form-dialog.tsx'
import { faultOf, useDone } from '../../_components/use-act.ts'
import { minorOf } from '../../invoices/_components/minor.ts'

/** Sends money back the way it came; all that is left unless another sum is written. */
export function RefundDialog({ payment, onClose }: { payment: StaffPayment; onClose: () => void }) {
  const done = useDone(onClose)
  const left = { amount: payment.amount.amount - payment.refunded.amount, currency: payment.amount.currency }
  const [amount, setAmount] = useState(decimalAmount(left))
  const [reason, setReason] = useState('')
  const refund = useMutation(useTRPC().staffPayments.refund.mutationOptions({ onSuccess: (row) => done(`${money(row.amount)} is on its way back`) }))
  const minor = minorOf(amount, payment.amount.currency)
  return (
    <FormDialog
      danger title={`Refund of ${payment.invoice_number ?? 'a payment'}`} description={`${payment.organization_name} paid ${money(payment.amount)} with ${railName(payment.provider)}${payment.refunded.amount === 0 ? '' : `; ${money(payment.refunded)} of it went back already`}. A refund cannot be taken back.`}
      action={minor === null ? 'Refund' : `Refund ${money({ amount: minor, currency: payment.amount.currency })}`} busy={refund.isPending} disabled={minor === null || minor <= 0 || minor > left.amount || reason.trim().length < 3}
      error={refund.error} fields={['amount', 'reason']} onClose={onClose} onSubmit={() => refund.mutate({ payment_id: payment.id, amount: minor ?? 0, reason: reason.trim() })}>
      <Field label="Amount" required error={minor !== null && minor > left.amount ? `No more than ${money(left)} is left of it.` : faultOf(refund.error, 'amount')}>
        {(control) => <Input {...control} before={payment.amount.currency} inputMode="decimal" value={amount} onChange={(event) => setAmount(event.target.value)} />}
      </Field>
      <Field label="Reason" hint="Kept with the refund." required error={faultOf(refund.error, 'reason')}>
        {(control) => <Input {...control} value={reason} autoComplete="off" onChange={(event) => setReason(event.target.value)} />}
      </Field>
    </FormDialog>
  )
}

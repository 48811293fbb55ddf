'use client'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { money } from '../../../../_lib/format.ts'
import { useTRPC } from '../../../../_lib/trpc.tsx'
import type { SuspenseItem } from '../../../../_lib/wire.ts'
import { Field } from '../../../../_ui/field.tsx'
import { Input } from '../../../../_ui/inputs.tsx'
import { FormDialog } from '../../../../_ui/form-dialog.tsx'
import { faultOf, useDone } from '../../_components/use-act.ts'
import { InvoiceChoice } from './invoice-choice.tsx'

interface DialogProps { item: SuspenseItem; onClose: () => void }

const said = (item: SuspenseItem): string => `${item.payer === '' ? 'An unknown payer' : item.payer} wrote: ${item.reference}`

export function MatchDialog({ item, onClose }: DialogProps) {
  const done = useDone(onClose)
  const [invoice, setInvoice] = useState('')
  const [note, setNote] = useState('')
  const match = useMutation(useTRPC().staffPayments.matchSuspense.mutationOptions({ onSuccess: () => done('Matched: the invoice is paid with it') }))
  return (
    <FormDialog
      title={`Match ${money(item.amount)}`} description={`${said(item)}. What the invoice does not need becomes the customer's credit.`} action="Match" busy={match.isPending}
      disabled={invoice === '' || note.trim().length < 3} error={match.error} fields={['invoice_id', 'note']} onClose={onClose}
      onSubmit={() => match.mutate({ suspense_id: item.id, invoice_id: invoice, note: note.trim() })}>
      <InvoiceChoice amount={item.amount} said={`${item.payer} ${item.reference}`} value={invoice} error={faultOf(match.error, 'invoice_id')} onChange={setInvoice} />
      <Field label="How you know" hint="Kept with the payment." required error={faultOf(match.error, 'note')}>
        {(control) => <Input {...control} value={note} autoComplete="off" onChange={(event) => setNote(event.target.value)} />}
      </Field>
    </FormDialog>
  )
}

export function ReturnDialog({ item, onClose }: DialogProps) {
  const done = useDone(onClose)
  const [note, setNote] = useState('')
  const give = useMutation(useTRPC().staffPayments.returnSuspense.mutationOptions({ onSuccess: () => done('The money goes back to its payer') }))
  return (
    <FormDialog
      danger title={`Return ${money(item.amount)}`} description={`${said(item)}. Where the provider cannot send it back, do so at the bank first and say here how.`} action="Return the money"
      busy={give.isPending} disabled={note.trim().length < 3} error={give.error} fields={['note']} onClose={onClose} onSubmit={() => give.mutate({ suspense_id: item.id, note: note.trim() })}>
      <Field label="Why, and how" required error={faultOf(give.error, 'note')}>
        {(control) => <Input {...control} value={note} autoComplete="off" onChange={(event) => setNote(event.target.value)} />}
      </Field>
    </FormDialog>
  )
}

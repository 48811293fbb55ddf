'use client'
import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { toast } from 'sonner'
import { decimalAmount, money } from '../../../../_lib/format.ts'
import { toProblem } from '../../../../_lib/problem.ts'
import { useTRPC } from '../../../../_lib/trpc.tsx'
import type { StaffInvoice } from '../../../../_lib/wire.ts'
import { Checkbox } from '../../../../_ui/choices.tsx'
import { Field } from '../../../../_ui/field.tsx'
import { Input, Select } from '../../../../_ui/inputs.tsx'
import { Money } from '../../../../_ui/money.tsx'
import { KeyValue } from '../../../../_ui/page.tsx'
import { FormDialog } from '../../../../_ui/form-dialog.tsx'
import { minorOf } from './minor.ts'

const ways = { receivable: 'Take it off what is owed', credit: 'Credit for later invoices', refund: 'Owe a refund' } as const
type Way = keyof typeof ways

/** Amounts by position; without any the whole invoice. Null: one of them is no amount. */
const linesOf = (chosen: ReadonlyMap<number, string>, currency: string): { line: number; amount?: number }[] | null => {
  const lines = [...chosen].map(([line, text]) => ({ line, amount: text.trim() === '' ? undefined : minorOf(text, currency) }))
  return lines.some(({ amount }) => amount === null) ? null : lines.map(({ line, amount }) => (amount === undefined
    || amount === null ? { line } : { line, amount }))
}

export function CreditNoteDialog({ invoice, onClose }: { invoice: StaffInvoice; onClose: () => void }) {
  const trpc = useTRPC()
  const client = useQueryClient()
  const [chosen, setChosen] = useState<ReadonlyMap<number, string>>(new Map())
  const [reason, setReason] = useState('')
  const [wanted, setWanted] = useState<Way | null>(null)
  const lines = linesOf(chosen, invoice.currency)
  const input = { invoice_id: invoice.id, ...(lines === null || lines.length === 0 ? {} : { lines }) }
  const preview = useQuery(trpc.staffInvoices.previewCredit.queryOptions(input, { enabled: lines !== null, placeholderData: keepPreviousData, retry: false }))
  const offered = preview.data?.settlements ?? []
  const settlement = offered.find((one) => one.settlement === wanted)?.settlement ?? offered[0]?.settlement
  const issue = useMutation(
    trpc.staffInvoices.credit.mutationOptions({
      onSuccess: (note) => {
        toast(`Credit note ${note.number}: ${money(note.total)}`)
        void client.invalidateQueries({ queryKey: trpc.staffInvoices.pathKey() })
        onClose()
      },
    }),
  )
  const set = (line: number, text: string | null) => setChosen((before) => {
    const next = new Map(before)
    if (text === null) next.delete(line)
    else next.set(line, text)
    return next
  })
  const faults = preview.error === null ? [] : toProblem(preview.error).fields
  return (
    <FormDialog
      title={`Credit note on ${invoice.number ?? ''}`} description="Choose lines, or none for everything that is left. Tax is given back to the minor unit."
      action={preview.data === undefined ? 'Issue the credit note' : `Give back ${money(preview.data.total)}`} busy={issue.isPending}
      disabled={lines === null || reason.trim().length < 3 || settlement === undefined || preview.error !== null} error={issue.error ?? preview.error} fields={['reason']} onClose={onClose}
      onSubmit={() => {
        if (settlement !== undefined) issue.mutate({ ...input, settlement, reason: reason.trim() })
      }}>
      <fieldset className="flex flex-col gap-3">
        <legend className="mb-2 text-13 font-strong">Lines</legend>
        {invoice.lines.map((line, index) => {
          const position = index + 1
          const text = chosen.get(position)
          const fault = faults.find((one) => one.path.startsWith(`lines.${[...chosen.keys()].indexOf(position)}.`))
          return (
            <div key={line.id} className="flex flex-wrap items-center gap-2">
              <div className="min-w-48 flex-1">
                <Checkbox checked={text !== undefined} label={<bdi>{line.description}</bdi>} hint={money(line.amount)} onChange={(on) => set(position, on ? '' : null)} />
              </div>
              {text === undefined ? null : (
                <Field label="Before tax" error={fault?.message} className="w-36">
                  {(control) => (
                    <Input {...control} inputMode="decimal" before={invoice.currency} value={text} placeholder={decimalAmount({ amount: line.amount.amount - line.discount.amount, currency: invoice.currency })}
                      onChange={(event) => set(position, event.target.value)} />
                  )}
                </Field>
              )}
            </div>
          )
        })}
      </fieldset>
      {preview.data === undefined ? null : (
        <KeyValue items={[
          ['Before tax', <Money key="net" value={preview.data.net} />],
          ...preview.data.taxes.map((tax) => [`${tax.name} ${Number(tax.rate) * 100} %`, <Money key={tax.rate} value={tax.amount} />] as const),
          ['Given back', <Money key="total" value={preview.data.total} />],
        ]} />
      )}
      <Field label="Settle it as" required hint={offered.length === 0 ? 'Nothing of this invoice is owed or paid.' : undefined}>
        {(control) => (
          <Select {...control} value={settlement ?? ''} options={offered.map((one) => ({ value: one.settlement, label: `${ways[one.settlement]} (up to ${money(one.at_most)})` }))}
            onChange={(event) => setWanted(offered.find((one) => one.settlement === event.target.value)?.settlement ?? null)} />
        )}
      </Field>
      <Field label="Reason" hint="Printed on the credit note." required>
        {(control) => <Input {...control} value={reason} autoComplete="off" onChange={(event) => setReason(event.target.value)} />}
      </Field>
    </FormDialog>
  )
}

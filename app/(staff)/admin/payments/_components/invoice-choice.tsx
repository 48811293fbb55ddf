'use client'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { money } from '../../../../_lib/format.ts'
import { useTRPC } from '../../../../_lib/trpc.tsx'
import type { Money } from '../../../../_lib/wire.ts'
import { RadioCards } from '../../../../_ui/choices.tsx'
import { Field } from '../../../../_ui/field.tsx'
import { Input } from '../../../../_ui/inputs.tsx'

const OWED = 'open,overdue,partially_paid'

/** An unpaid invoice in the currency of the money; those that owe exactly the sum come first. */
export function InvoiceChoice({ amount, value, error, onChange }: { amount: Money; value: string; error: string | undefined; onChange: (id: string) => void }) {
  const [text, setText] = useState('')
  const query = useQuery(useTRPC().staff.invoices.queryOptions({
    limit: 50, sort: 'due_at', filter: { status: OWED, currency: amount.currency, ...(text.trim() === '' ? {} : { q: text.trim() }) },
  }))
  const fits = (due: Money): number => (due.amount === amount.amount ? 0 : 1)
  const rows = (query.data?.data ?? []).toSorted((a, b) => fits(a.amount_due) - fits(b.amount_due)).slice(0, 6)
  return (
    <div className="flex flex-col gap-2">
      <Field label="Invoice" hint="Unpaid invoices in this currency. Write a number to find another." required error={error}>
        {(control) => <Input {...control} type="search" placeholder="Number or customer's id" value={text} onChange={(event) => setText(event.target.value)} />}
      </Field>
      {rows.length === 0 && query.data !== undefined ? <p className="text-13 text-muted">No unpaid invoice fits.</p> : null}
      <RadioCards
        label="Invoice" value={value} onChange={onChange} columns="grid-cols-1"
        options={rows.map((row) => ({
          value: row.id, title: `${row.number ?? ''} · ${row.organization_name}`, detail: row.amount_due.amount === amount.amount ? 'Owes exactly this sum' : `Owes ${money(row.amount_due)}`,
        }))}
      />
    </div>
  )
}

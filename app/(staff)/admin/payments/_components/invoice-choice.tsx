'use client'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { money } from '../../../../_lib/format.ts'
import { useTRPC } from '../../../../_lib/trpc.tsx'
import type { InvoiceSummary, Money } from '../../../../_lib/wire.ts'
import { RadioCards } from '../../../../_ui/choices.tsx'
import { Field } from '../../../../_ui/field.tsx'
import { Input } from '../../../../_ui/inputs.tsx'

const OWED = 'open,overdue,partially_paid'
const MOST = 5

interface ChoiceProps {
  amount: Money
  /** What came with the money: who sent it, and what they wrote. */
  said: string
  value: string
  error: string | undefined
  onChange: (id: string) => void
}

/** What becomes of the money, and of the invoice. */
const outcome = (due: Money, { amount, currency }: Money): string => {
  if (due.amount === amount) return 'Owes exactly this sum'
  const rest = money({ amount: Math.abs(due.amount - amount), currency })
  return due.amount > amount ? `Owes ${money(due)}: ${rest} stays open` : `Owes ${money(due)}: ${rest} becomes credit`
}

/** An unpaid invoice in the currency of the money; those that were named come first, then those that owe exactly the sum. */
export function InvoiceChoice({ amount, said, value, error, onChange }: ChoiceProps) {
  const [text, setText] = useState('')
  const query = useQuery(useTRPC().staff.invoices.queryOptions({
    limit: 100, sort: 'due_at', filter: { status: OWED, currency: amount.currency, ...(text.trim() === '' ? {} : { q: text.trim() }) },
  }))
  const heard = said.toLowerCase()
  const names = (word: string | null): boolean => word !== null && word.length > 2 && heard.includes(word.toLowerCase())
  const exact = (row: InvoiceSummary): boolean => row.amount_due.amount === amount.amount
  const rank = (row: InvoiceSummary): number => (names(row.number) ? 0 : 4) + (names(row.organization_name) ? 0 : 2) + (exact(row) ? 0 : 1)
  const rows = (query.data?.data ?? []).toSorted((a, b) => rank(a) - rank(b)).slice(0, MOST)
  return (
    <div className="flex flex-col gap-2">
      <Field label="Invoice" hint="Unpaid invoices in this currency. Write a number or a customer to find another." required error={error}>
        {(control) => <Input {...control} type="search" placeholder="Number or customer" value={text} onChange={(event) => setText(event.target.value)} />}
      </Field>
      {rows.length === 0 && query.data !== undefined ? <p className="text-13 text-muted">No unpaid invoice fits.</p> : null}
      <RadioCards
        label="Invoice" value={value} onChange={onChange} columns="grid-cols-1"
        options={rows.map((row) => ({ value: row.id, title: `${row.number ?? ''} · ${row.organization_name}`, detail: outcome(row.amount_due, amount) }))}
      />
    </div>
  )
}

'use client'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Download } from 'lucide-react'
import { useState } from 'react'
import { day } from '../../../../../_lib/format.ts'
import { useOrg } from '../../../../../_lib/org-context.tsx'
import { paths } from '../../../../../_lib/paths.ts'
import { useTRPC } from '../../../../../_lib/trpc.tsx'
import { buttonClass } from '../../../../../_ui/button.tsx'
import { Field } from '../../../../../_ui/field.tsx'
import { Input } from '../../../../../_ui/inputs.tsx'
import { Load } from '../../../../../_ui/load.tsx'
import { Money } from '../../../../../_ui/money.tsx'
import { Section, Stat } from '../../../../../_ui/page.tsx'
import { EmptyState, TableSkeleton } from '../../../../../_ui/states.tsx'
import { Table, type Column } from '../../../../../_ui/table.tsx'
import type { Statement } from '../../../../../../server/contract/invoice.ts'

type Row = Statement['rows'][number]
const words: Record<Row['type'], string> = {
  invoice: 'Invoice', payment: 'Payment', credit_note: 'Credit note', credit_used: 'Credit used', void: 'Invoice voided', write_off: 'Written off',
}
const columns: ReadonlyArray<Column<Row>> = [
  { id: 'date', title: 'Date', cell: (row) => day(row.date) },
  { id: 'type', title: 'What', cell: (row) => words[row.type] },
  { id: 'document', title: 'Document', cell: (row) => row.document },
  { id: 'amount', title: 'Amount', align: 'end', cell: (row) => <Money value={row.amount} /> },
  { id: 'balance', title: 'Owed after', align: 'end', cell: (row) => <Money value={row.balance} /> },
]

export function StatementSection() {
  const { org } = useOrg()
  const [range, setRange] = useState({ from: '', to: '' })
  const asked = Object.fromEntries(Object.entries(range).filter(([, value]) => value !== ''))
  const query = useQuery(useTRPC().invoicing.statement.queryOptions({ organization_id: org.id, ...asked }, { placeholderData: keepPreviousData }))
  const file = (kind: 'pdf' | 'csv') => `/v1/billing/statement.${kind}?${new URLSearchParams({ organization_id: org.id, ...asked })}`
  return (
    <Section
      title="Statement of account"
      hint="What was owed, invoiced, paid and credited, with the balance after each."
      action={
        <span className="flex gap-2">
          {(['pdf', 'csv'] as const).map((kind) => (
            <a key={kind} className={buttonClass('plain', 'sm')} href={file(kind)} download>
              <Download aria-hidden className="size-4" />
              {kind.toUpperCase()}
            </a>
          ))}
        </span>
      }>
      <div className="mb-3 flex flex-wrap gap-3">
        <Field label="From">{(control) => <Input {...control} type="date" className="w-40" value={range.from} onChange={(event) => setRange({ ...range, from: event.target.value })} />}</Field>
        <Field label="To">{(control) => <Input {...control} type="date" className="w-40" value={range.to} onChange={(event) => setRange({ ...range, to: event.target.value })} />}</Field>
      </div>
      <Load query={query} skeleton={<TableSkeleton rows={3} label="Loading the statement" />}>
        {(statement) => (
          <>
            <div className="mb-3 flex flex-wrap gap-8">
              <Stat label={`Owed before ${day(statement.from)}`} value={<Money value={statement.opening} />} />
              <Stat label={`Owed after ${day(statement.to)}`} value={<Money value={statement.closing} />} />
            </div>
            {statement.rows.length === 0
              ? <EmptyState title="Nothing moved">There was no invoice, payment or credit between these days.</EmptyState>
              : (
                <Table
                  caption="Statement of account" columns={columns} rows={statement.rows} rowKey={(row) => `${row.date}${row.type}${row.document}${row.balance.amount}`}
                  rowHref={(row) => (row.invoice_id === null ? paths.invoices(org.slug) : paths.invoice(org.slug, row.invoice_id))}
                />
              )}
          </>
        )}
      </Load>
    </Section>
  )
}

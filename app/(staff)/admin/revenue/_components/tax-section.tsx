'use client'
import type { TaxRow } from '../../../../_lib/wire.ts'
import { buttonClass } from '../../../../_ui/button.tsx'
import { Money } from '../../../../_ui/money.tsx'
import { Section } from '../../../../_ui/page.tsx'
import { EmptyState } from '../../../../_ui/states.tsx'
import { Table, type Column } from '../../../../_ui/table.tsx'

/** `0.075` -> `7.5 %`, without a division that would round. */
const percent = (rate: string): string => {
  const [whole = '0', fraction = ''] = rate.split('.')
  const digits = fraction.padEnd(2, '0')
  const rest = digits.slice(2).replace(/0+$/, '')
  return `${Number(whole + digits.slice(0, 2))}${rest === '' ? '' : `.${rest}`} %`
}

const columns: ReadonlyArray<Column<TaxRow>> = [
  { id: 'period', title: 'Period', cell: (row) => row.period },
  { id: 'seller', title: 'Seller', cell: (row) => <bdi>{row.entity_name}</bdi> },
  { id: 'country', title: 'Country', cell: (row) => row.country },
  { id: 'tax', title: 'Tax', cell: (row) => `${row.name} ${percent(row.rate)}` },
  { id: 'category', title: 'Category', cell: (row) => row.category },
  { id: 'base', title: 'Taxed', align: 'end', cell: (row) => <Money value={row.base} /> },
  { id: 'amount', title: 'Tax due', align: 'end', cell: (row) => <Money value={row.tax} /> },
]

export function TaxSection({ rows, input }: { rows: readonly TaxRow[]; input: Record<string, string> }) {
  return (
    <Section
      title="Tax by rate and country"
      hint="By the date of the document; credit notes and voids lessen the month they were issued in."
      action={
        <a className={buttonClass('plain', 'sm')} href={`/v1/admin/reports/tax.csv?${new URLSearchParams(input)}`} download>
          Export CSV
        </a>
      }>
      {rows.length === 0 ? (
        <EmptyState title="No taxed document in these months">Every invoice and credit note counts here from the day it is issued.</EmptyState>
      ) : (
        <Table
          caption="Tax by rate and country"
          columns={columns}
          rows={[...rows].reverse()}
          rowKey={(row) => [row.period, row.entity_id, row.country, row.name, row.category, row.rate, row.base.currency].join(' ')}
        />
      )}
    </Section>
  )
}

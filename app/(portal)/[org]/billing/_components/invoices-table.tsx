import { day, shortDay } from '../../../../_lib/format.ts'
import { paths } from '../../../../_lib/paths.ts'
import { invoiceStatus } from '../../../../_lib/status.ts'
import type { InvoiceSummary } from '../../../../_lib/wire.ts'
import { Money } from '../../../../_ui/money.tsx'
import { Status } from '../../../../_ui/status.tsx'
import { Table, type Column } from '../../../../_ui/table.tsx'

/** The last day of the period; its end is the first moment of the next one. */
const lastDay = (end: string): string => new Date(Date.parse(end) - 1).toISOString().slice(0, 10)

/** One day where it is of one day, as what is charged once. */
export const periodOf = ({ period }: Pick<InvoiceSummary, 'period'>): string => {
  const [first, last] = [period.start.slice(0, 10), lastDay(period.end)]
  return first >= last ? day(first) : `${shortDay(first)} to ${day(last)}`
}

const columns: ReadonlyArray<Column<InvoiceSummary>> = [
  { id: 'number', title: 'Invoice', cell: (row) => row.number ?? 'Draft' },
  { id: 'status', title: 'Status', cell: (row) => <Status {...invoiceStatus[row.status]} /> },
  { id: 'period', title: 'Period', cell: periodOf },
  { id: 'due', title: 'Due', cell: (row) => (row.due_at === null || row.amount_due.amount === 0 ? null : day(row.due_at)) },
  { id: 'open', title: 'To pay', align: 'end', cell: (row) => <Money value={row.amount_due} /> },
  { id: 'total', title: 'Total', align: 'end', cell: (row) => <Money value={row.total} /> },
]

export function InvoicesTable({ invoices, org }: { invoices: readonly InvoiceSummary[]; org: string }) {
  return (
    <Table caption="Invoices" columns={columns} rows={invoices} rowKey={(row) => row.id} rowHref={(row) => paths.invoice(org, row.id)} />
  )
}

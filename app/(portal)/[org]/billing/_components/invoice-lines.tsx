'use client'
import { railName } from '../../../../../server/contract/payment-words.ts'
import { count } from '../../../../_lib/format.ts'
import { useOrg } from '../../../../_lib/org-context.tsx'
import { paths } from '../../../../_lib/paths.ts'
import type { Invoice, InvoiceLine, Money as Value, Payment } from '../../../../_lib/wire.ts'
import { Money } from '../../../../_ui/money.tsx'
import { Section } from '../../../../_ui/page.tsx'
import { Status } from '../../../../_ui/status.tsx'
import { Table, type Column } from '../../../../_ui/table.tsx'
import { TimeAgo } from '../../../../_ui/time.tsx'
import { paymentLook, reasonOf } from '../payments/_components/history-rows.ts'

const columns: ReadonlyArray<Column<InvoiceLine>> = [
  { id: 'description', title: 'What', cell: (line) => <bdi>{line.description}</bdi> },
  { id: 'quantity', title: 'Quantity', align: 'end', cell: (line) => `${line.quantity} ${line.unit}` },
  { id: 'price', title: 'Price', align: 'end', cell: (line) => (line.unit_price === '' ? null : line.unit === '' ? line.unit_price : `${line.unit_price} per ${line.unit}`) },
  { id: 'amount', title: 'Amount', align: 'end', cell: (line) => <Money value={line.amount} /> },
]

function Sum({ label, value, strong = false }: { label: string; value: Value; strong?: boolean }) {
  return (
    <div className={strong ? 'flex justify-between gap-8 border-t border-line pt-2 font-strong' : 'flex justify-between gap-8 text-muted'}>
      <dt>{label}</dt>
      <dd>
        <Money value={value} />
      </dd>
    </div>
  )
}

const negative = ({ amount, currency }: Value): Value => ({ amount: -amount, currency })

export function InvoiceLines({ invoice }: { invoice: Invoice }) {
  const { org } = useOrg()
  const usage = (line: InvoiceLine) =>
    `${paths.usage(org.slug)}?from=${invoice.period.start.slice(0, 10)}&to=${invoice.period.end.slice(0, 10)}${line.app_id === null ? '' : `&app=${line.app_id}`}`
  return (
    <Section title="How it came about" hint="Each line leads to the usage behind it.">
      <Table caption="Lines of this invoice" columns={columns} rows={invoice.lines} rowKey={(line) => line.id} rowHref={usage} />
      <dl className="figures mt-3 ms-auto flex max-w-80 flex-col gap-2 px-3 text-13">
        <Sum label="Subtotal" value={invoice.subtotal} />
        {invoice.discount.amount === 0 ? null : <Sum label="Discount" value={negative(invoice.discount)} />}
        {invoice.taxes.map((tax) => (
          <Sum key={`${tax.rate} ${tax.wording ?? ''}`} label={`${tax.name} ${count(Number(tax.rate) * 100, 4)} %${tax.inclusive ? ', included' : ''}`} value={tax.amount} />
        ))}
        {invoice.credits_applied.amount === 0 ? null : <Sum label="Credit used" value={negative(invoice.credits_applied)} />}
        <Sum label="Total" value={invoice.total} strong />
        {invoice.amount_credited.amount === 0 ? null : <Sum label="Credit notes" value={negative(invoice.amount_credited)} />}
      </dl>
    </Section>
  )
}

const paymentColumns = (orgId: string): ReadonlyArray<Column<Payment>> => [
  { id: 'provider', title: 'By', cell: (row) => <span className="whitespace-nowrap">{railName(row.provider)}</span> },
  {
    id: 'status',
    title: 'Status',
    cell: (row) => {
      const reason = reasonOf(row)
      return (
        <>
          <Status {...paymentLook(row.state)} />
          {reason === null ? null : <span className="block max-w-80 text-12 text-muted">{reason}</span>}
        </>
      )
    },
  },
  { id: 'reference', title: 'Reference', cell: (row) => <code className="inline-block max-w-40 truncate align-bottom text-12" title={row.reference}>{row.reference}</code> },
  { id: 'at', title: 'When', align: 'end', cell: (row) => <TimeAgo value={row.at} /> },
  {
    id: 'receipt',
    title: 'Receipt',
    cell: (row) =>
      row.status === 'succeeded' ? (
        <a className="link" href={`/v1/payments/${row.id}/receipt.pdf?organization_id=${orgId}`} download>
          PDF
        </a>
      ) : null,
  },
  { id: 'amount', title: 'Amount', align: 'end', cell: (row) => <Money value={row.amount} /> },
]

export function InvoicePayments({ invoice }: { invoice: Invoice }) {
  const { org } = useOrg()
  return <Table caption="Payments of this invoice" columns={paymentColumns(org.id)} rows={invoice.payments} rowKey={(row) => row.id} />
}

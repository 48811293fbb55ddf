'use client'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import Link from 'next/link'
import { useState } from 'react'
import { toast } from 'sonner'
import { day, instant } from '../../../../_lib/format.ts'
import { paths } from '../../../../_lib/paths.ts'
import { toProblem } from '../../../../_lib/problem.ts'
import { invoiceStatus } from '../../../../_lib/status.ts'
import { useTRPC } from '../../../../_lib/trpc.tsx'
import type { StaffInvoice } from '../../../../_lib/wire.ts'
import { Button } from '../../../../_ui/button.tsx'
import { Load } from '../../../../_ui/load.tsx'
import { Menu, type MenuItem } from '../../../../_ui/menu.tsx'
import { Money } from '../../../../_ui/money.tsx'
import { KeyValue, PageHeader, Panel, Section } from '../../../../_ui/page.tsx'
import { ErrorPanel, PanelSkeleton } from '../../../../_ui/states.tsx'
import { Banner, Status } from '../../../../_ui/status.tsx'
import { Table, type Column } from '../../../../_ui/table.tsx'
import { InvoiceStory } from '../../../../(portal)/[org]/billing/_components/invoice-story.tsx'
import { CreditNoteDialog } from './credit-note-dialog.tsx'
import { EndDialog } from './end-dialogs.tsx'
import { RecordPaymentDialog } from './record-payment-dialog.tsx'

type Line = StaffInvoice['lines'][number]
type Act = 'credit' | 'void' | 'writeOff' | 'record'
const columns: ReadonlyArray<Column<Line>> = [
  { id: 'n', title: '#', cell: (line) => line.id },
  { id: 'what', title: 'What', cell: (line) => <bdi>{line.description}</bdi> },
  { id: 'quantity', title: 'Quantity', align: 'end', cell: (line) => `${line.quantity} ${line.unit}` },
  { id: 'tax', title: 'Tax', align: 'end', cell: (line) => `${Number(line.tax_rate) * 100} %` },
  { id: 'amount', title: 'Amount', align: 'end', cell: (line) => <Money value={line.amount} /> },
]

function Finalise({ invoice }: { invoice: StaffInvoice }) {
  const trpc = useTRPC()
  const client = useQueryClient()
  const act = useMutation(
    trpc.staffInvoices.finalise.mutationOptions({
      onSuccess: (issued) => {
        toast(`Issued as ${issued.number ?? ''}`)
        void client.invalidateQueries({ queryKey: trpc.staffInvoices.pathKey() })
      },
    }),
  )
  return (
    <Banner tone="info" className="mb-4" action={<Button busy={act.isPending} onClick={() => act.mutate({ invoice_id: invoice.id })}>Issue now</Button>}>
      {invoice.held_for === 'tax_check' ? 'Waits for the VAT register.' : `Late usage joins until ${invoice.finalise_at === null ? 'it is issued' : instant(invoice.finalise_at)}.`}
      {act.error === null ? null : <ErrorPanel className="mt-2" problem={toProblem(act.error)} />}
    </Banner>
  )
}

function Rejected({ invoice }: { invoice: StaffInvoice }) {
  const trpc = useTRPC()
  const client = useQueryClient()
  const act = useMutation(
    trpc.staffInvoices.retryClearance.mutationOptions({
      onSuccess: () => {
        toast('Handed in again')
        void client.invalidateQueries({ queryKey: trpc.staffInvoices.pathKey() })
      },
    }),
  )
  return (
    <Banner tone="bad" className="mb-4" action={<Button busy={act.isPending} onClick={() => act.mutate({ invoice_id: invoice.id })}>Hand in again</Button>}>
      The tax authority rejected this invoice: {invoice.clearance?.detail ?? 'it gave no reason'}. Its text stays as issued; if that is wrong, credit it instead.
      {act.error === null ? null : <ErrorPanel className="mt-2" problem={toProblem(act.error)} />}
    </Banner>
  )
}

function Document({ invoice }: { invoice: StaffInvoice }) {
  const [act, setAct] = useState<Act | null>(null)
  const close = () => setAct(null)
  const owed = invoice.amount_due.amount > 0
  const item = (label: string, name: Act, disabled: string | null, danger = false): MenuItem => ({ kind: 'act', label, danger, disabled, onSelect: () => setAct(name) })
  const items = [
    item('Record a payment', 'record', owed ? null : 'Nothing is owed on it.'),
    item('Void', 'void', invoice.status === 'void' ? 'It is void already.' : null, true),
    item('Write off', 'writeOff', owed ? null : 'Nothing is owed on it.', true),
  ]
  const creditable = ['open', 'overdue', 'partially_paid', 'paid'].includes(invoice.status) && invoice.kind !== 'credit_purchase'
  return (
    <div className="max-w-220">
      <PageHeader
        title={invoice.number ?? 'Draft invoice'}
        above={<Link className="link" href={paths.adminInvoices}>Invoices</Link>}
        status={<Status {...invoiceStatus[invoice.status]} className="text-13" />}
        facts={<><span><bdi>{invoice.organization_name}</bdi></span><span>{invoice.kind.replaceAll('_', ' ')}</span></>}
        action={invoice.status === 'draft' ? undefined : (
          <>
            {creditable ? <Button look="primary" onClick={() => setAct('credit')}>Credit note</Button> : null}
            <Menu trigger={<Button>More</Button>} label="More acts" items={items} />
          </>
        )}
      />
      {invoice.status === 'draft' ? <Finalise invoice={invoice} /> : null}
      {invoice.clearance?.state === 'rejected' ? <Rejected invoice={invoice} /> : null}
      <Panel className="mb-8">
        <KeyValue columns items={[
          ['Total', <Money key="total" value={invoice.total} />],
          ...(invoice.discount.amount === 0 ? [] : [['Discount taken off', <Money key="discount" value={invoice.discount} />] as const]),
          ['Tax', <Money key="tax" value={invoice.tax} />], ['Owed', <Money key="due" value={invoice.amount_due} />],
          ['Paid', <Money key="paid" value={invoice.amount_paid} />], ['Credited', <Money key="credited" value={invoice.amount_credited} />],
          ['Due', invoice.due_at === null ? 'Not yet known' : day(invoice.due_at)], ['Seller', <bdi key="seller">{invoice.seller.name}</bdi>], ['Buyer', <bdi key="buyer">{invoice.buyer.name}</bdi>],
        ]} />
      </Panel>
      <Section title="Lines">
        <Table caption="Lines of this invoice" columns={columns} rows={invoice.lines} rowKey={(line) => line.id} />
      </Section>
      <InvoiceStory invoice={invoice} />
      {act === 'credit' ? <CreditNoteDialog invoice={invoice} onClose={close} /> : null}
      {act === 'record' ? <RecordPaymentDialog invoice={invoice} onClose={close} /> : null}
      {act === 'void' || act === 'writeOff' ? <EndDialog invoice={invoice} act={act} onClose={close} /> : null}
    </div>
  )
}

export function StaffInvoicePage({ id }: { id: string }) {
  const query = useQuery(useTRPC().staffInvoices.get.queryOptions({ invoice_id: id }))
  return (
    <Load query={query} skeleton={<PanelSkeleton label="Loading the invoice" className="h-96" />}>
      {(invoice) => <Document invoice={invoice} />}
    </Load>
  )
}

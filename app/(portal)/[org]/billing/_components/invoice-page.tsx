'use client'
import { useQuery } from '@tanstack/react-query'
import { Download } from 'lucide-react'
import Link from 'next/link'
import { day, instant } from '../../../../_lib/format.ts'
import { useOrg } from '../../../../_lib/org-context.tsx'
import { paths } from '../../../../_lib/paths.ts'
import { invoiceStatus } from '../../../../_lib/status.ts'
import { useTRPC } from '../../../../_lib/trpc.tsx'
import type { Invoice } from '../../../../_lib/wire.ts'
import { buttonClass } from '../../../../_ui/button.tsx'
import { Load } from '../../../../_ui/load.tsx'
import { Money } from '../../../../_ui/money.tsx'
import { Figure, PageHeader, Panel, Section } from '../../../../_ui/page.tsx'
import { PanelSkeleton } from '../../../../_ui/states.tsx'
import { Banner, Status } from '../../../../_ui/status.tsx'
import { InvoicePayment } from '../invoices/_components/invoice-payment.tsx'
import { InvoiceLines, InvoicePayments } from './invoice-lines.tsx'
import { periodOf } from './invoices-table.tsx'
import { InvoiceStory } from './invoice-story.tsx'

const kinds: Record<Invoice['kind'], string> = { invoice: 'Invoice', one_off: 'Invoice', credit_purchase: 'Credit purchase', pro_forma: 'Pro forma' }

const payable = (invoice: Invoice): boolean =>
  invoice.amount_due.amount > 0 && ['open', 'overdue', 'partially_paid'].includes(invoice.status)

function Party({ title, lines }: { title: string; lines: ReadonlyArray<string | null> }) {
  return (
    <div className="min-w-0">
      <p className="text-12 text-muted">{title}</p>
      {lines
        .filter((line) => line !== null)
        .map((line) => (
          <p key={line} className="text-13">
            <bdi>{line}</bdi>
          </p>
        ))}
    </div>
  )
}

function Document({ invoice }: { invoice: Invoice }) {
  const { org } = useOrg()
  const inOrg = (path: string): string => `${path}?organization_id=${org.id}`
  const due = payable(invoice)
  return (
    <div className="max-w-220">
      <PageHeader
        title={invoice.number === null ? 'Draft invoice' : `${kinds[invoice.kind]} ${invoice.number}`}
        above={
          <Link className="link" href={paths.invoices(org.slug)}>
            Invoices
          </Link>
        }
        status={
          <span aria-live="polite">
            <Status {...invoiceStatus[invoice.status]} className="text-13" />
          </span>
        }
        facts={<span>{periodOf(invoice)}</span>}
        action={
          invoice.pdf_url === null ? undefined : (
            <>
              <a className={buttonClass('plain')} href={inOrg(invoice.pdf_url)} download>
                <Download aria-hidden className="size-4" />
                PDF
              </a>
              <a className={buttonClass('plain')} href={inOrg(invoice.xml_url ?? '')} download title="EN 16931, UBL 2.1">
                <Download aria-hidden className="size-4" />
                XML
              </a>
            </>
          )
        }
      />
      {invoice.status === 'draft' ? (
        <Banner tone="info" className="mb-4">
          {invoice.held_for === 'tax_check'
            ? 'This invoice waits until the VAT register has answered: which tax applies depends on it.'
            : `Late usage still joins this draft. It is issued ${invoice.finalise_at === null ? 'soon' : instant(invoice.finalise_at)}.`}
        </Banner>
      ) : null}
      <Panel className="mb-8 flex flex-col gap-5 sm:p-6">
        <Figure
          label={due ? 'To pay' : 'Total'}
          value={<Money value={due ? invoice.amount_due : invoice.total} />}
          note={
            due && invoice.due_at !== null ? (
              <>Due on {day(invoice.due_at)}</>
            ) : invoice.status === 'paid' ? (
              'Paid in full. The receipt was mailed.'
            ) : undefined
          }
        />
        {due ? <InvoicePayment invoiceId={invoice.id} /> : null}
        <div className="grid gap-4 border-t border-line pt-4 sm:grid-cols-2">
          <Party title="From" lines={[invoice.seller.name, invoice.seller.address, invoice.seller.tax_id, invoice.seller.support_email]} />
          <Party title="To" lines={[invoice.buyer.name, invoice.buyer.email, invoice.buyer.address, invoice.buyer.tax_id]} />
        </div>
      </Panel>
      <InvoiceLines invoice={invoice} />
      {invoice.payments.length === 0 ? null : (
        <Section title="Payments">
          <InvoicePayments invoice={invoice} />
        </Section>
      )}
      <InvoiceStory invoice={invoice} noteHref={(note, kind) => inOrg(`/v1/credit-notes/${note.id}/${kind}`)} />
    </div>
  )
}

export function InvoicePage({ id }: { id: string }) {
  const { org } = useOrg()
  const query = useQuery(
    useTRPC().billing.invoice.queryOptions(
      { organization_id: org.id, invoice_id: id },
      {
        refetchInterval: ({ state }) => (state.data !== undefined && payable(state.data) ? 2000 : false),
      },
    ),
  )
  return (
    <Load query={query} skeleton={<PanelSkeleton label="Loading the invoice" className="h-96" />}>
      {(invoice) => <Document invoice={invoice} />}
    </Load>
  )
}

'use client'
import type { Invoice } from '../../../../_lib/wire.ts'
import { day } from '../../../../_lib/format.ts'
import { Money } from '../../../../_ui/money.tsx'
import { KeyValue, Panel, Section } from '../../../../_ui/page.tsx'
import { Status, type StatusLook } from '../../../../_ui/status.tsx'
import { Table, type Column } from '../../../../_ui/table.tsx'
import { TimeAgo } from '../../../../_ui/time.tsx'

type Story = Pick<Invoice, 'history' | 'credit_notes' | 'clearance' | 'taxes' | 'note'>
type CreditNote = Invoice['credit_notes'][number]
type Entry = Invoice['history'][number]

const settlements: Record<CreditNote['settlement'], string> = { receivable: 'Off what is owed', credit: 'Credit for later invoices', refund: 'Paid back' }
const words: Record<string, string> = {
  'invoice.drafted': 'Drafted, open for late usage', 'invoice.finalised': 'Issued', 'invoice.pro_forma_issued': 'Issued as pro forma', 'invoice.paid': 'Paid', 'invoice.voided': 'Voided',
  'invoice.written_off': 'Written off', 'invoice.credited': 'Settled by a credit note', 'invoice.clearance_cleared': 'Cleared by the tax authority',
  'invoice.clearance_rejected': 'Rejected by the tax authority', 'invoice.clearance_retried': 'Handed in to the tax authority again',
}

type NoteHref = (note: CreditNote, kind: 'pdf' | 'xml') => string

const notes = (href: NoteHref | null): ReadonlyArray<Column<CreditNote>> => [
  { id: 'number', title: 'Credit note', cell: (row) => row.number },
  { id: 'settlement', title: 'Settled as', cell: (row) => settlements[row.settlement] },
  { id: 'issued', title: 'Issued', cell: (row) => day(row.issued_at) },
  ...(href === null ? [] : [{
    id: 'files', title: 'Documents', cell: (row: CreditNote) => (
      <span className="flex gap-3">
        <a className="link" href={href(row, 'pdf')} download>PDF</a>
        <a className="link" href={href(row, 'xml')} download>XML</a>
      </span>
    ),
  }]),
  { id: 'total', title: 'Amount', align: 'end', cell: (row) => <Money value={row.total} /> },
]

const entries: ReadonlyArray<Column<Entry>> = [
  { id: 'what', title: 'What', cell: (row) => words[row.type] ?? row.type },
  { id: 'who', title: 'By', cell: (row) => <bdi>{row.actor}</bdi> },
  { id: 'note', title: 'Note', cell: (row) => (row.note === 'tax_check' ? 'Waiting for the VAT register' : row.note) },
  { id: 'at', title: 'When', align: 'end', cell: (row) => <TimeAgo value={row.at} /> },
]

const clearance: Record<NonNullable<Invoice['clearance']>['state'], StatusLook> = {
  pending: { tone: 'info', word: 'Waiting for the tax authority', busy: true }, cleared: { tone: 'good', word: 'Cleared' }, rejected: { tone: 'bad', word: 'Rejected' },
}

/** What else belongs to an invoice: why no tax was charged, its clearance, its credit notes, and what happened to it. */
export function InvoiceStory({ invoice, noteHref = null }: { invoice: Story; noteHref?: NoteHref | null }) {
  const wording = [...new Set(invoice.taxes.flatMap((tax) => (tax.wording === null ? [] : [tax.wording])))]
  return (
    <>
      {wording.length === 0 && invoice.note === null ? null : (
        <Section title="Notes">
          {[...wording, ...(invoice.note === null ? [] : [invoice.note])].map((text) => <p key={text} className="text-13 text-muted"><bdi>{text}</bdi></p>)}
        </Section>
      )}
      {invoice.clearance === null ? null : (
        <Section title="Tax authority">
          <Panel>
            <KeyValue
              columns
              items={[
                ['State', <Status key="state" {...clearance[invoice.clearance.state]} />],
                ['Reference number (IRN)', <code key="irn" className="text-12 break-all">{invoice.clearance.irn}</code>],
                ['Stamp (CSID)', <code key="csid" className="text-12 break-all">{invoice.clearance.csid ?? 'None yet'}</code>],
              ]}
            />
            {invoice.clearance.detail === null ? null : <p className="mt-2 text-13 text-bad">{invoice.clearance.detail}</p>}
          </Panel>
        </Section>
      )}
      {invoice.credit_notes.length === 0 ? null : (
        <Section title="Credit notes" hint="What was taken back of this invoice, tax included.">
          <Table caption="Credit notes of this invoice" columns={notes(noteHref)} rows={invoice.credit_notes} rowKey={(row) => row.id} />
        </Section>
      )}
      {invoice.history.length === 0 ? null : (
        <Section title="What happened">
          <Table caption="History of this invoice" columns={entries} rows={invoice.history} rowKey={(row) => `${row.type}${row.at}`} />
        </Section>
      )}
    </>
  )
}

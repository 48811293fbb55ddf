import { z } from 'zod'
import type { FileOperation } from '../../../core/composite.ts'
import { csvLine } from '../../../core/csv.ts'
import { ruleViolated } from '../../../core/error.ts'
import { call, query } from '../../../core/operation.ts'
import { LocalDate } from '../../../contract/invoice.ts'
import { minorToDecimal, type Money } from '../../../contract/money.ts'
import type { InvoiceSummary } from '../invoices/invoice-wire.ts'
import { listAllInvoices, listInvoices } from '../invoices/list-invoices.ts'

const CSV = 'text/csv; charset=utf-8'
const PAGE_SIZE = 100
const decimal = ({ amount, currency }: Money): string => minorToDecimal(BigInt(amount), currency)

const COLUMNS = ['number', 'kind', 'status', 'organization', 'issued_at', 'due_at', 'paid_at', 'period_start', 'period_end', 'currency', 'subtotal', 'tax', 'total', 'paid', 'credited', 'due']
const invoiceLine = (row: InvoiceSummary): string => csvLine([
  row.number, row.kind, row.status, row.organization_name, row.issued_at, row.due_at, row.paid_at, row.period.start, row.period.end, row.currency,
    decimal(row.subtotal),
  decimal(row.tax), decimal(row.total), decimal(row.amount_paid), decimal(row.amount_credited), decimal(row.amount_due),
])

interface ListedPage { data: InvoiceSummary[]; pagination: { next_cursor: string | null } }

/** Page by page, each authorised anew; the first before anything is sent. */
async function* invoiceLines(first: ListedPage, next: (cursor: string) => Promise<ListedPage>): AsyncGenerator<string> {
  yield csvLine(COLUMNS)
  for (let page = first; ;) {
    yield page.data.map(invoiceLine).join('')
    if (page.pagination.next_cursor === null) return
    page = await next(page.pagination.next_cursor)
  }
}

export const invoicesCsv: FileOperation<typeof listInvoices.input> = {
  kind: 'file', name: 'invoices.export', summary: 'Invoices as CSV, amounts in major units; filters as of the list', scope: 'org', permission: 'billing:read', input: listInvoices.input,
  contentType: CSV, rest: { method: 'GET', path: '/invoices.csv', tag: 'Billing' },
  handle: async (meta, raw) => {
    const read = (cursor?: string) => call(listInvoices, meta, { ...(raw as object), limit: PAGE_SIZE, ...(cursor ? { cursor } : {}) }) as Promise<ListedPage>
    return { body: invoiceLines(await read(), read), fileName: 'invoices.csv' }
  },
}

export const allInvoicesCsv: FileOperation<typeof listAllInvoices.input> = {
  kind: 'file', name: 'admin.invoices_export', summary: 'Invoices of every organization as CSV', scope: 'staff', input: listAllInvoices.input,
  contentType: CSV, rest: { method: 'GET', path: '/admin/invoices.csv', tag: 'Billing' },
  handle: async (meta, raw) => {
    const read = (cursor?: string) => call(listAllInvoices, meta, { ...(raw as object), limit: PAGE_SIZE,
      ...(cursor ? { cursor } : {}) }) as Promise<ListedPage>
    return { body: invoiceLines(await read(), read), fileName: 'invoices.csv' }
  },
}

const JournalInput = z.strictObject({ from: LocalDate.describe('First day, UTC'), to: LocalDate.describe('Last day, UTC'), brand_id: z.string().max(60).optional() })
interface JournalRow {
  id: bigint; at: Date; transaction_id: string; business_key: string; description: string; brand_id: string; entity: string | null; org_id: string | null
  account: string; currency: string; amount: bigint
}
const JOURNAL = ['date', 'entry', 'transaction', 'cause', 'description', 'brand', 'seller', 'organization', 'account', 'currency', 'debit', 'credit']
const JOURNAL_PAGE = 5000

const journalPage = query({
  name: 'admin.journal_page', summary: 'The next entries of the journal', scope: 'staff',
  input: z.strictObject({ ...JournalInput.shape, after: z.bigint() }), output: z.custom<JournalRow[]>(),
  run: ({ db }, { from, to, brand_id: brandId, after }) => {
    if (to < from) throw ruleViolated('/to', 'ends_before_start', 'The last day is before the first.')
    return db.$queryRaw<JournalRow[]>`
      SELECT e.id, t.at, t.id AS transaction_id, t.business_key, t.description, t.brand_id, l.name AS entity, e.org_id, e.account, e.currency, e.amount
      FROM ledger_entry e JOIN ledger_transaction t ON t.id = e.transaction_id LEFT JOIN legal_entity l ON l.id = t.entity_id
      WHERE e.id > ${after} AND t.at >= ${from}::date AND t.at < ${to}::date + 1 AND (${brandId ?? null}::text IS NULL OR t.brand_id = ${brandId ?? null})
      ORDER BY e.id LIMIT ${JOURNAL_PAGE}`
  },
})

const journalLine = (row: JournalRow): string => {
  const side = minorToDecimal(row.amount < 0n ? -row.amount : row.amount, row.currency)
  return csvLine([
    row.at.toISOString(), String(row.id), row.transaction_id, row.business_key, row.description, row.brand_id, row.entity, row.org_id, row.account,
      row.currency,
    row.amount > 0n ? side : '', row.amount < 0n ? side : '',
  ])
}

async function* journalLines(first: JournalRow[], next: (after: bigint) => Promise<JournalRow[]>): AsyncGenerator<string> {
  yield csvLine(JOURNAL)
  for (let rows = first; ;) {
    yield rows.map(journalLine).join('')
    const last = rows.at(-1)
    if (!last || rows.length < JOURNAL_PAGE) return
    rows = await next(last.id)
  }
}

export const journalCsv: FileOperation<typeof JournalInput> = {
  kind: 'file', name: 'admin.journal', summary: 'Every entry of the books as CSV, for the accountant', scope: 'staff', input: JournalInput,
  contentType: CSV, rest: { method: 'GET', path: '/admin/journal.csv', tag: 'Billing' },
  handle: async (meta, raw) => {
    const read = (after: bigint) => call(journalPage, meta, { ...(raw as object), after })
    return { body: journalLines(await read(0n), read), fileName: 'journal.csv' }
  },
}

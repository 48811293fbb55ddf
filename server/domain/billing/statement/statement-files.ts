import type { FileOperation } from '../../../core/composite.ts'
import { csvLine } from '../../../core/csv.ts'
import { call, query } from '../../../core/operation.ts'
import { runtime } from '../../../core/runtime.ts'
import { z } from 'zod'
import type { Statement } from '../../../contract/invoice.ts'
import { minorToDecimal, type Money } from '../../../contract/money.ts'
import { loadBuyers } from '../invoices/load-buyers.ts'
import { buyerParty, localeOf, sellerParty } from '../invoices/snapshot-of.ts'
import { renderStatementPdf, type StatementDocument } from '../pdf/statement-pdf.ts'
import { getStatement, readStatement, StatementInput } from './read-statement.ts'

const COLUMNS = ['date', 'type', 'document', 'amount', 'balance', 'currency']
const decimal = ({ amount, currency }: Money): string => minorToDecimal(BigInt(amount), currency)

const csvOf = ({ from, to, opening, closing, currency, rows }: Statement): string => [
  csvLine(COLUMNS), csvLine([from, 'opening_balance', '', '', decimal(opening), currency]),
  ...rows.map((row) => csvLine([row.date, row.type, row.document, decimal(row.amount), decimal(row.balance), currency])),
  csvLine([to, 'closing_balance', '', '', decimal(closing), currency]),
].join('')

export const statementCsv: FileOperation<typeof StatementInput> = {
  kind: 'file', name: 'billing.statement_csv', summary: 'The statement of account as CSV', scope: 'org', permission: 'billing:read', input: StatementInput,
  contentType: 'text/csv; charset=utf-8', rest: { method: 'GET', path: '/billing/statement.csv', tag: 'Billing' },
  handle: async (meta, raw) => {
    const statement = await call(getStatement, meta, raw)
    return { body: Buffer.from(csvOf(statement)), fileName: `statement-${statement.from}-${statement.to}.csv` }
  },
}

const statementDocument = query({
  name: 'billing.statement_document', summary: 'The statement of account with both parties', scope: 'org', permission: 'billing:read', input: StatementInput,
  output: z.custom<StatementDocument>(),
  run: ({ orgId, now }, input) => runtime().databases.asSystem('job', async (db): Promise<StatementDocument> => {
    const buyer = (await loadBuyers(db, [orgId]))(orgId)
    const statement = await readStatement(db, orgId, now, input)
    return { statement, locale: localeOf(buyer), brand: { name: buyer.brand.name, color: buyer.brand.accent }, seller: sellerParty(buyer),
      buyer: buyerParty(buyer) }
  }),
})

export const statementPdf: FileOperation<typeof StatementInput> = {
  kind: 'file', name: 'billing.statement_pdf', summary: 'The statement of account as PDF', scope: 'org', permission: 'billing:read', input: StatementInput,
  contentType: 'application/pdf', rest: { method: 'GET', path: '/billing/statement.pdf', tag: 'Billing' },
  handle: async (meta, raw) => {
    const document = await call(statementDocument, meta, raw)
    return { body: await renderStatementPdf(document), fileName: `statement-${document.statement.from}-${document.statement.to}.pdf` }
  },
}

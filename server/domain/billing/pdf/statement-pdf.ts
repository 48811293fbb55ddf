import type { Statement } from '../../../contract/invoice.ts'
import { makeDocument } from './document.ts'
import { amountText, longDate } from './format.ts'
import { LABELS } from './labels.ts'
import { BOTTOM, CONTENT_WIDTH, INK, PAGE, RIGHT, put, rule, type Doc } from './layout.ts'
import type { DocumentLocale, Party } from './snapshot.ts'

export interface StatementDocument { statement: Statement; locale: DocumentLocale; brand: { name: string; color: string }; seller: Party; buyer: Party }

const COLUMNS = { date: PAGE.margin, type: PAGE.margin + 110, document: PAGE.margin + 220, amount: PAGE.margin + 340, balance: PAGE.margin + 420 } as const
const AMOUNT_WIDTH = 76

const party = (doc: Doc, who: Party, x: number, y: number): number => {
  let at = y + put(doc, who.name, x, y, CONTENT_WIDTH / 2 - 16, { bold: true })
  for (const line of who.address) at += put(doc, line, x, at, CONTENT_WIDTH / 2 - 16)
  return at
}

const heading = (doc: Doc, { statement, locale, brand, seller, buyer }: StatementDocument): number => {
  const labels = LABELS[locale]
  put(doc, brand.name, PAGE.margin, PAGE.margin, CONTENT_WIDTH / 2, { size: 16, bold: true })
  put(doc, labels.statement, PAGE.margin + CONTENT_WIDTH / 2, PAGE.margin, CONTENT_WIDTH / 2, { size: 16, bold: true, align: 'right' })
  put(doc, `${longDate(statement.from, locale)} – ${longDate(statement.to, locale)}`, PAGE.margin, PAGE.margin + 24, CONTENT_WIDTH, { align: 'right', color: INK.muted })
  const y = PAGE.margin + 56
  return Math.max(party(doc, seller, PAGE.margin, y), party(doc, buyer, PAGE.margin + CONTENT_WIDTH / 2 + 16, y)) + 24
}

const row = (doc: Doc, y: number, [date, type, document, amount, balance]: readonly [string, string, string, string, string], bold = false): number => {
  put(doc, date, COLUMNS.date, y, 105, { bold })
  put(doc, type, COLUMNS.type, y, 105, { bold })
  const used = put(doc, document, COLUMNS.document, y, 115, { bold })
  put(doc, amount, COLUMNS.amount, y, AMOUNT_WIDTH, { align: 'right', bold })
  put(doc, balance, COLUMNS.balance, y, RIGHT - COLUMNS.balance, { align: 'right', bold })
  return y + Math.max(used, 12) + 6
}

export const renderStatementPdf = (document: StatementDocument): Promise<Buffer> => {
  const { statement, locale, brand, seller } = document
  const { currency, from, to, opening, closing, rows } = statement
  const labels = LABELS[locale]
  const text = (amount: number): string => amountText(amount, currency, locale)
  return makeDocument({ title: `${labels.statement} ${from} ${to}`, author: seller.name, creator: brand.name, date: to, locale }, document, (doc) => {
    let y = row(doc, heading(doc, document), [labels.date, '', '', `${labels.amount} (${currency})`, labels.balance], true)
    rule(doc, y - 3, INK.muted)
    y = row(doc, y, [longDate(from, locale), labels.opening, '', '', text(opening.amount)])
    for (const line of rows) {
      if (y > BOTTOM) {
        doc.addPage()
        y = PAGE.margin
      }
      y = row(doc, y, [longDate(line.date, locale), labels.moves[line.type], line.document, text(line.amount.amount), text(line.balance.amount)])
    }
    rule(doc, y - 2, INK.muted)
    row(doc, y + 4, [longDate(to, locale), labels.closing, '', '', text(closing.amount)], true)
  })
}

/** Invoice snapshot to PDF. No clock, no randomness, no compression: the same snapshot gives the same bytes on every machine. */
import type { InvoiceFonts } from './fonts.ts'
import { invoiceFonts } from './fonts.ts'
import { TITLES, amountText, dateRange, groupedDecimal, longDate, percentText, quantityText } from './format.ts'
import type { Doc } from './layout.ts'
import { BOTTOM, CONTENT_WIDTH, INK, PAGE, RIGHT, heightOf, put, rule } from './layout.ts'
import type { InvoiceSnapshot, Party, SnapshotLine } from './snapshot.ts'

const COLUMNS = {
  description: { x: PAGE.margin, width: 222 },
  quantity: { x: PAGE.margin + 228, width: 92 },
  unit: { x: PAGE.margin + 322, width: 62 },
  tax: { x: PAGE.margin + 386, width: 38 },
  amount: { x: PAGE.margin + 424, width: CONTENT_WIDTH - 424 },
} as const
const TOTALS_X = PAGE.margin + 272
const SAFE_COLOR = /^#[0-9a-f]{6}$/i

function heading(doc: Doc, snapshot: InvoiceSnapshot): number {
  const accent = SAFE_COLOR.test(snapshot.brand.color) ? snapshot.brand.color : INK.text
  doc.rect(0, 0, PAGE.width, 6).fill(accent)
  const nameHeight = put(doc, snapshot.brand.name, PAGE.margin, PAGE.margin, CONTENT_WIDTH / 2, { size: 16, bold: true })
  put(doc, TITLES[snapshot.kind], PAGE.margin + CONTENT_WIDTH / 2, PAGE.margin, CONTENT_WIDTH / 2, { size: 16, bold: true, align: 'right' })
  const numberHeight = put(doc, snapshot.number, PAGE.margin + CONTENT_WIDTH / 2, PAGE.margin + 24, CONTENT_WIDTH / 2, { size: 10, color: INK.muted, align: 'right' })
  return PAGE.margin + Math.max(nameHeight, 24 + numberHeight) + 24
}

function party(doc: Doc, label: string, who: Party, x: number, y: number, width: number): number {
  let at = y + put(doc, label, x, y, width, { size: 8, color: INK.muted })
  at += put(doc, who.name, x, at, width, { bold: true })
  const details = [...who.address, ...(who.email === null ? [] : [who.email]), ...(who.taxId === null ? [] : [`Tax ID ${who.taxId}`])]
  for (const line of details) at += put(doc, line, x, at, width)
  return at
}

function facts(doc: Doc, snapshot: InvoiceSnapshot, x: number, y: number, width: number): number {
  const rows: [string, string][] = [['Issued', longDate(snapshot.issuedOn)]]
  if (snapshot.dueOn !== null) rows.push(['Due', longDate(snapshot.dueOn)])
  rows.push(['Period', dateRange(snapshot.periodStart, snapshot.periodEnd)])
  if (snapshot.clearance !== null) rows.push(['IRN', snapshot.clearance.irn], ['CSID', snapshot.clearance.csid])
  let at = y
  for (const [label, value] of rows) {
    at += put(doc, label, x, at, width, { size: 8, color: INK.muted })
    at += put(doc, value, x, at, width) + 3
  }
  return at
}

function parties(doc: Doc, snapshot: InvoiceSnapshot, y: number): number {
  const width = (CONTENT_WIDTH - 32) / 3
  const ends = [
    party(doc, 'From', snapshot.seller, PAGE.margin, y, width),
    party(doc, 'Bill to', snapshot.buyer, PAGE.margin + width + 16, y, width),
    facts(doc, snapshot, PAGE.margin + 2 * (width + 16), y, width),
  ]
  return Math.max(...ends) + 20
}

function figure(doc: Doc, snapshot: InvoiceSnapshot, y: number): number {
  const due = snapshot.dueOn === null ? '' : ` due ${longDate(snapshot.dueOn)}`
  return y + put(doc, `${snapshot.currency} ${amountText(snapshot.amountDue, snapshot.currency)}${due}`, PAGE.margin, y, CONTENT_WIDTH, { size: 18, bold: true }) + 14
}

function tableHead(doc: Doc, snapshot: InvoiceSnapshot, y: number): number {
  const style = { size: 8, color: INK.muted } as const
  put(doc, 'Description', COLUMNS.description.x, y, COLUMNS.description.width, style)
  put(doc, 'Quantity', COLUMNS.quantity.x, y, COLUMNS.quantity.width, { ...style, align: 'right' })
  put(doc, 'Unit price', COLUMNS.unit.x, y, COLUMNS.unit.width, { ...style, align: 'right' })
  put(doc, snapshot.taxName, COLUMNS.tax.x, y, COLUMNS.tax.width, { ...style, align: 'right', wrap: false })
  put(doc, `Amount (${snapshot.currency})`, COLUMNS.amount.x, y, COLUMNS.amount.width, { ...style, align: 'right' })
  rule(doc, y + 14, INK.muted)
  return y + 20
}

const lineHeight = (doc: Doc, line: SnapshotLine): number => Math.max(
  heightOf(doc, line.description, COLUMNS.description.width)
    + heightOf(doc, dateRange(line.periodStart, line.periodEnd), COLUMNS.description.width, { size: 8 }),
  heightOf(doc, line.quantity, COLUMNS.quantity.width) + heightOf(doc, line.unit, COLUMNS.quantity.width, { size: 8 }),
  heightOf(doc, line.unitAmount ?? '', COLUMNS.unit.width),
) + 10

function tableLine(doc: Doc, snapshot: InvoiceSnapshot, line: SnapshotLine, y: number): void {
  const used = put(doc, line.description, COLUMNS.description.x, y, COLUMNS.description.width)
  put(doc, dateRange(line.periodStart, line.periodEnd), COLUMNS.description.x, y + used, COLUMNS.description.width, { size: 8, color: INK.muted })
  const quantityHeight = put(doc, quantityText(line.quantity), COLUMNS.quantity.x, y, COLUMNS.quantity.width, { align: 'right' })
  put(doc, line.unit, COLUMNS.quantity.x, y + quantityHeight, COLUMNS.quantity.width, { size: 8, color: INK.muted, align: 'right' })
  put(doc, line.unitAmount === null ? '' : groupedDecimal(line.unitAmount), COLUMNS.unit.x, y, COLUMNS.unit.width, { align: 'right' })
  put(doc, percentText(line.taxRate), COLUMNS.tax.x, y, COLUMNS.tax.width, { align: 'right', wrap: false })
  put(doc, amountText(line.amount, snapshot.currency), COLUMNS.amount.x, y, COLUMNS.amount.width, { align: 'right' })
}

function table(doc: Doc, snapshot: InvoiceSnapshot, top: number): number {
  let y = tableHead(doc, snapshot, top)
  for (const line of snapshot.lines) {
    const height = lineHeight(doc, line)
    if (y + height > BOTTOM) {
      doc.addPage()
      y = tableHead(doc, snapshot, PAGE.margin)
    }
    tableLine(doc, snapshot, line, y)
    y += height
    rule(doc, y - 5)
  }
  return y
}

function totalRows(snapshot: InvoiceSnapshot): [string, number][] {
  return [
    ['Subtotal', snapshot.subtotal],
    ...(snapshot.discount === 0 ? [] : [['Discount', -snapshot.discount] as [string, number]]),
    ...snapshot.taxes.map((tax): [string, number] => [
      `${snapshot.taxName} ${percentText(tax.rate)} on ${amountText(tax.base, snapshot.currency)}`, tax.amount]),
    ['Total', snapshot.total],
    ...(snapshot.creditsApplied === 0 ? [] : [['Credits applied', -snapshot.creditsApplied] as [string, number]]),
  ]
}

function totals(doc: Doc, snapshot: InvoiceSnapshot, top: number): void {
  const rows = totalRows(snapshot)
  let y = top + 8
  if (y + rows.length * 17 + 40 > BOTTOM) {
    doc.addPage()
    y = PAGE.margin
  }
  for (const [label, amount] of rows) {
    const bold = label === 'Total'
    put(doc, label, TOTALS_X, y, 160, { bold, color: bold ? INK.text : INK.muted })
    put(doc, amountText(amount, snapshot.currency), TOTALS_X + 150, y, RIGHT - TOTALS_X - 150, { align: 'right', bold })
    y += 17
  }
  if (snapshot.note !== null) put(doc, snapshot.note, PAGE.margin, y - rows.length * 17, TOTALS_X - PAGE.margin - 24, { color: INK.muted })
  rule(doc, y, INK.muted, TOTALS_X)
  put(doc, 'Amount due', TOTALS_X, y + 8, 160, { size: 11, bold: true })
  put(doc, `${snapshot.currency} ${amountText(snapshot.amountDue, snapshot.currency)}`, TOTALS_X + 90, y + 8, RIGHT - TOTALS_X - 90, { size: 11, bold: true, align: 'right' })
}

function footers(doc: Doc, snapshot: InvoiceSnapshot): void {
  const { count } = doc.bufferedPageRange()
  const y = PAGE.height - PAGE.margin
  for (let page = 0; page < count; page += 1) {
    doc.switchToPage(page)
    doc.page.margins.bottom = 0
    rule(doc, y - 8)
    put(doc, `${snapshot.seller.name} · ${TITLES[snapshot.kind]} ${snapshot.number}`, PAGE.margin, y, CONTENT_WIDTH - 100, { size: 8, color: INK.muted, wrap: false })
    put(doc, `Page ${page + 1} of ${count}`, RIGHT - 100, y, 100, { size: 8, color: INK.muted, align: 'right' })
  }
}

function collect(doc: Doc): Promise<Buffer> {
  const { promise, resolve, reject } = Promise.withResolvers<Buffer>()
  const chunks: Buffer[] = []
  doc.on('data', (chunk: Buffer) => { chunks.push(chunk) })
  doc.on('end', () => { resolve(Buffer.concat(chunks)) })
  doc.on('error', reject)
  return promise
}

export async function renderInvoicePdf(snapshot: InvoiceSnapshot, fonts: InvoiceFonts = invoiceFonts()): Promise<Buffer> {
  const { default: PDFDocument } = await import('pdfkit') // 29 MB of memory, for the processes that make one
  const doc = new PDFDocument({
    size: [PAGE.width, PAGE.height], margin: PAGE.margin, font: '', compress: false, bufferPages: true, lang: 'en', displayTitle: true,
    info: {
      Title: `${TITLES[snapshot.kind]} ${snapshot.number}`, Author: snapshot.seller.name, Creator: snapshot.brand.name, Producer: snapshot.brand.name,
      CreationDate: new Date(`${snapshot.issuedOn}T00:00:00Z`),
    },
  })
  const bytes = collect(doc)
  doc.registerFont('regular', fonts.regular).registerFont('semiBold', fonts.semiBold)
  const top = figure(doc, snapshot, parties(doc, snapshot, heading(doc, snapshot)))
  totals(doc, snapshot, table(doc, snapshot, top))
  footers(doc, snapshot)
  doc.end()
  return bytes
}

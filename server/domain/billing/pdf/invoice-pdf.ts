/** Invoice snapshot to PDF: invoices, pro formas and credit notes of every kind. */
import { makeDocument } from './document.ts'
import { amountText, dateRange, groupedDecimal, longDate, percentText, quantityText } from './format.ts'
import { LABELS, type Labels } from './labels.ts'
import type { Doc } from './layout.ts'
import { BOTTOM, CONTENT_WIDTH, INK, PAGE, RIGHT, heightOf, put, rule } from './layout.ts'
import { putQr } from './qr-code.ts'
import type { DocumentLocale, InvoiceSnapshot, Party, SnapshotLine } from './snapshot.ts'

const COLUMNS = {
  description: { x: PAGE.margin, width: 222 },
  quantity: { x: PAGE.margin + 228, width: 92 },
  unit: { x: PAGE.margin + 322, width: 62 },
  tax: { x: PAGE.margin + 386, width: 38 },
  amount: { x: PAGE.margin + 424, width: CONTENT_WIDTH - 424 },
} as const
const TOTALS_X = PAGE.margin + 272
const SAFE_COLOR = /^#[0-9a-f]{6}$/i
const QR_SIDE = 64

const localeOf = (snapshot: InvoiceSnapshot): DocumentLocale => snapshot.locale ?? 'en'
const labelsOf = (snapshot: InvoiceSnapshot): Labels => LABELS[localeOf(snapshot)]

function heading(doc: Doc, snapshot: InvoiceSnapshot): number {
  const accent = SAFE_COLOR.test(snapshot.brand.color) ? snapshot.brand.color : INK.text
  doc.rect(0, 0, PAGE.width, 6).fill(accent)
  const nameHeight = put(doc, snapshot.brand.name, PAGE.margin, PAGE.margin, CONTENT_WIDTH / 2, { size: 16, bold: true })
  put(doc, labelsOf(snapshot).titles[snapshot.kind], PAGE.margin + CONTENT_WIDTH / 2, PAGE.margin, CONTENT_WIDTH / 2, { size: 16, bold: true, align: 'right' })
  const numberHeight = put(doc, snapshot.number, PAGE.margin + CONTENT_WIDTH / 2, PAGE.margin + 24, CONTENT_WIDTH / 2, { size: 10, color: INK.muted, align: 'right' })
  return PAGE.margin + Math.max(nameHeight, 24 + numberHeight) + 24
}

function party(doc: Doc, labels: Labels, label: string, who: Party, x: number, y: number, width: number): number {
  let at = y + put(doc, label, x, y, width, { size: 8, color: INK.muted })
  at += put(doc, who.name, x, at, width, { bold: true })
  const details = [
    ...who.address, ...(who.email === null ? [] : [who.email]), ...(who.taxId === null ? [] : [`${labels.taxId} ${who.taxId}`]),
    ...(who.registrationNo ? [`${labels.registration} ${who.registrationNo}`] : []),
  ]
  for (const line of details) at += put(doc, line, x, at, width)
  return at
}

function facts(doc: Doc, snapshot: InvoiceSnapshot, x: number, y: number, width: number): number {
  const [labels, locale] = [labelsOf(snapshot), localeOf(snapshot)]
  const rows: [string, string][] = [[labels.issued, longDate(snapshot.issuedOn, locale)]]
  if (snapshot.dueOn !== null) rows.push([labels.due, longDate(snapshot.dueOn, locale)])
  if (snapshot.reference) rows.push([labels.credits_to, `${snapshot.reference.number}, ${longDate(snapshot.reference.issuedOn, locale)}`])
  rows.push([labels.period, dateRange(snapshot.periodStart, snapshot.periodEnd, locale)])
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
    party(doc, labelsOf(snapshot), labelsOf(snapshot).from, snapshot.seller, PAGE.margin, y, width),
    party(doc, labelsOf(snapshot), labelsOf(snapshot).billTo, snapshot.buyer, PAGE.margin + width + 16, y, width),
    facts(doc, snapshot, PAGE.margin + 2 * (width + 16), y, width),
  ]
  return Math.max(...ends) + 20
}

function figure(doc: Doc, snapshot: InvoiceSnapshot, y: number): number {
  const locale = localeOf(snapshot)
  const due = snapshot.dueOn === null ? '' : ` ${labelsOf(snapshot).dueOn} ${longDate(snapshot.dueOn, locale)}`
  return y + put(doc, `${snapshot.currency} ${amountText(snapshot.amountDue, snapshot.currency, locale)}${due}`, PAGE.margin, y, CONTENT_WIDTH, { size: 18, bold: true }) + 14
}

function tableHead(doc: Doc, snapshot: InvoiceSnapshot, y: number): number {
  const style = { size: 8, color: INK.muted } as const
  const labels = labelsOf(snapshot)
  put(doc, labels.description, COLUMNS.description.x, y, COLUMNS.description.width, style)
  put(doc, labels.quantity, COLUMNS.quantity.x, y, COLUMNS.quantity.width, { ...style, align: 'right' })
  put(doc, labels.unitPrice, COLUMNS.unit.x, y, COLUMNS.unit.width, { ...style, align: 'right' })
  put(doc, snapshot.taxName, COLUMNS.tax.x, y, COLUMNS.tax.width, { ...style, align: 'right', wrap: false })
  put(doc, `${labels.amount} (${snapshot.currency})`, COLUMNS.amount.x, y, COLUMNS.amount.width, { ...style, align: 'right' })
  rule(doc, y + 14, INK.muted)
  return y + 20
}

const lineHeight = (doc: Doc, line: SnapshotLine, locale: DocumentLocale): number => Math.max(
  heightOf(doc, line.description, COLUMNS.description.width)
    + heightOf(doc, dateRange(line.periodStart, line.periodEnd, locale), COLUMNS.description.width, { size: 8 }),
  heightOf(doc, line.quantity, COLUMNS.quantity.width) + heightOf(doc, line.unit, COLUMNS.quantity.width, { size: 8 }),
  heightOf(doc, line.unitAmount ?? '', COLUMNS.unit.width),
) + 10

function tableLine(doc: Doc, snapshot: InvoiceSnapshot, line: SnapshotLine, y: number): void {
  const locale = localeOf(snapshot)
  const used = put(doc, line.description, COLUMNS.description.x, y, COLUMNS.description.width)
  put(doc, dateRange(line.periodStart, line.periodEnd, locale), COLUMNS.description.x, y + used, COLUMNS.description.width, { size: 8, color: INK.muted })
  const quantityHeight = put(doc, quantityText(line.quantity, locale), COLUMNS.quantity.x, y, COLUMNS.quantity.width, { align: 'right' })
  put(doc, line.unit, COLUMNS.quantity.x, y + quantityHeight, COLUMNS.quantity.width, { size: 8, color: INK.muted, align: 'right' })
  put(doc, line.unitAmount === null ? '' : groupedDecimal(line.unitAmount, locale), COLUMNS.unit.x, y, COLUMNS.unit.width, { align: 'right' })
  put(doc, percentText(line.taxRate, locale), COLUMNS.tax.x, y, COLUMNS.tax.width, { align: 'right', wrap: false })
  put(doc, amountText(line.amount, snapshot.currency, locale), COLUMNS.amount.x, y, COLUMNS.amount.width, { align: 'right' })
}

function table(doc: Doc, snapshot: InvoiceSnapshot, top: number): number {
  let y = tableHead(doc, snapshot, top)
  for (const line of snapshot.lines) {
    const height = lineHeight(doc, line, localeOf(snapshot))
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
  const [labels, locale] = [labelsOf(snapshot), localeOf(snapshot)]
  return [
    [labels.subtotal, snapshot.subtotal],
    ...(snapshot.discount === 0 ? [] : [[labels.discount, -snapshot.discount] as [string, number]]),
    ...snapshot.taxes.map((tax): [string, number] => [
      `${tax.name ?? snapshot.taxName} ${percentText(tax.rate, locale)} ${labels.on} ${amountText(tax.base, snapshot.currency, locale)}${tax.inclusive === true ? `, ${labels.included}` : ''}`, tax.amount]),
    [labels.total, snapshot.total],
    ...(snapshot.creditsApplied === 0 ? [] : [[labels.credits, -snapshot.creditsApplied] as [string, number]]),
  ]
}

/** Beside the sums: why no tax was charged, what the seller has to say, where to pay. */
function notes(doc: Doc, snapshot: InvoiceSnapshot, top: number): void {
  const [labels, width] = [labelsOf(snapshot), TOTALS_X - PAGE.margin - 24]
  const wording = [...new Set(snapshot.taxes.flatMap((tax) => (tax.wording ? [tax.wording] : [])))]
  let y = top
  for (const text of [...wording, ...(snapshot.note === null ? [] : [snapshot.note])]) y += put(doc, text, PAGE.margin, y, width, { color: INK.muted }) + 4
  const bank = snapshot.kind === 'credit_note' ? [] : snapshot.seller.bankDetails ?? []
  if (bank.length > 0) y += put(doc, `${labels.bank}: ${bank.join(', ')}`, PAGE.margin, y, width, { size: 8, color: INK.muted }) + 4
  const codes = [
    ...(snapshot.payUrl && snapshot.amountDue > 0 ? [{ text: snapshot.payUrl, label: labels.scanToPay }] : []),
    ...(snapshot.clearance?.qr ? [{ text: snapshot.clearance.qr, label: labels.verify }] : []),
  ]
  codes.forEach(({ text, label }, index) => {
    const x = PAGE.margin + index * (QR_SIDE + 24)
    putQr(doc, text, x, y + 4, QR_SIDE)
    put(doc, label, x, y + QR_SIDE + 8, QR_SIDE + 20, { size: 8, color: INK.muted })
  })
}

function totals(doc: Doc, snapshot: InvoiceSnapshot, top: number): void {
  const [rows, labels, locale] = [totalRows(snapshot), labelsOf(snapshot), localeOf(snapshot)]
  let y = top + 8
  if (y + Math.max(rows.length * 17 + 40, QR_SIDE + 60) > BOTTOM) {
    doc.addPage()
    y = PAGE.margin
  }
  notes(doc, snapshot, y)
  for (const [label, amount] of rows) {
    const bold = label === labels.total
    put(doc, label, TOTALS_X, y, 160, { bold, color: bold ? INK.text : INK.muted })
    put(doc, amountText(amount, snapshot.currency, locale), TOTALS_X + 150, y, RIGHT - TOTALS_X - 150, { align: 'right', bold })
    y += Math.max(17, heightOf(doc, label, 160, { bold }) + 3)
  }
  rule(doc, y, INK.muted, TOTALS_X)
  put(doc, snapshot.kind === 'credit_note' ? labels.amountCredited : labels.amountDue, TOTALS_X, y + 8, 160, { size: 11, bold: true })
  put(doc, `${snapshot.currency} ${amountText(snapshot.amountDue, snapshot.currency, locale)}`, TOTALS_X + 90, y + 8, RIGHT - TOTALS_X - 90, { size: 11, bold: true, align: 'right' })
}

function footers(doc: Doc, snapshot: InvoiceSnapshot): void {
  const { count } = doc.bufferedPageRange()
  const y = PAGE.height - PAGE.margin
  for (let page = 0; page < count; page += 1) {
    doc.switchToPage(page)
    doc.page.margins.bottom = 0
    rule(doc, y - 8)
    put(doc, `${snapshot.seller.name} · ${labelsOf(snapshot).titles[snapshot.kind]} ${snapshot.number}`, PAGE.margin, y, CONTENT_WIDTH - 100, { size: 8, color: INK.muted, wrap: false })
    put(doc, `${labelsOf(snapshot).page} ${page + 1} ${labelsOf(snapshot).of} ${count}`, RIGHT - 100, y, 100, { size: 8, color: INK.muted, align: 'right' })
  }
}

export const renderInvoicePdf = (snapshot: InvoiceSnapshot): Promise<Buffer> => makeDocument({
  title: `${labelsOf(snapshot).titles[snapshot.kind]} ${snapshot.number}`, author: snapshot.seller.name, creator: snapshot.brand.name, date: snapshot.issuedOn, locale: localeOf(snapshot),
}, snapshot, (doc) => {
  const top = figure(doc, snapshot, parties(doc, snapshot, heading(doc, snapshot)))
  totals(doc, snapshot, table(doc, snapshot, top))
  footers(doc, snapshot)
})

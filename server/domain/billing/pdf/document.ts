import { invoiceFonts, type InvoiceFonts } from './fonts.ts'
import { PAGE, type Doc } from './layout.ts'

export interface DocumentFrame { title: string; author: string; creator: string; date: string; locale: string }

const collect = (doc: Doc): Promise<Buffer> => {
  const { promise, resolve, reject } = Promise.withResolvers<Buffer>()
  const chunks: Buffer[] = []
  doc.on('data', (chunk: Buffer) => { chunks.push(chunk) })
  doc.on('end', () => { resolve(Buffer.concat(chunks)) })
  doc.on('error', reject)
  return promise
}

/** One A4 document. No clock, no randomness, no compression: the same drawing gives the same bytes on every machine. */
export const makeDocument = async ({ title, author, creator, date, locale }: DocumentFrame, draw: (doc: Doc) => void, fonts: InvoiceFonts = invoiceFonts()): Promise<Buffer> => {
  const { default: PDFDocument } = await import('pdfkit') // 29 MB of memory, for the processes that make one
  const doc = new PDFDocument({
    size: [PAGE.width, PAGE.height], margin: PAGE.margin, font: '', compress: false, bufferPages: true, lang: locale, displayTitle: true,
    info: { Title: title, Author: author, Creator: creator, Producer: creator, CreationDate: new Date(`${date}T00:00:00Z`) },
  })
  const bytes = collect(doc)
  doc.registerFont('regular', fonts.regular).registerFont('semiBold', fonts.semiBold)
  draw(doc)
  doc.end()
  return bytes
}

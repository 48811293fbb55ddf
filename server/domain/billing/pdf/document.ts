import { registerFonts } from './fonts.ts'
import { PAGE, type Doc } from './layout.ts'
import { fontFileOf } from './scripts.ts'

export interface DocumentFrame { title: string; author: string; creator: string; date: string; locale: string }

const collect = (doc: Doc): Promise<Buffer> => {
  const { promise, resolve, reject } = Promise.withResolvers<Buffer>()
  const chunks: Buffer[] = []
  doc.on('data', (chunk: Buffer) => { chunks.push(chunk) })
  doc.on('end', () => { resolve(Buffer.concat(chunks)) })
  doc.on('error', reject)
  return promise
}

/** Fonts beside Inter that some text of the document needs. */
const filesFor = (texts: unknown): Set<string> => new Set([...JSON.stringify(texts)].flatMap((char) => fontFileOf(char) ?? []))

/**
 * One A4 document. No clock, no randomness, no compression: the same drawing gives the same bytes on every machine. `texts` is all that
 * will be drawn, so that its fonts are ready.
 */
export const makeDocument = async ({ title, author, creator, date, locale }: DocumentFrame, texts: unknown, draw: (doc: Doc) => void): Promise<Buffer> => {
  const { default: PDFDocument } = await import('pdfkit')
  const doc = new PDFDocument({
    size: [PAGE.width, PAGE.height], margin: PAGE.margin, font: '', compress: false, bufferPages: true, lang: locale, displayTitle: true,
    info: { Title: title, Author: author, Creator: creator, Producer: creator, CreationDate: new Date(`${date}T00:00:00Z`) },
  })
  const bytes = collect(doc)
  await registerFonts(doc, filesFor(texts))
  draw(doc)
  doc.end()
  return bytes
}

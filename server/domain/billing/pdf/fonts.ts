import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Doc } from './layout.ts'
import { plainFont } from './woff.ts'

/** Beside this file when run from source, or in the checkout that holds `dist/` when bundled. */
const FOLDERS = [join(import.meta.dirname, 'fonts'), join(import.meta.dirname, '..', 'server', 'domain', 'billing', 'pdf', 'fonts')]

/** A parsed font, as pdfkit takes it: reading one costs more than drawing a page, so every document shares it. */
type Parsed = Parameters<Doc['registerFont']>[1]
type Kept = Doc & { _font: { font: Parsed } }

const parsed = new Map<string, Parsed>()

interface Run { readonly positions: readonly object[] }
interface Shaping { layout(text: string, ...more: unknown[]): Run }
const MOST_WORDS = 5_000

/**
 * Shaping a word costs more than drawing it, and invoices are made of the same words: a font shapes each once. pdfkit scales the positions
 * it is given in place, so everybody gets their own.
 */
const rememberWords = (font: Parsed): Parsed => {
  const shaping = font as unknown as Shaping
  const shape = shaping.layout.bind(shaping)
  const known = new Map<string, Run>()
  shaping.layout = (text, ...more) => {
    const key = JSON.stringify([text, ...more])
    const run = known.get(key) ?? shape(text, ...more)
    if (known.size >= MOST_WORDS) known.clear()
    known.set(key, run)
    return Object.create(run, { positions: { value: run.positions.map((position) => ({ ...position })) } }) as Run
  }
  return font
}

/** pdfkit's own parser reads the file, in a document nobody sees. */
const parse = async (file: string): Promise<Parsed> => {
  const { default: PDFDocument } = await import('pdfkit') // 29 MB of memory, for the processes that make one
  const scratch = new PDFDocument({ font: '' })
  scratch.font(plainFont(readFileSync(file)))
  return rememberWords((scratch as Kept)._font.font)
}

const INTER = { regular: 'Inter-Regular.ttf', semiBold: 'Inter-SemiBold.ttf' } as const

/** Puts Inter into a document, and each other font it asks for. */
export const registerFonts = async (doc: Doc, files: Iterable<string>): Promise<void> => {
  const folder = FOLDERS.find((candidate) => existsSync(join(candidate, INTER.regular)))
  if (folder === undefined) throw new Error(`invoice fonts are missing, looked in ${FOLDERS.join(' and ')}`)
  const inter = Object.entries(INTER).map(([name, file]) => ({ name, file: join(folder, file) }))
  for (const { name, file } of [...inter, ...[...files].map((other) => ({ name: other, file: other }))]) {
    const font = parsed.get(file) ?? await parse(file)
    parsed.set(file, font)
    doc.registerFont(name, font)
  }
}

/** Measures of the page, in points, and the few drawing moves the documents are made of. */
import type PDFDocument from 'pdfkit'
import { baseDirection, isPlain, visualOrder, wordsOf, type Word } from './scripts.ts'

export type Doc = InstanceType<typeof PDFDocument>

export const PAGE = { width: 595.28, height: 841.89, margin: 48, footer: 56 } as const
export const CONTENT_WIDTH = PAGE.width - 2 * PAGE.margin
export const RIGHT = PAGE.width - PAGE.margin
export const BOTTOM = PAGE.height - PAGE.margin - PAGE.footer

export const INK = { text: '#17181c', muted: '#5d6370', rule: '#d9dce3' } as const

export type TextStyle = { readonly size?: number; readonly bold?: boolean; readonly color?: string; readonly align?: 'left' | 'right'; readonly wrap?: boolean }

const LINE_GAP = 2
/** Height of a line as Inter has it, so that lines of other scripts stand in the same grid. */
const lineHeight = (size: number): number => size * 1.21 + LINE_GAP

/** Of Inter: where its baseline is below the top of a line. */
const ASCENT = 0.97

interface Placed extends Word { width: number }

const useFont = (doc: Doc, file: string | null, { bold = false, size = 9 }: TextStyle): Doc => doc.font(file ?? (bold ? 'semiBold' : 'regular')).fontSize(size)

const measured = (doc: Doc, text: string, style: TextStyle): Placed[] => wordsOf(text).map((word) => (
  { ...word, width: word.runs.reduce((sum, run) => sum + useFont(doc, run.file, style).widthOfString(run.text), 0) }))

const brokenInto = (words: readonly Placed[], space: number, width: number): Placed[][] => {
  const lines: Placed[][] = [[]]
  let used = 0
  for (const word of words) {
    const gap = used > 0 && word.spaced ? space : 0
    if (used > 0 && used + gap + word.width > width) {
      lines.push([word])
      used = word.width
    } else {
      lines.at(-1)?.push(word)
      used += gap + word.width
    }
  }
  return lines
}

/** Lines that need more than Inter: each run in its own font, in the order the eye meets them. */
const putMixed = (doc: Doc, text: string, at: { x: number; y: number; width: number }, style: TextStyle, draw: boolean): number => {
  const { size = 9, color = INK.text, align = 'left', wrap = true } = style
  const space = useFont(doc, null, style).widthOfString(' ')
  const broken = brokenInto(measured(doc, text, style), space, at.width)
  const lines = wrap ? broken : broken.slice(0, 1)
  const base = baseDirection(text)
  if (draw) {
    lines.forEach((words, row) => {
      const ordered = visualOrder(words, base)
      const total = ordered.reduce((sum, word, index) => sum + word.width + (index > 0 && word.spaced ? space : 0), 0)
      let x = align === 'right' ? at.x + at.width - total : at.x
      ordered.forEach((word, index) => {
        if (index > 0 && word.spaced) x += space
        for (const run of word.runs) {
          useFont(doc, run.file, style).fillColor(color).text(run.text, x, at.y + row * lineHeight(size) + size * ASCENT, { lineBreak: false, baseline: 'alphabetic' })
          x += doc.widthOfString(run.text)
        }
      })
    })
  }
  return lines.length * lineHeight(size)
}

/** Puts text into a box of fixed width and answers the height it took. */
export function put(doc: Doc, text: string, x: number, y: number, width: number, style: TextStyle = {}): number {
  if (!isPlain(text)) return putMixed(doc, text, { x, y, width }, style, true)
  const { size = 9, bold = false, color = INK.text, align = 'left', wrap = true } = style
  doc.font(bold ? 'semiBold' : 'regular').fontSize(size).fillColor(color)
  const options = { width, align, lineGap: LINE_GAP, ...(align === 'right' ? { features: ['tnum' as const] } : {}), ...(wrap ? {} : { height: size, ellipsis: true }) }
  const height = wrap ? doc.heightOfString(text, options) : size + 2
  doc.text(text, x, y, options)
  return height
}

export function heightOf(doc: Doc, text: string, width: number, style: TextStyle = {}): number {
  if (!isPlain(text)) return putMixed(doc, text, { x: 0, y: 0, width }, style, false)
  doc.font(style.bold === true ? 'semiBold' : 'regular').fontSize(style.size ?? 9)
  return doc.heightOfString(text, { width, lineGap: LINE_GAP })
}

export function rule(doc: Doc, y: number, color: string = INK.rule, from: number = PAGE.margin): void {
  doc.moveTo(from, y).lineTo(RIGHT, y).lineWidth(0.7).strokeColor(color).stroke()
}

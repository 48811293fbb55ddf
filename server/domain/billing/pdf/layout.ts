/** Measures of the page, in points, and the few drawing moves the invoice is made of. */
import type PDFDocument from 'pdfkit'

export type Doc = InstanceType<typeof PDFDocument>

export const PAGE = { width: 595.28, height: 841.89, margin: 48, footer: 56 } as const
export const CONTENT_WIDTH = PAGE.width - 2 * PAGE.margin
export const RIGHT = PAGE.width - PAGE.margin
export const BOTTOM = PAGE.height - PAGE.margin - PAGE.footer

export const INK = { text: '#17181c', muted: '#5d6370', rule: '#d9dce3' } as const

export type TextStyle = { readonly size?: number; readonly bold?: boolean; readonly color?: string; readonly align?: 'left' | 'right'; readonly wrap?: boolean }

/** Puts text into a box of fixed width and answers the height it took. */
export function put(doc: Doc, text: string, x: number, y: number, width: number, style: TextStyle = {}): number {
  const { size = 9, bold = false, color = INK.text, align = 'left', wrap = true } = style
  doc.font(bold ? 'semiBold' : 'regular').fontSize(size).fillColor(color)
  const options = { width, align, lineGap: 2, ...(align === 'right' ? { features: ['tnum' as const] } : {}), ...(wrap ? {} : { height: size, ellipsis: true }) }
  const height = wrap ? doc.heightOfString(text, options) : size + 2
  doc.text(text, x, y, options)
  return height
}

export function heightOf(doc: Doc, text: string, width: number, style: TextStyle = {}): number {
  doc.font(style.bold === true ? 'semiBold' : 'regular').fontSize(style.size ?? 9)
  return doc.heightOfString(text, { width, lineGap: 2 })
}

export function rule(doc: Doc, y: number, color: string = INK.rule, from: number = PAGE.margin): void {
  doc.moveTo(from, y).lineTo(RIGHT, y).lineWidth(0.7).strokeColor(color).stroke()
}

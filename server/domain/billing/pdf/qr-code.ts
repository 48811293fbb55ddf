import { encode } from 'uqr'
import { INK, type Doc } from './layout.ts'

/** A QR code in a square of the given side, drawn as one path. */
export function putQr(doc: Doc, text: string, x: number, y: number, side: number): void {
  const { data, size } = encode(text, { ecc: 'M', border: 0 })
  const cell = side / size
  data.forEach((row, line) => {
    for (let column = 0; column < row.length; column += 1) {
      let end = column
      while (row[end] === true) end += 1
      if (end > column) doc.rect(x + column * cell, y + line * cell, (end - column) * cell, cell)
      column = end
    }
  })
  doc.fill(INK.text)
}

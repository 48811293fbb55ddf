/** Reads the text back out of a PDF of ours, for tests: uncompressed streams, glyph codes mapped by each font's ToUnicode table. */
type Glyphs = ReadonlyMap<string, string>

function unicodeMap(cmap: string): Glyphs {
  const map = new Map<string, string>()
  for (const block of cmap.matchAll(/beginbfrange\s([\s\S]*?)endbfrange/g)) {
    for (const range of (block[1] ?? '').matchAll(/<([0-9a-f]+)>\s*<[0-9a-f]+>\s*\[([^\]]*)\]/gi)) {
      const first = Number.parseInt(range[1] ?? '0', 16)
      const targets = [...(range[2] ?? '').matchAll(/<([0-9a-f ]*)>/gi)]
      targets.forEach((target, offset) => {
        const units = (target[1] ?? '').match(/[0-9a-f]{4}/gi) ?? []
        map.set((first + offset).toString(16).padStart(4, '0'), String.fromCharCode(...units.map((unit) => Number.parseInt(unit, 16))))
      })
    }
  }
  return map
}

function fontMaps(pdf: string): ReadonlyMap<string, Glyphs> {
  const objects = new Map([...pdf.matchAll(/(\d+) 0 obj\n([\s\S]*?)\nendobj/g)].map((match) => [match[1] ?? '', match[2] ?? '']))
  const fonts = new Map<string, Glyphs>()
  for (const [, name = '', id = ''] of pdf.matchAll(/\/(F\d+) (\d+) 0 R/g)) {
    const toUnicode = /\/ToUnicode (\d+) 0 R/.exec(objects.get(id) ?? '')?.[1]
    if (toUnicode !== undefined) fonts.set(name, unicodeMap(objects.get(toUnicode) ?? ''))
  }
  return fonts
}

export function pdfText(bytes: Buffer): string {
  const pdf = bytes.toString('latin1')
  const fonts = fontMaps(pdf)
  const words: string[] = []
  let glyphs: Glyphs = new Map()
  for (const token of pdf.matchAll(/\/(F\d+) [\d.]+ Tf|\[([^\]]*)\] TJ/g)) {
    if (token[1] !== undefined) glyphs = fonts.get(token[1]) ?? glyphs
    const codes = [...(token[2] ?? '').matchAll(/<([0-9a-f]+)>/gi)].map((hex) => hex[1] ?? '').join('').match(/.{4}/g) ?? []
    if (codes.length > 0) words.push(codes.map((code) => glyphs.get(code) ?? '?').join(''))
  }
  return words.join('\n')
}

/** Just enough XML for bank messages: elements, attributes, text, CDATA. Document types and entities of their own are refused. */
export interface XmlNode { name: string; attributes: Readonly<Record<string, string>>; text: string; children: XmlNode[]; line: number }

export class XmlFault extends Error {
  readonly line: number
  constructor(line: number, message: string) {
    super(message)
    this.line = line
  }
}

const MAX_DEPTH = 60
const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }
const TAG = /^<(?<close>\/)?(?<name>[\p{L}_][\p{L}\p{N}_.:-]*)(?<attributes>(?:\s+[\p{L}_][\p{L}\p{N}_.:-]*\s*=\s*(?:"[^"<]*"|'[^'<]*'))*)\s*(?<empty>\/)?>$/u
const ATTRIBUTE = /([\p{L}_][\p{L}\p{N}_.:-]*)\s*=\s*(?:"([^"]*)"|'([^']*)')/gu

const unescape = (text: string, line: number): string => text.replaceAll(/&([^;&\s]{0,10});?/g, (whole, name: string) => {
  const number = /^#(?:x([0-9a-f]+)|(\d+))$/i.exec(name)
  const code = number ? Number.parseInt(number[1] ?? number[2] ?? '', number[1] === undefined ? 10 : 16) : null
  const found = code === null ? ENTITIES[name] : code > 0x1f && code <= 0x10ffff ? String.fromCodePoint(code) : ' '
  if (found === undefined || !whole.endsWith(';')) throw new XmlFault(line, `Unknown entity &${name};.`)
  return found
})

const local = (name: string): string => name.slice(name.indexOf(':') + 1)

/** Namespaces are dropped: versions of the same message differ in nothing else we read. */
export const parseXml = (source: string): XmlNode => {
  const root: XmlNode = { name: '', attributes: {}, text: '', children: [], line: 1 }
  const open: XmlNode[] = [root]
  let line = 1
  const top = (): XmlNode => open.at(-1) ?? root
  for (const { kind, text } of pieces(source.startsWith('\ufeff') ? source.slice(1) : source)) {
    if (kind === 'broken') throw new XmlFault(line, 'A sign of XML is not closed.')
    if (kind === 'text') top().text += unescape(text, line)
    if (kind === 'cdata') top().text += text.slice(9, -3)
    if (kind === 'declaration') throw new XmlFault(line, 'Document types are not taken.')
    if (kind === 'tag') tag(text, open, line)
    for (const sign of text) if (sign === '\n') line += 1
  }
  const [document] = root.children
  if (open.length > 1) throw new XmlFault(line, `<${top().name}> is not closed.`)
  if (!document || root.children.length > 1 || root.text.trim() !== '') throw new XmlFault(line, 'This is no XML document.')
  return document
}

const tag = (text: string, open: XmlNode[], line: number): void => {
  const found = TAG.exec(text)?.groups
  if (!found?.name) throw new XmlFault(line, `"${text.slice(0, 40)}" is no element.`)
  const name = local(found.name)
  if (found.close) {
    if (open.length < 2 || open.at(-1)?.name !== name) throw new XmlFault(line, `</${name}> closes nothing.`)
    open.pop()
    return
  }
  const attributes: Record<string, string> = Object.fromEntries([...(found.attributes ?? '').matchAll(ATTRIBUTE)].map(([, key = '', a, b]) => [local(key), unescape(a ?? b ?? '', line)]))
  const node: XmlNode = { name, attributes, text: '', children: [], line }
  open.at(-1)?.children.push(node)
  if (!found.empty) open.push(node)
  if (open.length > MAX_DEPTH) throw new XmlFault(line, 'The document is nested too deeply.')
}

type Piece = { kind: 'text' | 'tag' | 'cdata' | 'comment' | 'declaration' | 'broken'; text: string }
const SPECIAL = [['<!--', '-->', 'comment'], ['<![CDATA[', ']]>', 'cdata'], ['<?', '?>', 'comment'], ['<!', '>', 'declaration'], ['<', '>', 'tag']] as const

function* pieces(source: string): Generator<Piece> {
  let at = 0
  while (at < source.length) {
    const next = source.indexOf('<', at)
    const until = next < 0 ? source.length : next
    if (until > at) yield { kind: 'text', text: source.slice(at, until) }
    at = until
    if (at >= source.length) return
    const special = SPECIAL.find(([begin]) => source.startsWith(begin, at))
    const end = special ? source.indexOf(special[1], at + special[0].length) : -1
    if (!special || end < 0) {
      yield { kind: 'broken', text: '' }
      return
    }
    yield { kind: special[2], text: source.slice(at, end + special[1].length) }
    at = end + special[1].length
  }
}

export const child = (node: XmlNode | undefined, ...path: string[]): XmlNode | undefined =>
  path.reduce<XmlNode | undefined>((at, name) => at?.children.find((one) => one.name === name), node)
export const childrenOf = (node: XmlNode | undefined, name: string): XmlNode[] => node?.children.filter((one) => one.name === name) ?? []
export const textOf = (node: XmlNode | undefined, ...path: string[]): string => child(node, ...path)?.text.trim() ?? ''

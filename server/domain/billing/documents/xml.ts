/** Just enough XML to write a document: names are ours, text is escaped, what no XML may hold is left out. */
export type XmlNode = { readonly name: string; readonly attributes?: Readonly<Record<string, string>>; readonly children: readonly XmlNode[] | string }

export const el = (name: string, children: readonly (XmlNode | null)[] | string, attributes?: Readonly<Record<string, string>>): XmlNode => ({
  name, children: typeof children === 'string' ? children : children.filter((child) => child !== null), ...(attributes ? { attributes } : {}),
})

/** An element only where there is something to say. */
export const maybe = (name: string, text: string | null | undefined): XmlNode | null => (text === null || text === undefined || text === '' ? null : el(name, text))

 
const FORBIDDEN = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g
const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }
const escaped = (text: string): string => text.replace(FORBIDDEN, '').replace(/[&<>"]/g, (sign) => ENTITIES[sign] ?? sign)

const write = (node: XmlNode, indent: string): string => {
  const attributes = Object.entries(node.attributes ?? {}).map(([key, value]) => ` ${key}="${escaped(value)}"`).join('')
  if (typeof node.children === 'string') return `${indent}<${node.name}${attributes}>${escaped(node.children)}</${node.name}>\n`
  return `${indent}<${node.name}${attributes}>\n${node.children.map((child) => write(child, `${indent}  `)).join('')}${indent}</${node.name}>\n`
}

export const xmlDocument = (root: XmlNode): string => `<?xml version="1.0" encoding="UTF-8"?>\n${write(root, '')}`

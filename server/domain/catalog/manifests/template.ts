/** `{{name}}` templates of manifests. Pure; a template never reads anything but what is named here. */

export type TemplateReference =
  | { kind: 'parameter', name: string }
  | { kind: 'generated', name: string }
  | { kind: 'service', key: string, field: 'host' | 'port' }

const PLACEHOLDER = /\{\{([^{}]*)\}\}/g

function parseReference(text: string): TemplateReference | null {
  const [first = '', second, third, ...rest] = text.trim().split('.')
  if (rest.length > 0 || first === '') return null
  if (second === undefined) return { kind: 'parameter', name: first }
  if (first === 'generated' && third === undefined && second !== '') return { kind: 'generated', name: second }
  if (first === 'services' && second !== '' && (third === 'host' || third === 'port')) return { kind: 'service', key: second, field: third }
  return null
}

export interface TemplatePart { text: string, reference: TemplateReference | null }

/** Every placeholder of a template, in order. A reference of null means its text has no known form. */
export function placeholders(template: string): TemplatePart[] {
  return [...template.matchAll(PLACEHOLDER)].map((match) => ({ text: match[0], reference: parseReference(match[1] ?? '') }))
}

/** Values are put in as they are: braces inside a value are never read as a template. */
export function fillTemplate(template: string, valueOf: (reference: TemplateReference) => string): string {
  return template.replace(PLACEHOLDER, (text, inner: string) => {
    const reference = parseReference(inner)
    return reference === null ? text : valueOf(reference)
  })
}

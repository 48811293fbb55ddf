const primitive = (value: unknown): value is string | number | boolean => ['string', 'number', 'boolean'].includes(typeof value)

function* pairsOf(name: string, value: unknown): Generator<[string, string]> {
  if (value instanceof Date) yield [name, value.toISOString()]
  else if (Array.isArray(value)) yield [name, value.filter(primitive).join(',')]
  else if (primitive(value)) yield [name, String(value)]
  else if (typeof value === 'object' && value !== null) for (const [key, inner] of Object.entries(value)) yield* pairsOf(`${name}[${key}]`, inner)
}

/** `{filter: {created_at: {gte: x}}, sort: ['-name']}` -> `filter[created_at][gte]=x&sort=-name`; what is undefined is left out. */
export function serializeQuery(query: Record<string, unknown>): string {
  const search = new URLSearchParams()
  for (const [name, value] of Object.entries(query)) for (const pair of pairsOf(name, value)) search.append(...pair)
  return search.toString()
}

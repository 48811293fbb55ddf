/** Always an own field, `__proto__` too: the schema then refuses it by name like any other it does not know. */
const put = (at: object, key: string, value: unknown): void => {
  Object.defineProperty(at, key, { value, enumerable: true, writable: true, configurable: true })
}

/** `a=1&filter[status]=x&filter[at][gte]=y` -> `{a: '1', filter: {status: 'x', at: {gte: 'y'}}}`. The last of equal names wins. */
export const parseQuery = (search: URLSearchParams): Record<string, unknown> => {
  const out: Record<string, unknown> = {}
  for (const [name, value] of search) {
    const keys = name.split(/\[|\]\[?/).filter((k) => k !== '').slice(0, 4)
    let at: object = out
    for (const key of keys.slice(0, -1)) {
      const next: unknown = Object.getOwnPropertyDescriptor(at, key)?.value
      const inner = typeof next === 'object' && next !== null ? next : {}
      put(at, key, inner)
      at = inner
    }
    const last = keys.at(-1)
    if (last) put(at, last, value)
  }
  return out
}

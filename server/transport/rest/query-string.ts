/** `a=1&filter[status]=x&filter[at][gte]=y` -> `{a: '1', filter: {status: 'x', at: {gte: 'y'}}}`. The last of equal names wins. */
export const parseQuery = (search: URLSearchParams): Record<string, unknown> => {
  const out: Record<string, unknown> = Object.create(null) as Record<string, unknown>
  for (const [name, value] of search) {
    const keys = name.split(/\[|\]\[?/).filter((k) => k !== '').slice(0, 4)
    if (keys.includes('__proto__')) continue
    let at = out
    for (const key of keys.slice(0, -1)) {
      const next = at[key]
      at = at[key] = typeof next === 'object' && next !== null ? { ...next } : {}
    }
    const last = keys.at(-1)
    if (last) at[last] = value
  }
  return { ...out }
}

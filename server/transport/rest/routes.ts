import type { AnyOperation } from '../../core/operation.ts'

export interface RestRouteMatch { operation: AnyOperation; params: Record<string, string> }
interface Compiled { operation: AnyOperation; segments: string[] }

/** Finds operations by method and path. Several may share a path; 405 needs to know which methods exist. */
export interface RouteTable {
  match(method: string, path: string): RestRouteMatch | { allowed: string[] } | null
}

export const compileRoutes = (operations: readonly AnyOperation[]): RouteTable => {
  const byCount = new Map<number, Compiled[]>()
  for (const operation of operations) {
    if (!operation.rest) continue
    const segments = operation.rest.path.split('/').slice(1)
    byCount.set(segments.length, [...(byCount.get(segments.length) ?? []), { operation, segments }])
  }
  return {
    match: (method, path) => {
      const parts = path.split('/').slice(1)
      const fitting = (byCount.get(parts.length) ?? []).flatMap((c) => {
        const params = matchSegments(c.segments, parts)
        return params ? [{ operation: c.operation, params }] : []
      }).sort((a, b) => Object.keys(a.params).length - Object.keys(b.params).length)
      const found = fitting.find((f) => f.operation.rest?.method === (method === 'HEAD' ? 'GET' : method))
      if (found) return found
      return fitting.length > 0 ? { allowed: allowedOf(fitting.map((f) => f.operation)) } : null
    },
  }
}

const allowedOf = (operations: readonly AnyOperation[]): string[] => {
  const methods = new Set(operations.map((o) => o.rest?.method ?? 'GET'))
  return [...methods, ...(methods.has('GET') ? ['HEAD'] : []), 'OPTIONS']
}

const matchSegments = (segments: string[], parts: string[]): Record<string, string> | null => {
  const params: Record<string, string> = {}
  for (const [i, segment] of segments.entries()) {
    const part = parts[i] ?? ''
    if (segment.startsWith('{')) {
      if (part === '') return null
      try { params[segment.slice(1, -1)] = decodeURIComponent(part) } catch { return null }
    } else if (segment !== part) return null
  }
  return params
}

import type { DnsResolver, DnsType } from '../core/dns.ts'

/** A resolver that knows what a test tells it. `null`: no answer at all. */
export const createFakeResolver = () => {
  const records = new Map<string, string[] | null>()
  const at = (name: string, type: DnsType): string => `${type} ${name.toLowerCase()}`
  const resolver: DnsResolver = {
    lookup: (name, type) => {
      const values = records.get(at(name, type))
      if (values === null) return Promise.resolve({ values: [], fault: 'unreachable' })
      return Promise.resolve(values ? { values, fault: null } : { values: [], fault: 'no_record' })
    },
  }
  return {
    resolver,
    set: (name: string, type: DnsType, values: string[] | null) => records.set(at(name, type), values),
    clear: (name: string, type: DnsType) => records.delete(at(name, type)),
  }
}

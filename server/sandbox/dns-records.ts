import { z } from 'zod'
import type { DnsResolver } from '../core/dns.ts'
import type { DnsZone } from '../domain/domains/ports.ts'
import { notFound } from '../core/error.ts'
import { command, query } from '../core/operation.ts'
import { runtime } from '../core/runtime.ts'

const TYPES = ['TXT', 'A', 'AAAA', 'CNAME'] as const
const DnsName = z.string().trim().toLowerCase().max(253).regex(/^([a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?\.)+[a-z0-9-]{1,63}$/, 'Enter a name like _shellwego-challenge.shop.example.com.')
const Key = z.strictObject({ name: DnsName, type: z.enum(TYPES) })
const DnsRecord = Key.extend({ values: z.array(z.string().trim().min(1).max(300)).min(1).max(20) })

/** Answers set by hand come first; names without any are asked of `beyond`, or do not exist. */
export const createSandboxResolver = (beyond: DnsResolver | null): DnsResolver => ({
  async lookup(name, type) {
    const at = { name_type: { name: name.toLowerCase(), type } }
    const row = await runtime().databases.asSystem('job', (db) => db.sandboxDnsRecord.findUnique({ where: at }))
    if (row) return { values: row.values, fault: null }
    return beyond ? beyond.lookup(name, type) : { values: [], fault: 'no_record' }
  },
})

export const listDnsRecords = query({
  name: 'sandbox.dns_records', summary: 'What the name server of the sandbox answers, as set by hand', scope: 'public',
  input: z.strictObject({}), output: z.object({ data: z.array(DnsRecord) }),
  rest: { method: 'GET', path: '/test/dns', tag: 'Sandbox' },
  run: async (ctx) => {
    const rows = await ctx.db.sandboxDnsRecord.findMany({ orderBy: [{ name: 'asc' }, { type: 'asc' }] })
    return { data: rows.map(({ name, type, values }) => DnsRecord.parse({ name, type, values })) }
  },
})

export const setDnsRecord = command({
  name: 'sandbox.set_dns_record', summary: 'Have the name server of the sandbox answer this for a name', scope: 'public', quiet: 'the sandbox only',
  input: DnsRecord, output: DnsRecord,
  rest: { method: 'POST', path: '/test/dns', tag: 'Sandbox' },
  run: async (ctx, { name, type, values }) => {
    await ctx.db.sandboxDnsRecord.upsert({ where: { name_type: { name, type } }, create: { name, type, values }, update: { values } })
    return { name, type, values }
  },
})

export const deleteDnsRecord = command({
  name: 'sandbox.delete_dns_record', summary: 'Take a record out of the name server of the sandbox', scope: 'public', quiet: 'the sandbox only',
  input: Key, output: z.object({ ok: z.literal(true) }),
  rest: { method: 'DELETE', path: '/test/dns/{name}/{type}', status: 204, tag: 'Sandbox' },
  run: async (ctx, { name, type }) => {
    const { count } = await ctx.db.sandboxDnsRecord.deleteMany({ where: { name, type } })
    if (count === 0) throw notFound('record')
    return { ok: true as const }
  },
})

/** A zone of the platform's own, in the sandbox's name server. */
export const createSandboxZone = (name: string): DnsZone => {
  const change = (label: string, next: (values: string[]) => string[]): Promise<void> => runtime().databases.asSystem('job', async (db) => {
    const key = { name: `${label}.${name}`, type: 'TXT' }
    const values = next((await db.sandboxDnsRecord.findUnique({ where: { name_type: key } }))?.values ?? [])
    if (values.length === 0) await db.sandboxDnsRecord.deleteMany({ where: key })
    else await db.sandboxDnsRecord.upsert({ where: { name_type: key }, create: { ...key, values }, update: { values } })
  })
  return {
    name,
    setTxt: (label, value) => change(label, (values) => [...values.filter((one) => one !== value), value]),
    removeTxt: (label, value) => change(label, (values) => values.filter((one) => one !== value)),
  }
}

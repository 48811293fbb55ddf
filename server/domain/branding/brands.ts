import { isIP } from 'node:net'
import { networkInterfaces } from 'node:os'
import type { BrandContext } from '../../core/context.ts'
import type { SystemDb } from '../../core/db.ts'
import { newId } from '../../core/id.ts'
import { runtime } from '../../core/runtime.ts'

const CACHE_MS = 2_000
let cache: { at: number; byHost: Map<string, BrandRow>; platform: BrandRow } | null = null

interface BrandRow { id: string; parentId: string | null; name: string; accent: string; logoUrl: string | null; supportEmail: string; defaultCurrency: string }

/** The platform's own brand, made at the first start, with the console's host name. */
export const ensurePlatformBrand = async (db: SystemDb, domain: string): Promise<{ id: string; created: boolean }> => {
  await db.$executeRaw`SELECT pg_advisory_xact_lock(81632403)`
  const existing = await db.brand.findFirst({ where: { parentId: null } })
  const id = existing?.id ?? newId('brand')
  if (!existing) {
    await db.brand.create({
      data: {
        id, name: 'ShellWeGo', accent: '#2563eb', supportEmail: `support@${domain}`, legalName: 'ShellWeGo', legalAddress: '', country: 'NG',
        taxRate: '0', invoicePrefix: 'SWG', defaultCurrency: 'USD',
      },
    })
  }
  await db.brandHost.upsert({ where: { hostname: domain }, create: { hostname: domain, brandId: id }, update: { brandId: id } })
  return { id, created: !existing }
}

const load = async (): Promise<NonNullable<typeof cache>> => {
  const rows = await runtime().databases.asSystem('brand', (db) => db.brand.findMany({ include: { hosts: true } }))
  const platform = rows.find((b) => b.parentId === null)
  if (!platform) throw new Error('the platform brand is missing')
  return { at: Date.now(), platform, byHost: new Map(rows.flatMap((b) => b.hosts.map((h) => [h.hostname, b] as const))) }
}

export const forgetBrands = (): void => { cache = null }

/** Brand of a request, from its Host header alone. Null: nobody is served under that name (421). */
export const brandOfHost = async (hostHeader: string | undefined): Promise<BrandContext | null> => {
  if (!cache || Date.now() - cache.at > CACHE_MS) cache = await load()
  const host = (hostHeader ?? '').toLowerCase()
  const name = host.startsWith('[') ? host.slice(1, host.indexOf(']')) : host.replace(/:\d+$/, '')
  const row = cache.byHost.get(name) ?? (isOwnAddress(name) ? cache.platform : null)
  if (!row) return null
  const { id, parentId, accent, logoUrl, supportEmail, defaultCurrency } = row
  return { id, parentId, name: row.name, accent, logoUrl, supportEmail, defaultCurrency,
    origin: originOf(cache.byHost.has(name) ? name : runtime().env.SHELLWEGO_DOMAIN) }
}

/** Names that consoles are served under: no customer may have one. */
export const consoleHosts = async (): Promise<string[]> => {
  if (!cache || Date.now() - cache.at > CACHE_MS) cache = await load()
  return [...new Set([runtime().env.SHELLWEGO_DOMAIN, ...cache.byHost.keys()])]
}

/** Until the console has a public domain, loopback names and the machine's own addresses show the platform (settled 5). */
const isOwnAddress = (name: string): boolean => {
  if (!runtime().env.SHELLWEGO_DOMAIN.endsWith('localhost')) return isLoopback(name)
  return isLoopback(name) || (isIP(name) !== 0 && Object.values(networkInterfaces()).flat().some((i) => i?.address === name))
}
const isLoopback = (name: string): boolean => name === 'localhost' || name === '127.0.0.1' || name === '::1'

/** Console address under a host name, always through the TLS edge. */
export const originOf = (hostname: string): string => {
  const port = runtime().env.SHELLWEGO_HTTPS_PORT
  return `https://${hostname}${port === 443 ? '' : `:${port}`}`
}

import type { Actor, BrandContext, RequestMeta, UserActor } from '../core/context.ts'
import { newId } from '../core/id.ts'
import { call, type Operation, type Scope } from '../core/operation.ts'
import { runtime } from '../core/runtime.ts'
import { insertUser } from '../domain/auth/index.ts'
import { seedPriceLists } from '../domain/billing/index.ts'
import { ensurePlatformBrand } from '../domain/branding/index.ts'
import { createOrganization } from '../domain/orgs/index.ts'
import type { z } from 'zod'

export const brandContext = async (brandId?: string): Promise<BrandContext> => {
  const id = brandId ?? await runtime().databases.asSystem('brand', async (db) => (await ensurePlatformBrand(db, 'console.localhost')).id)
  const row = await runtime().databases.asSystem('brand', (db) => db.brand.findUniqueOrThrow({ where: { id } }))
  return { id, parentId: row.parentId, name: row.name, accent: row.accent, logoUrl: row.logoUrl, supportEmail: row.supportEmail, defaultCurrency: row.defaultCurrency, origin: 'https://console.localhost' }
}

export const metaFor = (actor: Actor, brand: BrandContext, over: Partial<RequestMeta> = {}): RequestMeta => ({
  requestId: newId('request'), actor, brand, ip: '127.0.0.1', userAgent: 'test', organizationHeader: null, idempotencyKey: null, cookie: {}, ...over,
})

type WithOrganization<T> = T extends Record<string, never> ? { organization_id?: string } : T & { organization_id?: string }

/** A caller of operations, as a transport would make one. */
export interface Caller {
  actor: Actor
  brand: BrandContext
  call<S extends Scope, I extends z.ZodObject, O extends z.ZodType>(
    op: Operation<S, I, O>, input: WithOrganization<z.input<I>>, over?: Partial<RequestMeta>,
  ): Promise<z.output<O>>
}

export const as = (actor: Actor, brand: BrandContext): Caller => ({
  actor, brand, call: (op, input, over) => call(op, metaFor(actor, brand, over), input),
})

let count = 0

/** A verified person of a brand (the platform's own unless said). */
export const makeUser = async (options: { staff?: boolean; brandId?: string; email?: string } = {}): Promise<Caller & { actor: UserActor }> => {
  const brand = await brandContext(options.brandId)
  count += 1
  const email = options.email ?? `person${count}-${newId('user').slice(-6)}@example.com`
  const row = await runtime().databases.asSystem('identity', (db) =>
    insertUser(db, { brandId: brand.id, email, name: `Person ${count}`, password: 'correct horse battery', staff: options.staff ?? false, verified: true }))
  const actor: UserActor = { type: 'user', userId: row.id, sessionId: 'sid_test', email, name: row.name, staff: row.staff, verified: true, brandId: brand.id, mfa: false, provenAt: new Date(), token: null }
  return { ...as(actor, brand), actor }
}

/** A person with an organization of their own. */
export const makeOwner = async (options: { brandId?: string; currency?: 'USD' | 'NGN'; timezone?: string } = {}) => {
  const owner = await makeUser(options)
  // Only what is sold can be chosen.
  if (options.currency) await runtime().databases.asSystem('job', (db) => seedPriceLists(db, owner.brand.id, { now: new Date('2020-01-01T00:00:00Z') }))
  const organization = await owner.call(createOrganization, {
    name: `Organization ${count}`, ...(options.currency ? { currency: options.currency } : {}), ...(options.timezone ? { timezone: options.timezone } : {}),
  })
  return { ...owner, organization }
}

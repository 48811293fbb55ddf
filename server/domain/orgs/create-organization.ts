import type { SystemDb } from '../../core/db.ts'
import { standingOf } from '../../core/authorize.ts'
import { ruleViolated } from '../../core/error.ts'
import { etagOf } from '../../core/etag.ts'
import { newId, randomText } from '../../core/id.ts'
import { command } from '../../core/operation.ts'
import { CreateOrganization, Organization } from '../../contract/organization.ts'
import { slugOf } from './slug.ts'
import { toOrganization } from './wire.ts'

export const createOrganization = command({
  name: 'organizations.create',
  summary: 'Create an organization; the caller becomes its owner',
  scope: 'user',
  input: CreateOrganization,
  output: Organization,
  rest: { method: 'POST', path: '/organizations', status: 201, tag: 'Organizations' }, etag: etagOf,
  run: async (ctx, input) => {
    const brand = await ctx.db.brand.findUniqueOrThrow({ where: { id: ctx.user.brandId } })
    const currency = input.currency ?? brand.defaultCurrency
    if (currency !== brand.defaultCurrency) await mustBeSold(ctx.db, brand.id, currency)
    const id = newId('organization')
    const org = await ctx.db.organization.create({
      data: {
        id, brandId: brand.id, name: input.name, slug: await freeSlug(ctx.db, brand.id, input.name), currency,
        timezone: input.timezone, country: input.country, billingEmail: ctx.user.email, billingAddress: input.billing_address,
        memberships: { create: { userId: ctx.user.userId, role: 'owner' } },
      },
    })
    await ctx.emit('organization.created', { type: 'organization', id }, {}, id)
    return toOrganization(org, standingOf({ role: 'owner', roleId: null, appIds: [], customRole: null, grants: [] }, ctx.user.token))
  },
})

/** What has no price cannot be billed. */
const mustBeSold = async (db: SystemDb, brandId: string, currency: string): Promise<void> => {
  const sold = await db.priceList.findMany({ where: { brandId }, distinct: ['currency'], select: { currency: true }, orderBy: { currency: 'asc' } })
  if (sold.some((list) => list.currency === currency)) return
  throw ruleViolated('/currency', 'not_sold', `Nothing is sold here in ${currency}. Choose ${sold.map((list) => list.currency).join(' or ') || 'another currency'}.`)
}

const freeSlug = async (db: SystemDb, brandId: string, name: string): Promise<string> => {
  const slug = slugOf(name, 'org')
  await db.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`org slug ${brandId} ${slug}`}, 0))`
  const taken = await db.organization.findUnique({ where: { brandId_slug: { brandId, slug } }, select: { id: true } })
  return taken ? `${slug}-${randomText(4)}` : slug
}

import type { SystemDb, TenantDb } from '../../core/db.ts'

export const domainOf = (email: string): string => email.slice(email.lastIndexOf('@') + 1)

export const brandOf = async (db: TenantDb): Promise<string> => (await db.organization.findFirstOrThrow({ select: { brandId: true } })).brandId

/** The organization's connection that signs people of this address in. A domain counts as written, not what lies below it. */
export const connectionForEmail = async (db: SystemDb, brandId: string, email: string) => {
  const owned = await db.ssoDomain.findFirst({ where: { brandId, domain: domainOf(email), verifiedAt: { not: null } }, select: { orgId: true } })
  if (!owned) return null
  return db.ssoConnection.findFirst({ where: { orgId: owned.orgId, brandId, testedAt: { not: null } } })
}

export const ownsDomain = async (db: SystemDb | TenantDb, orgId: string, email: string): Promise<boolean> =>
  (await db.ssoDomain.count({ where: { orgId, domain: domainOf(email), verifiedAt: { not: null } } })) > 0

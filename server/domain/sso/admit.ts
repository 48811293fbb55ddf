import type { SystemContext } from '../../core/context.ts'
import { DomainError } from '../../core/error.ts'
import { recordEvent } from '../../core/event.ts'
import { newId } from '../../core/id.ts'
import { Email, PersonName } from '../../contract/user.ts'
import { isReserved } from '../auth/index.ts'
import { withinQuotas } from '../quotas/index.ts'
import { domainOf, ownsDomain } from './domain-of.ts'
import type { Claims } from './provider.ts'

interface Connection { id: string; orgId: string; brandId: string; defaultRole: string }

const refuse = (detail: string): DomainError => new DomainError('sso_refused', detail)

/** Why these claims let nobody in; empty when they do. */
export const faultsOf = async (ctx: SystemContext, orgId: string, claims: Claims): Promise<string[]> => {
  const email = Email.safeParse(claims.email)
  if (!email.success) return ['The identity provider sent no e-mail address. Let it include the claim "email".']
  if (!claims.emailVerified) return [`The identity provider does not vouch for ${email.data}: its claim "email_verified" is not true.`]
  if (!(await ownsDomain(ctx.db, orgId, email.data))) return [`${domainOf(email.data)} is not a proven domain of this organization.`]
  return []
}

/** The account behind an identity: by the provider's own name for the person, else by the address it vouches for, else a new one. */
export const accountOf = async (ctx: SystemContext, connection: Connection, claims: Claims) => {
  const [fault] = await faultsOf(ctx, connection.orgId, claims)
  if (fault) throw refuse(fault)
  const known = { connectionId_subject: { connectionId: connection.id, subject: claims.subject } }
  const identity = await ctx.db.ssoIdentity.findUnique({ where: known, include: { user: true } })
  if (identity) {
    await ctx.db.ssoIdentity.update({ where: known, data: { lastUsedAt: new Date() } })
    return refuseStaff(identity.user)
  }
  const email = Email.parse(claims.email)
  const existing = await ctx.db.user.findUnique({ where: { brandId_email: { brandId: connection.brandId, email } } })
  const user = existing ? await takeOver(ctx, connection, refuseStaff(existing)) : await createAccount(ctx, connection, email, claims.name)
  await ctx.db.ssoIdentity.create({ data: { connectionId: connection.id, subject: claims.subject, userId: user.id } })
  return user
}

/** The operator's accounts are nobody's to vouch for. */
const refuseStaff = <U extends { staff: boolean }>(user: U): U => {
  if (user.staff) throw refuse('An operator\'s account is not opened by a customer\'s identity provider.')
  return user
}

/** Whoever made an account with this address and never proved it keeps nothing that opens it. */
const takeOver = async <U extends { id: string; emailVerifiedAt: Date | null }>(ctx: SystemContext, connection: Connection, user: U): Promise<U> => {
  if (await ctx.db.ssoIdentity.count({ where: { connectionId: connection.id, userId: user.id } }) > 0) {
    throw refuse('This address belonged to somebody else at the identity provider. An owner has to remove that member first.')
  }
  if (user.emailVerifiedAt) return user
  const theirs = { where: { userId: user.id } }
  await ctx.db.password.deleteMany(theirs)
  await ctx.db.session.deleteMany(theirs)
  await ctx.db.emailToken.deleteMany(theirs)
  await ctx.db.apiToken.deleteMany(theirs)
  await ctx.db.passkey.deleteMany(theirs)
  await ctx.db.totpFactor.deleteMany(theirs)
  await ctx.db.recoveryCode.deleteMany(theirs)
  await ctx.db.user.update({ where: { id: user.id }, data: { emailVerifiedAt: new Date() } })
  return { ...user, emailVerifiedAt: new Date() }
}

const createAccount = async (ctx: SystemContext, connection: Connection, email: string, name: string | null) => {
  if (await isReserved(ctx.db, connection.brandId, email)) throw refuse('This address was given up a short while ago and can still be taken back. Try again later.')
  const known = PersonName.safeParse(name?.slice(0, 80))
  const user = await ctx.db.user.create({
    data: { id: newId('user'), brandId: connection.brandId, email, name: known.success ? known.data : email.split('@')[0] ?? email, emailVerifiedAt: new Date() },
  })
  await ctx.emit('user.created', { type: 'user', id: user.id }, { method: 'sso' })
  return user
}

interface Account { id: string; email: string; name: string; brandId: string }

/** In the name of the person who came in: nobody was signed in when the call began. */
export const recordFor = (ctx: SystemContext, user: Account, orgId: string, type: string, data: Record<string, string | boolean>): Promise<void> => {
  const actor = {
    type: 'user' as const, userId: user.id, sessionId: '', email: user.email, name: user.name, staff: false, verified: true, brandId: user.brandId, mfa: false,
    provenAt: new Date(), token: null,
  }
  return recordEvent(ctx.db, { orgId, type, subject: { type: 'user', id: user.id }, data, actor, requestId: ctx.requestId, from: ctx.meta })
}

/** Makes the person a member with the default role, if there is room; who is one keeps what they have. */
export const ensureMember = async (ctx: SystemContext, connection: Connection, user: Account): Promise<void> => {
  const { orgId, defaultRole: role } = connection
  const userId = user.id
  const member = await ctx.db.membership.findUnique({ where: { orgId_userId: { orgId, userId } } })
  if (member?.suspendedAt) throw refuse('Your membership is suspended. Ask an admin of your organization.')
  if (member) return
  const org = await ctx.db.organization.findUniqueOrThrow({ where: { id: orgId }, select: { deleteAfter: true, deletedAt: true } })
  if (org.deleteAfter || org.deletedAt) throw refuse('The organization will be deleted soon and takes no new members.')
  await withinQuotas({ db: ctx.db, orgId, brand: ctx.brand }, async () => {
    await ctx.db.membership.createMany({ data: { orgId, userId, role }, skipDuplicates: true })
  })
  await recordFor(ctx, user, orgId, 'member.added', { role, method: 'sso' })
}

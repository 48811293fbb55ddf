import type { BaseContext } from '../../core/context.ts'
import type { SystemDb } from '../../core/db.ts'
import { queueMail, type SecurityNotice } from '../mail/index.ts'
import { deviceName, networkOf } from './device.ts'

interface Owner { id: string; email: string; emailVerifiedAt: Date | null }

/** Where the caller is, in words for a mail. */
export const placeOf = (ctx: BaseContext): { device: string; address: string } => ({ device: deviceName(ctx.meta.userAgent), address: ctx.meta.ip ?? 'unknown' })

export const mailTime = (at: Date): string => `${at.toISOString().slice(0, 16).replace('T', ' ')} UTC`

/** Tells the owner what happened to the account. An address that was never confirmed may be somebody else's and is told nothing. */
export const notify = async (ctx: BaseContext & { db: SystemDb }, owner: Owner, notice: SecurityNotice): Promise<void> => {
  if (!owner.emailVerifiedAt) return
  await queueMail(ctx.db, {
    brandId: ctx.brand.id, to: owner.email, template: 'security-notice', dedupeKey: `notice:${notice}:${ctx.requestId}`,
    props: { notice, ...placeOf(ctx), at: mailTime(new Date()), url: `${ctx.brand.origin}/account/security` },
  })
}

/** {@link notify} for operations that know their caller only by id. */
export const notifyOwner = async (ctx: BaseContext & { db: SystemDb }, userId: string, notice: SecurityNotice): Promise<void> =>
  notify(ctx, await ctx.db.user.findUniqueOrThrow({ where: { id: userId } }), notice)

/** Remembers where an account is used from; a pair of device and network not seen before is told. The first one of all is the sign-up. */
export const noteOrigin = async (ctx: BaseContext & { db: SystemDb }, owner: Owner): Promise<void> => {
  const place = { userId: owner.id, device: deviceName(ctx.meta.userAgent), network: networkOf(ctx.meta.ip) }
  const known = await ctx.db.signInOrigin.findMany({ where: { userId: owner.id }, take: 200 })
  await ctx.db.signInOrigin.upsert({ where: { userId_device_network: place }, create: place, update: { lastSeenAt: new Date() } })
  if (known.length > 0 && !known.some((o) => o.device === place.device && o.network === place.network)) await notify(ctx, owner, 'new_sign_in')
}

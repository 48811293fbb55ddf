import { requirePresence } from '../../../core/authorize.ts'
import type { OrgContext } from '../../../core/context.ts'
import { DomainError, ruleViolated } from '../../../core/error.ts'
import { etagOf } from '../../../core/etag.ts'
import { command } from '../../../core/operation.ts'
import { Member, UpdateMember } from '../../../contract/member.ts'
import { withdrawInvitationsOf } from '../invitations/withdraw-invitations.ts'
import { checkApps, chosenRole, heldRole, type HeldRole } from '../roles.ts'
import { allow, lockMember, withGrants, type LockedMember } from './load-member.ts'
import { memberVersion, toMember } from './member-wire.ts'
import type { z } from 'zod'

type Input = z.output<typeof UpdateMember>
interface Wanted { held: HeldRole; appIds: string[]; grants: Array<{ appId: string; permissions: string[] }> }

const wantedOf = async (ctx: OrgContext, { row }: LockedMember, input: Input): Promise<Wanted> => {
  const held = await chosenRole(ctx, input) ?? heldRole(row)
  await checkApps(ctx, input.app_ids ?? [], '/app_ids')
  await checkApps(ctx, (input.grants ?? []).map((g) => g.app_id), '/grants')
  const grants = input.grants?.map((g) => ({ appId: g.app_id, permissions: g.permissions })) ?? row.grants
  if (new Set(grants.map((g) => g.appId)).size !== grants.length) throw ruleViolated('/grants', 'duplicate', 'Name each app once.')
  return { held, appIds: [...new Set(input.app_ids ?? row.appIds)], grants }
}

/** An owner answers for everything: a person of proven address, without restriction, made so by one who has just proven who they are. */
const checkOwner = (ctx: OrgContext, { row, before }: LockedMember, { held, appIds }: Wanted): void => {
  if (held.role !== 'owner') return
  if (appIds.length > 0) throw ruleViolated('/app_ids', 'owner_unrestricted', 'An owner cannot be restricted to some apps. Send an empty list.')
  if (before.role === 'owner') return
  if (before.suspended) throw new DomainError('state_conflict', 'The member is suspended. Lift that first.')
  if (!row.user.emailVerifiedAt) throw new DomainError('state_conflict', 'An owner needs a confirmed e-mail address. Ask them to open the link in their mail.')
  if (ctx.actor.type === 'user') requirePresence(ctx.actor, { kind: 'command', sensitive: true })
}

export const updateMember = command({
  name: 'members.update', summary: 'Change a member\'s role, the apps they are restricted to, or what they may do on single apps',
  scope: 'org', permission: 'members:write', input: UpdateMember, output: Member,
  rest: { method: 'PATCH', path: '/organizations/{organization_id}/members/{user_id}', tag: 'Members' }, ifMatch: true, etag: etagOf,
  run: async (ctx, input) => {
    const locked = await lockMember(ctx, input.user_id)
    ctx.expectVersion(memberVersion(locked.row))
    const wanted = await wantedOf(ctx, locked, input)
    const { held, appIds, grants } = wanted
    allow(locked, { role: held.role, permissions: withGrants(held.permissions, grants), suspended: locked.before.suspended })
    checkOwner(ctx, locked, wanted)
    const { userId } = locked.row
    await ctx.db.membership.updateMany({ where: { userId }, data: { role: held.role, roleId: held.roleId, appIds } })
    if (input.grants) {
      await ctx.db.grant.deleteMany({ where: { userId } })
      await ctx.db.grant.createMany({ data: grants.map((g) => ({ orgId: ctx.orgId, userId, appId: g.appId, permissions: g.permissions })) })
    }
    if (!held.permissions.includes('members:write')) await withdrawInvitationsOf(ctx, userId)
    await ctx.emit('member.updated', { type: 'user', id: userId }, {
      role: held.role, role_id: held.roleId, previous_role: locked.before.role, apps: appIds.length, grants: grants.length,
    })
    return toMember((await lockMember(ctx, userId)).row)
  },
})

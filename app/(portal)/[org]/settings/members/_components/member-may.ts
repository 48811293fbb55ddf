import { memberRefusal, type MemberRefusal, type Place } from '../../../../../../server/contract/member-rule.ts'
import { PERMISSIONS } from '../../../../../../server/contract/permission.ts'
import { refusedBecause } from '../../../../../_lib/can.ts'
import { permissionsOf } from '../../../../../_lib/roles.ts'
import type { Member, Organization, RoleInfo } from '../../../../../_lib/wire.ts'

const reasons: Record<MemberRefusal, string> = {
  yourself: 'This is you. Leave the organization under General.',
  stronger_member: 'This member may do more than you.',
  stronger_role: 'It allows more than you may do yourself.',
  last_owner: 'The only owner. Make somebody else an owner first.',
}

const placeOf = (member: Member, roles: readonly RoleInfo[]): Place => {
  const own = permissionsOf(member, roles)
  return {
    role: member.role,
    suspended: member.suspended_at !== null,
    permissions: PERMISSIONS.filter(
      (permission) => own.includes(permission) || member.grants.some((grant) => grant.permissions.some((one) => one === permission)),
    ),
  }
}

export type Asking = { org: Organization; viewerId: string; members: readonly Member[]; roles: readonly RoleInfo[] }

/** Why this change is not open to the viewer: the portal's own rule, asked ahead. */
export function blockedChange({ org, viewerId, members, roles }: Asking, member: Member, change: (before: Place) => Place | null): string | null {
  const refused = refusedBecause(org, 'members:write')
  if (refused !== null) return refused
  const before = placeOf(member, roles)
  const refusal = memberRefusal({
    actor: { isTarget: member.user_id === viewerId, permissions: org.permissions },
    leaving: false,
    before,
    after: change(before),
    activeOwners: members.filter((one) => one.role === 'owner' && one.suspended_at === null).length,
  })
  return refusal === null ? null : reasons[refusal]
}

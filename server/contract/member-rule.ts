import type { MemberRole, Permission } from './permission.ts'

/** A membership as far as the rule looks: what it allows, grants on single apps included. */
export interface Place { role: MemberRole; permissions: readonly Permission[]; suspended: boolean }

export interface MemberChange {
  /** Who asks, by what they may do now; a token counts with what it is limited to. */
  actor: { isTarget: boolean; permissions: readonly Permission[] }
  /** Own departure needs no rights over anybody. */
  leaving: boolean
  before: Place
  /** Null: no longer a member. */
  after: Place | null
  /** Owners of the organization who are not suspended. */
  activeOwners: number
}
export type MemberRefusal = 'yourself' | 'stronger_member' | 'stronger_role' | 'last_owner'

export const covers = (own: readonly Permission[], other: readonly Permission[]): boolean => other.every((p) => own.includes(p))

const isActiveOwner = (place: Place | null): boolean => place !== null && place.role === 'owner' && !place.suspended

/**
 * Who may change whom: nobody touches a member who may do more than they, nobody gives more than they have, nobody locks themselves
 * out by accident, and an organization keeps an owner who can act.
 */
export const memberRefusal = ({ actor, leaving, before, after, activeOwners }: MemberChange): MemberRefusal | null => {
  if (!leaving) {
    if (actor.isTarget && (after === null || after.suspended)) return 'yourself'
    if (!covers(actor.permissions, before.permissions)) return 'stronger_member'
    if (after && !covers(actor.permissions, after.permissions)) return 'stronger_role'
  }
  return isActiveOwner(before) && !isActiveOwner(after) && activeOwners <= 1 ? 'last_owner' : null
}

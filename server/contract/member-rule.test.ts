import fc from 'fast-check'
import { expect, test } from 'vitest'
import { PERMISSIONS, ROLE_GRANTS, ROLES, type Permission } from './permission.ts'
import { memberRefusal, type Place } from './member-rule.ts'

const custom: fc.Arbitrary<Place> = fc.record({
  role: fc.constant('custom' as const), permissions: fc.subarray([...PERMISSIONS]), suspended: fc.boolean(),
})
const builtIn: fc.Arbitrary<Place> = fc.record({ role: fc.constantFrom(...ROLES), suspended: fc.boolean() })
  .map((p) => ({ ...p, permissions: ROLE_GRANTS[p.role] }))
const place = fc.oneof(builtIn, custom)

interface Step { actor: number; target: number; after: Place | null; leaving: boolean; scopes: readonly Permission[] }
const step: fc.Arbitrary<Step> = fc.record({
  actor: fc.nat(4), target: fc.nat(4), after: fc.option(place), leaving: fc.boolean(),
  scopes: fc.oneof(fc.constant<readonly Permission[]>(PERMISSIONS), fc.subarray<Permission>([...PERMISSIONS])),
})

/** The rules in words, by sets, one after the other. */
const naive = (people: (Place | null)[], { actor, target, after, leaving, scopes }: Step): boolean => {
  const [me, them] = [people[actor], people[target]]
  if (!me || !them) return false
  const owners = people.filter((p) => p?.role === 'owner' && !p.suspended).length
  const takesLastOwner = them.role === 'owner' && !them.suspended && owners === 1 && !(after?.role === 'owner' && !after.suspended)
  if (takesLastOwner) return false
  if (leaving) return true
  const mine = new Set(me.permissions.filter((p) => scopes.includes(p)))
  const wouldLock = actor === target && (!after || after.suspended)
  return !wouldLock && new Set(them.permissions).isSubsetOf(mine) && (!after || new Set(after.permissions).isSubsetOf(mine))
}

test('whatever is tried, the rule agrees with its words, an owner who can act remains, and nobody gives what they do not have', () => {
  fc.assert(fc.property(fc.array(place, { minLength: 4, maxLength: 4 }), fc.array(step, { maxLength: 30 }), (others, steps) => {
    const people: (Place | null)[] = [{ role: 'owner', permissions: ROLE_GRANTS.owner, suspended: false }, ...others]
    for (const one of steps) {
      const leaving = one.leaving && one.actor === one.target
      const after = leaving ? null : one.after
      const [me, them] = [people[one.actor], people[one.target]]
      if (!me || me.suspended || !them) continue
      const permissions = me.permissions.filter((p) => one.scopes.includes(p))
      const activeOwners = people.filter((p) => p?.role === 'owner' && !p.suspended).length
      const refusal = memberRefusal({ actor: { isTarget: one.actor === one.target, permissions }, leaving, before: them, after, activeOwners })
      expect(refusal === null).toBe(naive(people, { ...one, leaving, after }))
      if (refusal !== null) continue
      if (after) expect(after.permissions.filter((p) => !permissions.includes(p))).toEqual([])
      people[one.target] = after
      expect(people.some((p) => p?.role === 'owner' && !p.suspended)).toBe(true)
    }
  }), { numRuns: 500 })
})

const of = (role: (typeof ROLES)[number], suspended = false): Place => ({ role, permissions: ROLE_GRANTS[role], suspended })
const ask = (actor: (typeof ROLES)[number], before: Place, after: Place | null, activeOwners = 2) =>
  memberRefusal({ actor: { isTarget: false, permissions: ROLE_GRANTS[actor] }, leaving: false, before, after, activeOwners })

test.each([
  ['an admin demotes an owner', 'admin', of('owner'), of('viewer'), 'stronger_member'],
  ['an admin makes an owner', 'admin', of('viewer'), of('owner'), 'stronger_role'],
  ['an admin makes an admin', 'admin', of('viewer'), of('admin'), null],
  ['an admin removes an admin', 'admin', of('admin'), null, null],
  ['an owner demotes an owner', 'owner', of('owner'), of('viewer'), null],
  ['a suspended owner comes back by an owner', 'owner', of('owner', true), of('owner'), null],
] as const)('%s', (_, actor, before, after, expected) => {
  expect(ask(actor, before, after)).toBe(expected)
})

test('the last owner stays, whichever way it is tried', () => {
  for (const after of [null, of('admin'), of('owner', true)]) expect(ask('owner', of('owner'), after, 1)).toBe('last_owner')
})

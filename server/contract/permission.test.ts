import fc from 'fast-check'
import { expect, test } from 'vitest'
import { accessOf, appsWith, isAppPermission, may, mayAnywhere, PERMISSIONS, ROLE_GRANTS, ROLES, rolesWith, type Holding, type Permission } from './permission.ts'

const APPS = ['app_a', 'app_b', 'app_c', 'app_d']
const permissions = fc.subarray([...PERMISSIONS])
const apps = fc.subarray(APPS)
const holding: fc.Arbitrary<Holding> = fc.record({
  permissions, appIds: apps,
  grants: fc.uniqueArray(fc.record({ appId: fc.constantFrom(...APPS), permissions: fc.subarray([...PERMISSIONS]) }), { selector: (g) => g.appId }),
  token: fc.option(fc.record({ scopes: permissions, appIds: apps }), { nil: null }),
})
const permission = fc.constantFrom(...PERMISSIONS)

/** The same rule told from the beginning for one question, without the shortcuts of the real one. */
const naive = (h: Holding, p: Permission, appId: string | null): boolean => {
  if (h.token && h.token.scopes.length > 0 && !h.token.scopes.includes(p)) return false
  const onApps: Permission[] = ['apps:read', 'apps:write', 'apps:exec', 'secrets:read', 'secrets:write', 'usage:read']
  const restricted = h.appIds.length > 0 || (h.token?.appIds.length ?? 0) > 0
  if (!onApps.includes(p)) return h.permissions.includes(p) && (!restricted || p === 'org:read' || p === 'members:read')
  if (appId === null) return h.permissions.includes(p) && !restricted
  if (h.token && h.token.appIds.length > 0 && !h.token.appIds.includes(appId)) return false
  const byRole = h.permissions.includes(p) && (h.appIds.length === 0 || h.appIds.includes(appId))
  const byGrant = h.grants.some((g) => g.appId === appId && (p === 'apps:read' || g.permissions.includes(p)))
  return byRole || byGrant
}

test('the rule decides as the naive model does, for every role, grant, restriction and token', () => {
  fc.assert(fc.property(holding, permission, fc.option(fc.constantFrom(...APPS), { nil: null }), (h, p, appId) => {
    expect(may(accessOf(h), p, appId ?? undefined)).toBe(naive(h, p, appId))
  }), { numRuns: 5_000 })
})

test('the apps shown are those on which the permission holds, and no more', () => {
  fc.assert(fc.property(holding, permission.filter(isAppPermission), (h, p) => {
    const shown = appsWith(accessOf(h), p)
    expect(shown === null).toBe(naive(h, p, null))
    expect(APPS.filter((a) => shown === null || shown.includes(a))).toEqual(APPS.filter((a) => naive(h, p, a)))
  }), { numRuns: 5_000 })
})

test('nobody is let in on a permission that holds nowhere', () => {
  fc.assert(fc.property(holding, permission, (h, p) => {
    const somewhere = naive(h, p, null) || APPS.some((a) => naive(h, p, a))
    if (somewhere) expect(mayAnywhere(accessOf(h), p)).toBe(true)
    if (mayAnywhere(accessOf(h), p) && !somewhere) expect(appsWith(accessOf(h), p)).toEqual([])
  }), { numRuns: 5_000 })
})

test('a token never adds anything, and a narrower one adds nothing to a wider one', () => {
  fc.assert(fc.property(holding, permission, fc.option(fc.constantFrom(...APPS), { nil: undefined }), (h, p, appId) => {
    if (may(accessOf(h), p, appId)) expect(may(accessOf({ ...h, token: null }), p, appId)).toBe(true)
  }), { numRuns: 5_000 })
})

test('somebody restricted to some apps can neither lift the restriction nor reach what lies beyond it', () => {
  fc.assert(fc.property(holding.filter((h) => h.appIds.length > 0 || (h.token?.appIds.length ?? 0) > 0), (h) => {
    const access = accessOf(h)
    const beyond: Permission[] = ['org:write', 'org:delete', 'members:write', 'tokens:write', 'audit:read', 'webhooks:write', 'billing:pay']
    expect(beyond.filter((p) => may(access, p))).toEqual([])
    expect(may(access, 'apps:write')).toBe(false)
  }))
})

test('an owner may everything and each other role less', () => {
  expect(ROLE_GRANTS.owner).toEqual(PERMISSIONS)
  expect(ROLES.filter((r) => ROLE_GRANTS[r].length === PERMISSIONS.length)).toEqual(['owner'])
  expect(rolesWith('org:delete')).toEqual(['owner'])
  expect(rolesWith('apps:write')).toEqual(['owner', 'admin', 'developer'])
})

import { beforeAll, describe, expect, test } from 'vitest'
import { APP_PERMISSIONS, ROLE_GRANTS, type Permission, type Role } from '../contract/permission.ts'
import { newId } from '../core/id.ts'
import { runtime } from '../core/runtime.ts'
import { makeOwner, makeUser, type Caller } from '../testing/actors.ts'
import { tokenOf, withApi } from '../testing/api.ts'
import { makeEstate, makeMember, type Estate } from '../testing/estate.ts'
import {
  anonymous, CUSTOM, customAsker, machineAsker, person, resellerAskers, suspendedAsker, tokenAskers, type Asker,
} from '../testing/refusals/askers.ts'
import { attempt, fieldsOf, isRead, subjects, tenantIdsOf, type Outcome, type Subject } from '../testing/refusals/attempt.ts'
import { STREAMS } from '../transport/live/index.ts'
import { withRuntime } from '../testing/runtime.ts'

withRuntime({ SHELLWEGO_SANDBOX_PORT: 21_020, PORT: 21_021 })
const api = withApi()

/** Example inputs are in server/testing/refusals/examples.ts, the things themselves in server/testing/estate*.ts. */
let estate: Estate
let ids: Record<string, string>
let missing: Record<string, string>
let askers: Record<'anonymous' | 'unverified' | 'custom' | 'suspended' | 'machine' | 'owner', Asker>
let tokens: Awaited<ReturnType<typeof tokenAskers>>
let reseller: Awaited<ReturnType<typeof resellerAskers>>
let roles: Record<Exclude<Role, 'owner'>, Asker>
const MISSING_ORG = 'org_0000000000000000000000'

beforeAll(async () => {
  estate = await makeEstate()
  const member = async (role: Role) => person(role, await makeMember(estate.orgId, role))
  roles = { admin: await member('admin'), developer: await member('developer'), viewer: await member('viewer'), billing: await member('billing') }
  await tokenOf(estate.owner.actor)
  const session = await runtime().databases.systemPool.query<{ id: string }>('SELECT id FROM session WHERE user_id = $1', [estate.owner.actor.userId])
  ids = { ...estate.ids, session_id: session.rows[0]?.id ?? '' }
  missing = Object.fromEntries(Object.entries(ids).map(([name, id]) => [name, id.replace(/_.*$/, `_${newId('event').slice(4)}`)]))
  askers = {
    anonymous: anonymous(estate.owner.brand), unverified: person('somebody not verified', await unverified()), custom: await customAsker(estate),
    suspended: await suspendedAsker(estate), machine: await machineAsker(estate), owner: person('the owner', estate.owner),
  }
  tokens = await tokenAskers(estate)
  reseller = await resellerAskers()
}, 60_000)

const unverified = async (): Promise<Caller> => {
  const somebody = await makeUser()
  await runtime().databases.systemPool.query('UPDATE "user" SET email_verified_at = NULL WHERE id = $1', [somebody.actor.userId])
  return { ...somebody, actor: { ...somebody.actor, verified: false } }
}

const ask = (op: Subject, who: Asker, over: Record<string, unknown> = {}, given = ids) => attempt(api, op, who, given, over)
const inOrg = (op: Subject, orgId: string): Record<string, unknown> => (op.scope === 'org' ? { organization_id: orgId } : {})

const REFUSALS = ['unauthenticated', 'forbidden', 'email_not_verified', 'session_required', 'address_refused', 'mfa_required']
/** The code it must be refused with; null when it must not be refused. */
const expectOutcome = (op: Subject, who: Asker, actual: Outcome, refusal: string | readonly string[] | null): void => {
  if (refusal) expect([refusal].flat(), `${op.name} answered ${who.name}: ${actual.text}`).toContain(actual.code)
  else expect(REFUSALS, `${op.name} answered ${who.name}: ${actual.text}`).not.toContain(actual.code)
  if (refusal) expect(actual.text, op.name).not.toContain(estate.marker)
}
const holds = (op: Subject, permissions: readonly Permission[]): boolean => op.permission !== undefined && permissions.includes(op.permission)

/** How many things happened in the organization: what is refused leaves no trace. Reading the log out is allowed, and noted. */
const traces = async (): Promise<number> =>
  (await runtime().databases.systemPool.query<{ n: number }>('SELECT count(*)::int AS n FROM event WHERE org_id = $1 AND type <> \'audit.exported\'', [estate.orgId])).rows[0]?.n ?? 0
const expectNoTrace = async (act: () => Promise<void>): Promise<void> => {
  const before = await traces()
  await act()
  expect(await traces(), 'a refused call left an event').toBe(before)
}

test('every subject has a name of its own and a declared scope; org scope has a permission', () => {
  expect(new Set(subjects.map((s) => s.name)).size).toBe(subjects.length)
  expect(subjects.filter((s) => !['org', 'user', 'staff', 'public'].includes(s.scope)).map((s) => s.name)).toEqual([])
  expect(subjects.filter((s) => s.scope === 'org' && !s.permission).map((s) => s.name)).toEqual([])
  expect(subjects.filter((s) => s.scope !== 'org' && s.permission).map((s) => s.name)).toEqual([])
  expect(subjects.length).toBeGreaterThan(100)
})

describe.each(subjects.map((s) => [s.name, s] as const))('%s', (_name, op) => {
  test('nobody: without a token, with a dead one, with a node\'s, with another console\'s', async () => {
    expectOutcome(op, askers.anonymous, await ask(op, askers.anonymous), op.scope === 'public' ? null : 'unauthenticated')
    if (!op.rest && op.scope === 'public') return
    for (const who of [...tokens.dead, reseller.away]) expectOutcome(op, who, await ask(op, who, inOrg(op, estate.orgId)), 'unauthenticated')
    expectOutcome(op, tokens.elsewhere, await ask(op, tokens.elsewhere, inOrg(op, estate.orgId)), 'address_refused')
  })

  test('others: what is not theirs looks the same as what does not exist', async () => {
    const stranger = await makeOwner()
    for (const [who, own] of [[person('a stranger', stranger), stranger.organization.id], [reseller.atHome, reseller.orgId]] as const) {
      const actual = await ask(op, who, inOrg(op, own))
      expect(actual.text, `${op.name} as ${who.name}`).not.toContain(estate.marker)
      if (op.scope === 'staff') expectOutcome(op, who, actual, 'forbidden')
      else if (op.scope !== 'public' && tenantIdsOf(op).some((f) => f.required)) {
        expectOutcome(op, who, actual, 'not_found')
        expect(actual.body, `${op.name} as ${who.name}`).toBe((await ask(op, who, inOrg(op, own), missing)).body)
      } else expectOutcome(op, who, actual, null)
      if (op.scope !== 'org') continue
      const named = await ask(op, who, { organization_id: estate.orgId })
      expectOutcome(op, who, named, 'not_found')
      expect(named.body).toBe((await ask(op, who, { organization_id: MISSING_ORG })).body)
    }
  })

  test('members: each role gets what its permissions say, a suspended one what a stranger gets', async () => {
    for (const [who, permissions] of [...Object.values(roles).map((r) => [r, ROLE_GRANTS[r.name as Role]] as const), [askers.custom, CUSTOM] as const]) {
      const denied = op.scope === 'staff' || (op.scope === 'org' && !holds(op, permissions))
      if (denied) await expectNoTrace(async () => expectOutcome(op, who, await ask(op, who, inOrg(op, estate.orgId)), lacking(op)))
      else if (isRead(op)) expectOutcome(op, who, await ask(op, who, inOrg(op, estate.orgId)), null)
    }
    if (op.scope === 'org') {
      const actual = await ask(op, askers.suspended, { organization_id: estate.orgId })
      expectOutcome(op, askers.suspended, actual, 'not_found')
      expect(actual.body).toBe((await ask(op, askers.suspended, { organization_id: MISSING_ORG })).body)
    }
    if (op.scope === 'staff') expectOutcome(op, askers.owner, await ask(op, askers.owner), 'forbidden')
  })

  test('somebody whose e-mail is not verified', async () => {
    const open = op.scope === 'public' || op.unverified
    expectOutcome(op, askers.unverified, await ask(op, askers.unverified), open ? null : 'email_not_verified')
  })

  test('a read-only token of the owner reads, and changes nothing', async () => {
    if (op.scope === 'public') return
    const refusal = refusedForReader(op)
    const act = async () => expectOutcome(op, tokens.readOnly, await ask(op, tokens.readOnly, inOrg(op, estate.orgId)), refusal)
    await (refusal ? expectNoTrace(act) : act())
  })

  test('a token for another app neither sees this one nor reaches beyond apps', async () => {
    if (op.scope !== 'org' || !op.permission) return
    const over = { organization_id: estate.orgId }
    const [actual, absent] = [await ask(op, tokens.otherApp, over), await ask(op, tokens.otherApp, over, missing)]
    const refusal = refusedForOtherApp(op)
    if (refusal) expectOutcome(op, tokens.otherApp, actual, refusal)
    if (refusal === 'not_found') expect(actual.body).toBe(absent.body)
    for (const hidden of [`a-${estate.marker}`, `i-${estate.marker}`, estate.ids.deployment_id, estate.ids.instance_id]) expect(actual.body, op.name).not.toContain(hidden)
  })

  test('a service account does what its role says and nothing that is a person\'s', async () => {
    if (op.scope === 'public' || (!isRead(op) && holds(op, ROLE_GRANTS.viewer))) return
    const denied = op.scope === 'org' ? (holds(op, ROLE_GRANTS.viewer) ? null : lacking(op)) : op.machines ? null : 'session_required'
    expectOutcome(op, askers.machine, await ask(op, askers.machine, inOrg(op, estate.orgId)), denied)
  })

  test('the owner reads everything that is the organization\'s', async () => {
    if (op.scope === 'org' && isRead(op)) expect(await ask(op, askers.owner, { organization_id: estate.orgId }), op.name).toMatchObject({ code: 'ok' })
  })
})

/** What is hidden from those without the permission is not there for them. */
const lacking = (op: Subject): string => (op.hidden ? 'not_found' : 'forbidden')

const refusedForReader = (op: Subject): string | readonly string[] | null => {
  if (op.scope === 'staff' && op.kind === 'composite') return ['forbidden', 'session_required'] // which operation it begins with is its own affair
  if (op.scope === 'staff') return 'session_required'
  if (op.scope === 'org' && !op.permission?.endsWith(':read')) return lacking(op)
  return op.sessionOnly || (op.scope === 'user' && !op.limitedTokens) ? 'session_required' : null
}

/** Of apps they see only the other one; of the rest they see what names no app. */
const OF_AN_APP = ['app_id', 'deployment_id', 'instance_id', 'install_id']
const refusedForOtherApp = (op: Subject): string | null => {
  if (!op.permission || !([...APP_PERMISSIONS, 'org:read', 'members:read'] as Permission[]).includes(op.permission)) return 'forbidden'
  if (op.sessionOnly) return 'session_required'
  if (!(APP_PERMISSIONS as readonly Permission[]).includes(op.permission)) return null
  const fields = fieldsOf(op)
  if (fields.some((f) => f.name === 'app_id' || (f.required && OF_AN_APP.includes(f.name)))) return 'not_found'
  return isRead(op) || fields.some((f) => f.name.endsWith('_id')) ? null : 'forbidden'
}

test('the secret of an app is in no answer, not even its owner\'s', async () => {
  const reads = subjects.filter((s) => s.scope === 'org' && s.kind === 'query')
  const texts = await Promise.all(reads.map((op) => ask(op, askers.owner, { organization_id: estate.orgId })))
  expect(texts.filter((t) => t.text.includes(estate.secret))).toEqual([])
  expect(texts.filter((t) => t.text.includes(estate.marker)).length).toBeGreaterThan(10)
})

test('an operator may read what is the operator\'s', async () => {
  const staff = person('staff', await makeUser({ staff: true }))
  for (const op of subjects.filter((s) => s.scope === 'staff' && s.kind === 'query')) expect([op.name, (await ask(op, staff)).code]).toEqual([op.name, 'ok'])
})

describe.each(STREAMS)('the live stream %s', (path) => {
  const open = async (who: Asker, organizationId?: string, appId = ids.app_id ?? '') => {
    const { token, headers } = await who.question()
    return api.ask('GET', `${path.replace('{app_id}', appId)}?follow=true${organizationId ? `&organization_id=${organizationId}` : ''}`,
      { firstBytes: true, ...(token ? { token } : {}), headers: { 'x-forwarded-for': '198.18.7.7', ...headers } })
  }
  const text = async (who: Asker, organizationId: string, appId?: string): Promise<string> => {
    const answer = await open(who, organizationId, appId)
    return JSON.stringify([answer.status, answer.body.detail])
  }
  test('refuses whoever may not read it and shows nothing', async () => {
    const stranger = person('a stranger', await makeOwner())
    const expected: [Asker, number][] = [
      [askers.anonymous, 401], [askers.unverified, 403], [stranger, 404], [askers.suspended, 404], [tokens.elsewhere, 403],
      [reseller.away, 401], [reseller.atHome, 404], ...tokens.dead.map((who): [Asker, number] => [who, 401]),
      ...(path.includes('logs') ? [roles.billing, askers.custom] : []).map((who): [Asker, number] => [who, 403]),
    ]
    for (const [who, status] of expected) {
      const answer = await open(who, estate.orgId)
      expect([who.name, answer.status]).toEqual([who.name, status])
      expect(answer.text).not.toContain(estate.marker)
    }
    expect(await text(stranger, estate.orgId)).toBe(await text(stranger, MISSING_ORG))
  })
  test('opens for a member, a reader\'s token and a service account', async () => {
    for (const who of [roles.viewer, tokens.readOnly, askers.machine]) {
      const answer = await open(who, estate.orgId)
      expect([who.name, answer.status, answer.headers['content-type']]).toEqual([who.name, 200, expect.stringContaining('text/event-stream')])
    }
  })
  test('shows a token for another app nothing of this one', async () => {
    if (path.includes('logs')) return expect(await text(tokens.otherApp, estate.orgId)).toBe(await text(tokens.otherApp, estate.orgId, missing.app_id))
    const answer = await api.ask('GET', '/v1/events?limit=100', await tokens.otherApp.question())
    expect([answer.status, answer.text.includes(estate.ids.other_app_id), answer.text.includes(estate.ids.app_id)]).toEqual([200, true, false])
  })
})

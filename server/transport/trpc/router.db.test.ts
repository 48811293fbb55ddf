import { beforeAll, describe, expect, test } from 'vitest'
import { composites, operations, sandboxComposites, sandboxOperations } from '../../compose.ts'
import { as, brandContext, makeOwner, makeUser, metaFor, type Caller } from '../../testing/actors.ts'
import { withRuntime } from '../../testing/runtime.ts'
import { appRouter } from './router.ts'
import { t } from './procedure.ts'

withRuntime()
const callerFor = t.createCallerFactory(appRouter)
const known = new Map([...operations, ...sandboxOperations, ...composites, ...sandboxComposites].map((o) => [o.name, o]))
const procedures = Object.entries(appRouter._def.procedures as unknown as Record<string, { _def: { type: string; meta?: { operation: string } } }>)
  .map(([path, { _def }]) => ({ path, type: _def.type, operation: known.get(_def.meta?.operation ?? '') }))

let people: Record<'anonymous' | 'stranger' | 'unverified', Caller>
let orgId = ''
beforeAll(async () => {
  orgId = (await makeOwner()).organization.id
  const newcomer = await makeUser()
  people = {
    anonymous: as({ type: 'anonymous' }, await brandContext()), stranger: await makeOwner(), unverified: as({ ...newcomer.actor, verified: false }, newcomer.brand),
  }
})

const outcome = async (path: string, who: Caller, input: Record<string, unknown>): Promise<string> => {
  const caller: unknown = callerFor({ meta: metaFor(who.actor, who.brand), repeated: false })
  const procedure = path.split('.').reduce<unknown>((at, key) => (at as Record<string, unknown>)[key], caller) as (input: unknown) => Promise<unknown>
  return procedure(input).then(() => 'OK', (e: { code?: string; cause?: { code?: string } }) => e.cause?.code ?? e.code ?? 'unknown')
}
const REFUSALS = ['unauthenticated', 'forbidden', 'email_not_verified', 'internal', 'INTERNAL_SERVER_ERROR']

test('every procedure is one operation of the product, and reads are queries', () => {
  expect(procedures.filter((p) => !p.operation).map((p) => p.path)).toEqual([])
  expect(procedures.filter((p) => p.operation?.kind !== 'composite' && (p.operation?.kind === 'query') !== (p.type === 'query')).map((p) => p.path)).toEqual([])
  expect(procedures.length).toBeGreaterThan(50)
})

describe.each(procedures.filter((p) => p.operation && !p.operation.name.includes('checkout')))('$path', ({ path, operation }) => {
  const scope = operation?.scope
  test('refuses whoever is not signed in, unless it is public', async () => {
    const code = await outcome(path, people.anonymous, {})
    if (scope === 'public') expect(REFUSALS).not.toContain(code)
    else expect(code).toBe('unauthenticated')
  })
  test('refuses an unverified address, unless it is open to one', async () => {
    const code = await outcome(path, people.unverified, {})
    if (scope === 'public' || (operation && 'unverified' in operation && operation.unverified)) expect(REFUSALS).not.toContain(code)
    else expect(code).toBe('email_not_verified')
  })
  test('refuses an organization the caller is no member of, and staff work to customers', async () => {
    const code = await outcome(path, people.stranger, scope === 'org' ? { organization_id: orgId } : {})
    if (scope === 'org') expect(code).toBe('not_found')
    else if (scope === 'staff') expect(code).toBe('forbidden')
    else expect(REFUSALS).not.toContain(code)
  })
})

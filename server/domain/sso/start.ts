import { z } from 'zod'
import { Email } from '../../contract/user.ts'
import type { CompositeOperation } from '../../core/composite.ts'
import type { RequestMeta } from '../../core/context.ts'
import { DomainError } from '../../core/error.ts'
import { call, query } from '../../core/operation.ts'
import { throttle } from '../auth/index.ts'
import { loadConnection, providerOf, redirectUriOf } from './connection.ts'
import { connectionForEmail } from './domain-of.ts'
import { newBrowserKey, storeFlow } from './flow.ts'
import { beginAt, type Provider } from './provider.ts'

const ByEmail = { email: Email }
const Started = z.object({ authorization_url: z.string(), browser_key: z.string().describe('Stays in this browser and is shown again at the end') })
/** Only a path of this console; anything else could carry a person away. */
const Next = z.string().max(500).regex(/^\/(?![/\\])[^\s\\]*$/, 'Must be a path of this console.')

export const discoverSso = query({
  name: 'sso.discover', summary: 'Whether people of an address sign in through an identity provider here', scope: 'public',
  input: z.strictObject(ByEmail), output: z.object({ available: z.boolean(), required: z.boolean() }),
  run: async (ctx, { email }) => {
    await throttle(`sso:discover:${ctx.meta.ip}`, 300, 300)
    const connection = await connectionForEmail(ctx.db, ctx.brand.id, email)
    return { available: connection !== null, required: Boolean(connection?.enforcedAt) }
  },
})

interface Target { connectionId: string; provider: Provider; redirectUri: string; testUserId: string | null }

const targetOfEmail = query({
  name: 'sso.target_of_email', summary: 'The connection for an address', scope: 'public', input: z.object(ByEmail), output: z.custom<Target>(),
  run: async (ctx, { email }) => {
    await throttle(`sso:start:${ctx.meta.ip}`, 100, 300)
    const connection = await connectionForEmail(ctx.db, ctx.brand.id, email)
    if (!connection) throw new DomainError('not_found', 'No organization signs people of this domain in here. Use your password.')
    return { connectionId: connection.id, provider: providerOf(connection), redirectUri: redirectUriOf(ctx), testUserId: null }
  },
})

const begin = async (meta: RequestMeta, target: Target, next: string, hint: string | null): Promise<z.output<typeof Started>> => {
  const beginning = await beginAt(target.provider, target.redirectUri, hint)
  const browserKey = newBrowserKey()
  const { connectionId, redirectUri, testUserId } = target
  await call(storeFlow, { ...meta, idempotencyKey: null }, { flow: { ...beginning, browserKey, connectionId, redirectUri, next, testUserId } })
  return { authorization_url: beginning.url, browser_key: browserKey }
}

const StartInput = z.strictObject({ ...ByEmail, next: Next.default('/') })
export const startSso: CompositeOperation<typeof StartInput, typeof Started> = {
  kind: 'composite', name: 'sso.start', summary: 'Begin a sign-in at the identity provider of an address', scope: 'public', repeatable: true, input: StartInput, output: Started,
  handle: async (meta, raw) => {
    const { email, next } = await call(startInput, meta, raw)
    return begin(meta, await call(targetOfEmail, meta, { email }), next, email)
  },
}
const startInput = query({ name: 'sso.start_input', summary: 'Checks the form of a start', scope: 'public', input: StartInput, output: StartInput, run: (_ctx, input) => Promise.resolve(input) })

const testTarget = query({
  name: 'sso.test_target', summary: 'The connection to test', scope: 'org', permission: 'org:write', sessionOnly: true,
  input: z.strictObject({ next: Next.default('/') }), output: z.object({ target: z.custom<Target>(), next: z.string() }),
  run: async (ctx, { next }) => {
    const connection = await loadConnection(ctx.db)
    return { next, target: { connectionId: connection.id, provider: providerOf(connection), redirectUri: redirectUriOf(ctx), testUserId: ctx.userId } }
  },
})

const TestInput = z.strictObject({ next: Next.default('/') })
export const testSso: CompositeOperation<typeof TestInput, typeof Started> = {
  kind: 'composite', name: 'sso.test', summary: 'Begin a test sign-in: everything is checked, nothing is opened', scope: 'org', permission: 'org:write', input: TestInput, output: Started,
  handle: async (meta, raw) => {
    const { target, next } = await call(testTarget, meta, raw)
    return begin(meta, target, next, null)
  },
}

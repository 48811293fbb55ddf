import { z } from 'zod'
import { SsoTest } from '../../contract/sso.ts'
import { User } from '../../contract/user.ts'
import type { CompositeOperation } from '../../core/composite.ts'
import { call, command } from '../../core/operation.ts'
import { finishSignIn } from '../auth/index.ts'
import { accountOf, ensureMember, faultsOf, recordFor } from './admit.ts'
import { takeFlow } from './flow.ts'
import { redeem, type Claims } from './provider.ts'

const Came = z.object({ connection_id: z.string(), claims: z.custom<Claims>() })

const admit = command({
  name: 'sso.admit', summary: 'Signs in who came from the identity provider', scope: 'public', input: Came, output: User,
  run: async (ctx, { connection_id: id, claims }) => {
    const connection = await ctx.db.ssoConnection.findUniqueOrThrow({ where: { id } })
    const user = await accountOf(ctx, connection, claims)
    await ensureMember(ctx, connection, user)
    await recordFor(ctx, user, connection.orgId, 'sso.signed_in', { mfa: claims.mfa })
    return finishSignIn(ctx, user, { method: 'sso', mfa: claims.mfa })
  },
})

const noteTest = command({
  name: 'sso.note_test', summary: 'What a test sign-in found', scope: 'public', input: Came.extend({ user_id: z.string() }), output: SsoTest,
  run: async (ctx, { connection_id: id, claims, user_id: userId }) => {
    const connection = await ctx.db.ssoConnection.findUniqueOrThrow({ where: { id } })
    const faults = await faultsOf(ctx, connection.orgId, claims)
    if (faults.length === 0) await ctx.db.ssoConnection.update({ where: { id }, data: { testedAt: new Date() } })
    await ctx.emit('sso.tested', { type: 'sso_connection', id }, { ok: faults.length === 0, by: userId }, connection.orgId)
    const { email, emailVerified, name, subject, mfa } = claims
    return { ok: faults.length === 0, email, email_verified: emailVerified, name, subject, mfa, faults }
  },
})

const FinishInput = z.strictObject({
  query: z.string().max(8000).describe('secret; what follows the question mark of the callback address'),
  browser_key: z.string().max(200).describe('secret'),
})
const Finished = z.object({ user: User.nullable(), next: z.string(), test: SsoTest.nullable() })
const finishInput = command({
  name: 'sso.finish_input', summary: 'Checks the form of a finish', scope: 'public', quiet: 'changes nothing', input: FinishInput, output: FinishInput,
  run: (_ctx, input) => Promise.resolve(input),
})

/** State first, and used up whatever follows; then the provider; then the account. The network is never asked inside a transaction. */
export const finishSso: CompositeOperation<typeof FinishInput, typeof Finished> = {
  kind: 'composite', name: 'sso.finish', summary: 'End a sign-in at the identity provider with what it sent back', scope: 'public', input: FinishInput, output: Finished,
  handle: async (meta, raw) => {
    const { query, browser_key: browserKey } = await call(finishInput, meta, raw)
    const state = new URLSearchParams(query).get('state') ?? ''
    const flow = await call(takeFlow, meta, { state, browser_key: browserKey })
    const { connectionId, next, provider, redirectUri, nonce, verifier } = flow
    const came = { connection_id: connectionId, claims: await redeem(provider, { query, redirectUri, state, nonce, verifier }) }
    if (flow.testUserId) return { user: null, next, test: await call(noteTest, meta, { ...came, user_id: flow.testUserId }) }
    return { user: await call(admit, meta, came), next, test: null }
  },
}

import { z } from 'zod'
import { newToken, sha256 } from '../../core/crypto.ts'
import { DomainError } from '../../core/error.ts'
import { command } from '../../core/operation.ts'
import { throttle } from '../auth/index.ts'
import { providerOf, sealFor, unsealFor } from './connection.ts'
import type { Beginning, Provider } from './provider.ts'

const LIFETIME_MS = 10 * 60_000

export interface Flow extends Beginning { browserKey: string; connectionId: string; redirectUri: string; next: string; testUserId: string | null }

export const newBrowserKey = (): string => newToken('flow')

/** Remembers a sign-in under way; only hashes of what the browser and the provider hold. */
export const storeFlow = command({
  name: 'sso.store_flow', summary: 'Remembers a sign-in under way', scope: 'public', quiet: 'nothing happened yet',
  input: z.object({ flow: z.custom<Flow>() }), output: z.object({}),
  run: async (ctx, { flow }) => {
    await ctx.db.ssoFlow.create({
      data: {
        stateHash: sha256(flow.state), browserHash: sha256(flow.browserKey), connectionId: flow.connectionId, brandId: ctx.brand.id, nonce: flow.nonce,
        verifier: sealFor(flow.connectionId, flow.verifier), redirectUri: flow.redirectUri, next: flow.next, testUserId: flow.testUserId,
        expiresAt: new Date(Date.now() + LIFETIME_MS),
      },
    })
    await ctx.db.ssoFlow.deleteMany({ where: { expiresAt: { lt: new Date(Date.now() - LIFETIME_MS) } } })
    return {}
  },
})

export interface TakenFlow extends Pick<Flow, 'connectionId' | 'nonce' | 'verifier' | 'redirectUri' | 'next' | 'testUserId'> { provider: Provider }

/** Uses the flow up, in the browser that began it, under the same brand. Every other one looks the same. */
export const takeFlow = command({
  name: 'sso.take_flow', summary: 'Uses a sign-in under way up', scope: 'public', quiet: 'the sign-in that follows emits its events',
  input: z.object({ state: z.string().max(200), browser_key: z.string().max(200) }), output: z.custom<TakenFlow>(),
  run: async (ctx, input) => {
    await throttle(`sso:finish:${ctx.meta.ip}`, 100, 300)
    const [flow] = await ctx.db.ssoFlow.updateManyAndReturn({
      where: {
        stateHash: sha256(input.state), browserHash: sha256(input.browser_key), brandId: ctx.brand.id, usedAt: null, expiresAt: { gt: new Date() },
        redirectUri: { startsWith: `${ctx.brand.origin}/` },
      },
      data: { usedAt: new Date() },
    })
    const connection = flow && await ctx.db.ssoConnection.findUnique({ where: { id: flow.connectionId } })
    if (!connection) throw new DomainError('sso_refused', 'This sign-in was finished already, took too long or began in another browser. Start again.')
    return {
      connectionId: connection.id, provider: providerOf(connection), nonce: flow.nonce, verifier: unsealFor(connection.id, flow.verifier),
      redirectUri: flow.redirectUri, next: flow.next, testUserId: flow.testUserId,
    }
  },
})

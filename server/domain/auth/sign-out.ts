import { z } from 'zod'
import { notFound } from '../../core/error.ts'
import { command, query } from '../../core/operation.ts'
import { SessionInfo } from '../../contract/user.ts'
import { toInstant } from '../../contract/time.ts'
import { deviceName } from './device.ts'

const Done = z.object({ ok: z.literal(true) })

export const signOut = command({
  name: 'auth.sign_out', summary: 'End this session', scope: 'user', unverified: true,
  input: z.strictObject({}), output: Done,
  run: async (ctx) => {
    await ctx.db.session.deleteMany({ where: { id: ctx.user.sessionId } })
    ctx.meta.cookie.session = null
    await ctx.emit('user.signed_out', { type: 'user', id: ctx.user.userId })
    return { ok: true as const }
  },
})

export const signOutEverywhere = command({
  name: 'auth.sign_out_everywhere', summary: 'End every session of this account, those of POST /v1/auth/token included', scope: 'user', unverified: true, sessionOnly: true,
  input: z.strictObject({}), output: z.object({ ended: z.number().int() }),
  rest: { method: 'DELETE', path: '/auth/sessions', status: 200, tag: 'Accounts' },
  run: async (ctx) => {
    const { count } = await ctx.db.session.deleteMany({ where: { userId: ctx.user.userId } })
    ctx.meta.cookie.session = null
    await ctx.emit('user.signed_out_everywhere', { type: 'user', id: ctx.user.userId })
    return { ended: count }
  },
})

export const listSessions = query({
  name: 'auth.list_sessions', summary: 'Devices and tokens signed in to this account', scope: 'user', unverified: true,
  input: z.strictObject({}), output: z.object({ data: z.array(SessionInfo) }),
  rest: { method: 'GET', path: '/auth/sessions', tag: 'Accounts' },
  run: async (ctx) => {
    const rows = await ctx.db.session.findMany({ where: { userId: ctx.user.userId, expiresAt: { gt: new Date() } }, orderBy: { lastSeenAt: 'desc' }, take: 100 })
    return {
      data: rows.map((s) => ({
        id: s.id, kind: s.kind === 'api' ? 'api' as const : 'web' as const, current: s.id === ctx.user.sessionId, device: deviceName(s.userAgent), ip: s.ip,
        user_agent: s.userAgent, mfa: s.mfaAt !== null,
        created_at: toInstant(s.createdAt), last_seen_at: toInstant(s.lastSeenAt), expires_at: toInstant(s.expiresAt),
      })),
    }
  },
})

export const revokeSession = command({
  name: 'auth.revoke_session', summary: 'End one session', scope: 'user', unverified: true, sessionOnly: true,
  input: z.strictObject({ session_id: z.string().max(60) }), output: Done,
  rest: { method: 'DELETE', path: '/auth/sessions/{session_id}', tag: 'Accounts' },
  run: async (ctx, input) => {
    const { count } = await ctx.db.session.deleteMany({ where: { id: input.session_id, userId: ctx.user.userId } })
    if (count === 0) throw notFound('session')
    await ctx.emit('user.session_revoked', { type: 'user', id: ctx.user.userId })
    return { ok: true as const }
  },
})

export const revokeOtherSessions = command({
  name: 'auth.revoke_other_sessions', summary: 'End every session of this account but this one', scope: 'user', unverified: true, sessionOnly: true,
  input: z.strictObject({}), output: z.object({ ended: z.number().int() }),
  rest: { method: 'POST', path: '/auth/sessions/revoke-others', status: 200, tag: 'Accounts' },
  run: async (ctx) => {
    const { count } = await ctx.db.session.deleteMany({ where: { userId: ctx.user.userId, id: { not: ctx.user.sessionId } } })
    await ctx.emit('user.other_sessions_revoked', { type: 'user', id: ctx.user.userId })
    return { ended: count }
  },
})

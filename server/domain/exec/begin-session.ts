import { SESSIONS_PER_INSTANCE } from '../../contract/exec.ts'
import { ARGV_LIMIT_BYTES, type OpenRequest } from '../../contract/session-wire.ts'
import type { OrgContext } from '../../core/context.ts'
import { DomainError, ruleViolated } from '../../core/error.ts'
import { newId } from '../../core/id.ts'
import { allSessions, keepSession } from './lines.ts'
import { LiveSession } from './live-session.ts'
import { chooseInstance } from './choose-instance.ts'
import { recordEnd } from './record-end.ts'

interface Wanted {
  appId: string
  instanceId: string | undefined
  kind: 'command' | 'terminal'
  request: Omit<OpenRequest, 'instance_id'>
}

const bytesOf = (argv: readonly string[]): number => argv.reduce((sum, word) => sum + Buffer.byteLength(word) + 1, 0)

export const refuseLongCommand = (pointer: string, argv: readonly string[]): void => {
  if (bytesOf(argv) > ARGV_LIMIT_BYTES) {
    throw ruleViolated(pointer, 'argv_too_large', `A command may hold at most ${ARGV_LIMIT_BYTES} bytes in all. Send what is long through its input.`)
  }
}

const nameOf = ({ actor }: OrgContext): { name: string; tokenId: string | null } => {
  if (actor.type === 'user') return { name: actor.impersonator ? `${actor.impersonator.name} (operator)` : actor.name, tokenId: actor.token?.tokenId ?? null }
  return actor.type === 'service_account' ? { name: actor.name, tokenId: actor.token.tokenId } : { name: actor.type, tokenId: null }
}

/** A ticket is of whoever opened the session, by the same session or token. */
export const principalOf = ({ actor, userId }: Pick<OrgContext, 'actor' | 'userId'>): string =>
  `${userId}:${actor.type === 'user' ? actor.token?.tokenId ?? actor.sessionId : actor.type === 'service_account' ? actor.token.tokenId : ''}`

/** Writes it down and tells; what it does begins when somebody attaches. Nothing is waited for in here. */
export const beginSession = async (ctx: OrgContext, { appId, instanceId, kind, request }: Wanted): Promise<LiveSession> => {
  const { app, instance } = await chooseInstance(ctx, appId, instanceId)
  if (allSessions().filter((one) => one.facts.instanceId === instance.id && !one.ended).length >= SESSIONS_PER_INSTANCE) {
    throw new DomainError('too_many_sessions', `At most ${SESSIONS_PER_INSTANCE} commands and terminals run in one instance at a time. End one, or name another instance.`)
  }
  const id = newId('execSession')
  const { name, tokenId } = nameOf(ctx)
  const program = (request.commands[0]?.[0] ?? '').slice(0, 200)
  const facts = { id, orgId: ctx.orgId, appId: app.id, instanceId: instance.id, nodeId: instance.nodeId, kind, principal: principalOf(ctx) }
  await ctx.db.execSession.create({
    data: {
      id, orgId: ctx.orgId, appId: app.id, instanceId: instance.id, nodeId: instance.nodeId, kind, program, actorId: ctx.userId, actorName: name, tokenId,
      ip: ctx.meta.ip, userAgent: ctx.meta.userAgent?.slice(0, 300) ?? null, startedAt: new Date(),
    },
  })
  await ctx.emit('exec.started', { type: 'app', id: app.id }, { session_id: id, kind, instance_id: instance.id, program })
  const session = new LiveSession(facts, { ...request, instance_id: instance.id }, (one, ended) => recordEnd(one, ended, ctx.meta))
  keepSession(session)
  return session
}

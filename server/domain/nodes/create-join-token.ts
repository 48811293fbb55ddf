import { z } from 'zod'
import { notFound } from '../../core/error.ts'
import { Instant, toInstant } from '../../contract/time.ts'
import { command, query } from '../../core/operation.ts'
import { readInstallLine } from './install-line.ts'
import { isJoinId, issueJoinToken, joinIdOf } from './join-token.ts'
import { viewNode } from './node-view.ts'
import { NodePlace, NodeView } from './wire.ts'

const JoinId = z.string().max(64)

export const createJoinToken = command({
  name: 'nodes.create_join_token', summary: 'A single-use token with which one machine may join; shown once, good for 30 minutes', scope: 'staff', answersSecret: true,
  input: z.strictObject({
    region: NodePlace.region.default('local').describe('Where the machine stands'), zone: NodePlace.zone.default(''), labels: NodePlace.labels.default({}),
  }),
  output: z.object({
    token: z.string(), expires_at: Instant, join_id: JoinId,
    command: z.string().describe('What to run on the machine as root; it asks for the token'),
  }),
  rest: { method: 'POST', path: '/nodes/join-tokens', status: 201, tag: 'Nodes' },
  run: async (ctx, place) => {
    const { token, expiresAt } = await issueJoinToken(ctx.db, place)
    await ctx.emit('node.join_token_created', { type: 'user', id: ctx.user.userId }, { expires_at: toInstant(expiresAt), region: place.region, zone: place.zone })
    return { token, expires_at: toInstant(expiresAt), join_id: joinIdOf(token), command: await readInstallLine(ctx.brand.origin) }
  },
})

export const getJoin = query({
  name: 'nodes.get_join', summary: 'What became of a join token: who adds a machine waits here for it', scope: 'staff',
  input: z.strictObject({ join_id: JoinId }),
  output: z.object({ state: z.enum(['waiting', 'joined', 'expired']), expires_at: Instant, node: NodeView.nullable() }),
  rest: { method: 'GET', path: '/nodes/join-tokens/{join_id}', tag: 'Nodes' },
  run: async (ctx, input) => {
    // All of it: a piece would find another's.
    const token = isJoinId(input.join_id) ? await ctx.db.joinToken.findFirst({ where: { tokenHash: { startsWith: input.join_id } } }) : null
    if (!token) throw notFound('join_token')
    const node = token.installId === null ? null : await ctx.db.node.findUnique({ where: { installId: token.installId }, select: { id: true } })
    const state = node ? 'joined' as const : token.expiresAt.getTime() <= Date.now() ? 'expired' as const : 'waiting' as const
    return { state, expires_at: toInstant(token.expiresAt), node: node ? await viewNode(ctx.db, node.id) : null }
  },
})

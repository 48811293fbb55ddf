import { z } from 'zod'
import { Instant, toInstant } from '../../contract/time.ts'
import { command } from '../../core/operation.ts'
import { issueJoinToken } from './join-token.ts'
import { NodePlace } from './wire.ts'

export const createJoinToken = command({
  name: 'nodes.create_join_token', summary: 'A single-use token with which one machine may join; shown once, good for 30 minutes', scope: 'staff', answersSecret: true,
  input: z.strictObject({
    region: NodePlace.region.default('local').describe('Where the machine stands'), zone: NodePlace.zone.default(''), labels: NodePlace.labels.default({}),
  }),
  output: z.object({ token: z.string(), expires_at: Instant }),
  rest: { method: 'POST', path: '/nodes/join-tokens', status: 201, tag: 'Nodes' },
  run: async (ctx, place) => {
    const { token, expiresAt } = await issueJoinToken(ctx.db, place)
    await ctx.emit('node.join_token_created', { type: 'user', id: ctx.user.userId }, { expires_at: toInstant(expiresAt), region: place.region, zone: place.zone })
    return { token, expires_at: toInstant(expiresAt) }
  },
})

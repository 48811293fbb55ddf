import { z } from 'zod'
import { DEVICE_TOKEN_DAYS } from '../../contract/device.ts'
import { PermissionName } from '../../contract/permission.ts'
import { CreatedToken } from '../../contract/token.ts'
import type { SystemContext } from '../../core/context.ts'
import { sha256 } from '../../core/crypto.ts'
import { DomainError } from '../../core/error.ts'
import { command } from '../../core/operation.ts'
import { runtime } from '../../core/runtime.ts'
import { issueToken } from '../tokens/index.ts'

const DAY_MS = 86_400_000

interface Asked { id: string; state: 'pending' | 'approved' | 'denied' | 'used'; too_fast: boolean; expired: boolean; client_name: string; scopes: string[]; user_id: string | null }

// Outside the caller's transaction: an impatient question is refused, and must count all the same. A second of grace for the network.
const ASK = `WITH asked AS (SELECT id, polled_at, interval_s FROM device_authorization WHERE device_code_hash = $1 AND brand_id = $2 FOR UPDATE),
    judged AS (SELECT id, coalesce(polled_at > now() - make_interval(secs => interval_s - 1), false) AS too_fast FROM asked)
  UPDATE device_authorization d SET polled_at = now(), interval_s = least(60, d.interval_s + CASE WHEN judged.too_fast THEN 5 ELSE 0 END)
  FROM judged WHERE d.id = judged.id
  RETURNING d.id, d.state, judged.too_fast, d.expires_at <= now() AS expired, d.client_name, d.scopes, d.user_id`

const ask = async (ctx: SystemContext, deviceCode: string): Promise<Asked & { user_id: string }> => {
  const { rows } = await runtime().databases.systemPool.query<Asked>(ASK, [sha256(deviceCode), ctx.brand.id])
  const [asked] = rows
  if (!asked || asked.expired || asked.state === 'used') throw new DomainError('expired_token', 'The code is unknown, used or older than ten minutes. Begin again.')
  if (asked.state === 'denied') throw new DomainError('access_denied', 'The request was refused in the console.')
  if (asked.too_fast) throw new DomainError('slow_down', 'Ask five seconds less often from now on.')
  if (asked.state === 'pending' || asked.user_id === null) throw new DomainError('authorization_pending', 'Nobody has answered in the console yet. Ask again.')
  return { ...asked, user_id: asked.user_id }
}

export const pollDevice = command({
  name: 'auth.poll_device', summary: 'The token of an approved program, once; until then authorization_pending, slow_down, access_denied or expired_token',
  scope: 'public', answersSecret: true,
  input: z.strictObject({ device_code: z.string().max(100).describe('secret') }), output: CreatedToken,
  rest: { method: 'POST', path: '/auth/device/token', status: 201, tag: 'Accounts' },
  run: async (ctx, input) => {
    const asked = await ask(ctx, input.device_code)
    const taken = await ctx.db.deviceAuthorization.updateMany({ where: { id: asked.id, state: 'approved' }, data: { state: 'used' } })
    if (taken.count === 0) throw new DomainError('expired_token', 'The code was used already. Begin again.')
    const token = await issueToken(ctx.db, {
      kind: 'pat', name: asked.client_name, brandId: ctx.brand.id, holder: { userId: asked.user_id }, orgId: null,
      scopes: PermissionName.array().parse(asked.scopes), appIds: [], ipAllow: [], createdBy: asked.user_id,
      expiresAt: new Date(Date.now() + DEVICE_TOKEN_DAYS * DAY_MS),
    })
    await ctx.emit('token.created', { type: 'token', id: token.id }, { kind: 'personal', name: token.name, scopes: token.scopes.join(' '), device: asked.id })
    return token
  },
})

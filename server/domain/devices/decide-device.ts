import { z } from 'zod'
import { DEVICE_TOKEN_DAYS, DeviceRequest, UserCode, writtenUserCode } from '../../contract/device.ts'
import { PermissionName } from '../../contract/permission.ts'
import { toInstant } from '../../contract/time.ts'
import type { UserContext } from '../../core/context.ts'
import { sha256 } from '../../core/crypto.ts'
import { DomainError } from '../../core/error.ts'
import { command, query } from '../../core/operation.ts'
import { throttle } from '../auth/index.ts'

const Input = { user_code: UserCode }
const Done = z.object({ ok: z.literal(true) })

/** Nobody finds the code of somebody else's program by trying. */
const refuseGuessing = async (ctx: UserContext): Promise<void> => {
  await throttle(`device-code:${ctx.user.userId}`, 30, 600)
  await throttle(`device-code:${ctx.meta.ip}`, 60, 600)
}

const open = (ctx: UserContext, userCode: string) =>
  ({ userCodeHash: sha256(userCode), brandId: ctx.brand.id, state: 'pending', expiresAt: { gt: new Date() } })

const unknownCode = (): DomainError =>
  new DomainError('not_found', 'No program waits under this code. Codes live ten minutes and count once.')

export const getDevice = query({
  name: 'auth.get_device', summary: 'Which program waits under a code', scope: 'user', sessionOnly: true,
  input: z.strictObject(Input), output: DeviceRequest,
  run: async (ctx, input) => {
    await refuseGuessing(ctx)
    const row = await ctx.db.deviceAuthorization.findFirst({ where: open(ctx, input.user_code) })
    if (!row) throw unknownCode()
    return {
      user_code: writtenUserCode(input.user_code), client_name: row.clientName, ip: row.ip, user_agent: row.userAgent,
      scopes: PermissionName.array().parse(row.scopes), token_days: DEVICE_TOKEN_DAYS,
      created_at: toInstant(row.createdAt), expires_at: toInstant(row.expiresAt),
    }
  },
})

const decide = async (ctx: UserContext, userCode: string, state: 'approved' | 'denied'): Promise<{ ok: true }> => {
  await refuseGuessing(ctx)
  const [row] = await ctx.db.deviceAuthorization.updateManyAndReturn({
    where: open(ctx, userCode), data: { state, userId: ctx.user.userId, decidedAt: new Date() }, select: { id: true, clientName: true, ip: true },
  })
  if (!row) throw unknownCode()
  await ctx.emit(`device.${state}`, { type: 'user', id: ctx.user.userId }, { device: row.id, client_name: row.clientName, ip: row.ip })
  return { ok: true }
}

export const approveDevice = command({
  name: 'auth.approve_device', summary: 'Let the program under a code act for you', scope: 'user', sensitive: true, sessionOnly: true,
  input: z.strictObject(Input), output: Done,
  run: (ctx, input) => decide(ctx, input.user_code, 'approved'),
})

export const denyDevice = command({
  name: 'auth.deny_device', summary: 'Refuse the program under a code', scope: 'user', sessionOnly: true,
  input: z.strictObject(Input), output: Done,
  run: (ctx, input) => decide(ctx, input.user_code, 'denied'),
})

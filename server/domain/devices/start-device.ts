import { z } from 'zod'
import { writtenUserCode } from '../../contract/device.ts'
import { TokenSettings } from '../../contract/token.ts'
import { newToken, sha256 } from '../../core/crypto.ts'
import { newId } from '../../core/id.ts'
import { command } from '../../core/operation.ts'
import { throttle } from '../auth/index.ts'
import { newUserCode } from './codes.ts'

export const LIFETIME_S = 600
const INTERVAL_S = 5
const KEPT_MS = 86_400_000

export const startDevice = command({
  name: 'auth.start_device', summary: 'A program asks to act for a person, who approves it in the console (RFC 8628)', scope: 'public', answersSecret: true,
  quiet: 'a question that nobody has answered yet changes nothing',
  input: z.strictObject({
    client_name: z.string().trim().min(1).max(60).regex(/^[^\p{Cc}<>]*$/u, 'Leave out control characters and angle brackets.').default('A program'),
    scopes: TokenSettings.scopes,
  }),
  output: z.object({
    device_code: z.string().describe('secret'), user_code: z.string(), verification_uri: z.string(), verification_uri_complete: z.string(),
    expires_in: z.number().int().describe('Seconds'), interval: z.number().int().describe('Seconds between two questions for the token'),
  }),
  rest: { method: 'POST', path: '/auth/device', status: 201, tag: 'Accounts' },
  run: async (ctx, input) => {
    await throttle(`device:${ctx.meta.ip}`, 30, 600)
    await ctx.db.deviceAuthorization.deleteMany({ where: { expiresAt: { lt: new Date(Date.now() - KEPT_MS) } } })
    const [deviceCode, userCode] = [newToken('device'), newUserCode()]
    await ctx.db.deviceAuthorization.create({
      data: {
        id: newId('device'), deviceCodeHash: sha256(deviceCode), userCodeHash: sha256(userCode), brandId: ctx.brand.id, clientName: input.client_name,
        scopes: input.scopes, ip: ctx.meta.ip, userAgent: ctx.meta.userAgent?.slice(0, 300) ?? null, intervalS: INTERVAL_S,
        expiresAt: new Date(Date.now() + LIFETIME_S * 1000),
      },
    })
    const uri = `${ctx.brand.origin}/device`
    return {
      device_code: deviceCode, user_code: writtenUserCode(userCode), verification_uri: uri, verification_uri_complete: `${uri}?code=${writtenUserCode(userCode)}`,
      expires_in: LIFETIME_S, interval: INTERVAL_S,
    }
  },
})

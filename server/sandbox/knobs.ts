import { z } from 'zod'
import { command } from '../core/operation.ts'
import { sandboxProviders } from './start-sandbox.ts'

const Knobs = z.object({ duplicate: z.number().int(), delay_ms: z.number().int(), reorder: z.boolean(), drop: z.number().int() })

export const setSandboxKnobs = command({
  name: 'sandbox.set_knobs',
  summary: 'Make the sandbox providers send webhooks twice, late, out of order, or not at all',
  scope: 'staff',
  quiet: 'changes only the stand-in providers of this process',
  input: z.strictObject({
    duplicate: z.number().int().min(0).max(20).optional(), delay_ms: z.number().int().min(0).max(600_000).optional(), reorder: z.boolean().optional(),
    drop: z.number().int().min(0).max(1000).optional(),
  }),
  output: Knobs,
  rest: { method: 'POST', path: '/test/providers', tag: 'Sandbox' },
  run: (_ctx, { delay_ms: delayMs, ...others }) => {
    const given = Object.fromEntries(Object.entries({ ...others, delayMs }).filter(([, value]) => value !== undefined))
    const knobs = sandboxProviders().setKnobs(given)
    return Promise.resolve({ duplicate: knobs.duplicate, delay_ms: knobs.delayMs, reorder: knobs.reorder, drop: knobs.drop })
  },
})

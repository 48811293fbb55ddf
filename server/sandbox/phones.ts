import { z } from 'zod'
import type { CompositeOperation } from '../core/composite.ts'
import { fromZod } from '../core/error.ts'
import { Money, toMoney } from '../contract/money.ts'
import { Instant, toInstant } from '../contract/time.ts'
import { sandboxProviders } from './start-sandbox.ts'

const Input = z.strictObject({})
const Prompts = z.object({
  data: z.array(z.object({ session_id: z.string(), phone: z.string(), amount: Money, reference: z.string(), state: z.enum(['waiting', 'processing']), sent_at: Instant })),
})

/** What a tester sees who holds every phone of the sandbox; an answer goes to the checkout of the same id. */
export const listSandboxPrompts: CompositeOperation<typeof Input, typeof Prompts> = {
  kind: 'composite',
  name: 'sandbox.phone_prompts',
  summary: 'Requests for payment that wait on the phones of the sandbox',
  scope: 'public',
  input: Input,
  output: Prompts,
  rest: { method: 'GET', path: '/test/phone-prompts', tag: 'Sandbox' },
  handle: async (_meta, raw) => {
    const parsed = Input.safeParse(raw)
    if (!parsed.success) throw fromZod(parsed.error)
    const prompts = await sandboxProviders().prompts('mpesa')
    return {
      data: prompts.map(({ id, phone, minor, currency, reference, state, sentAt }) => ({
        session_id: id, phone, amount: toMoney(BigInt(minor), currency), reference, state, sent_at: toInstant(sentAt),
      })),
    }
  },
}

import { z } from 'zod'
import type { CompositeOperation } from '../core/composite.ts'
import { DomainError, fromZod, notFound } from '../core/error.ts'
import { call, command } from '../core/operation.ts'
import { CurrencyCode } from '../contract/money.ts'
import { PROVIDER_NAMES } from './providers/object-store.ts'
import { sandboxProviders } from './start-sandbox.ts'

const Count = z.number().int().min(0).max(1000)
const Milliseconds = z.number().int().min(0).max(600_000)
const Provider = z.enum(PROVIDER_NAMES)
const Knobs = z.object({
  duplicate: z.number().int().min(0).max(20).describe('Extra copies of each webhook'),
  delay_ms: Milliseconds.describe('Waits before each webhook'),
  reorder: z.boolean().describe('Sends the events of one action last first'),
  drop: Count.describe('So many of the next webhooks are never sent'),
  latency_ms: z.number().int().min(0).max(60_000).describe('Waits before each answer of its API'),
  lose_answers: Count.describe('So many of the next writing calls are carried out, but never answered'),
  errors: Count.describe('So many of the next calls are answered by 503, with nothing carried out'),
  resets: Count.describe('So many of the next calls have their connection reset, with nothing carried out'),
  outage: z.enum(['none', 'errors', 'reset']).describe('Every call, until changed'),
  refunds: z.enum(['at_once', 'later']).describe('Whether refunds are done when they are answered, or wait for `settle_refunds`'),
})

export const setSandboxKnobs = command({
  name: 'sandbox.set_knobs',
  summary: 'Make the sandbox providers unreliable: webhooks twice, late, out of order or never, calls unanswered, outages',
  scope: 'staff',
  quiet: 'changes only the stand-in providers of this process',
  input: z.strictObject({ provider: Provider.optional().describe('One of them; all, if left out'), ...Knobs.partial().shape }),
  output: Knobs,
  rest: { method: 'POST', path: '/test/providers', tag: 'Sandbox' },
  run: (_ctx, { provider, delay_ms: delayMs, latency_ms: latencyMs, lose_answers: loseAnswers, ...others }) => {
    const given = Object.fromEntries(Object.entries({ ...others, delayMs, latencyMs, loseAnswers }).filter(([, value]) => value !== undefined))
    const { delayMs: delay_ms, latencyMs: latency_ms, loseAnswers: lose_answers, ...rest } = sandboxProviders().setKnobs(given, provider)
    return Promise.resolve({ ...rest, delay_ms, latency_ms, lose_answers })
  },
})

const allowAct = command({
  name: 'sandbox.allow_act',
  summary: 'Check that somebody may act for a sandbox provider',
  scope: 'staff',
  quiet: 'the provider tells what it does by webhook',
  input: z.strictObject({}),
  output: z.object({ allowed: z.literal(true) }),
  run: () => Promise.resolve({ allowed: true as const }),
})

const Reference = z.string().min(1).max(120)
const Won = z.enum(['won', 'lost'])
const Ended = z.enum(['succeeded', 'failed'])
const Sum = { amount: z.number().int().min(1).describe('In the provider\'s units'), currency: CurrencyCode, email: z.email() }
const Act = z.discriminatedUnion('act', [
  z.strictObject({ act: z.literal('open_dispute'), reference: Reference, reason: z.string().max(60).optional() }),
  z.strictObject({ act: z.literal('close_dispute'), reference: Reference, outcome: Won }),
  z.strictObject({ act: z.literal('settle_refunds'), outcome: Ended }),
  z.strictObject({ act: z.literal('make_payouts') }),
  z.strictObject({ act: z.literal('pay_without_checkout'), ...Sum }),
])
/** The same, flat, for the documentation; which fields go with which act is checked below. */
const Input = z.strictObject({
  provider: Provider, act: z.enum(['open_dispute', 'close_dispute', 'settle_refunds', 'make_payouts', 'pay_without_checkout']),
  reference: Reference.optional().describe('Of a payment, or of a dispute'), reason: z.string().max(60).optional(), outcome: z.enum([...Won.options, ...Ended.options]).optional(),
  amount: Sum.amount.optional(), currency: Sum.currency.optional(), email: Sum.email.optional(),
})
const Done = z.object({ references: z.array(z.string()), count: z.number().int() })

const one = (reference: string | null): z.output<typeof Done> => {
  if (reference === null) throw new DomainError('state_conflict', 'Nothing there can be done that with: look at the reference and its state.')
  return { references: [reference], count: 1 }
}

const perform = async (provider: z.output<typeof Provider>, act: z.output<typeof Act>): Promise<z.output<typeof Done>> => {
  const providers = sandboxProviders()
  if (act.act === 'open_dispute') return one(await providers.openDispute(provider, act.reference, act.reason))
  if (act.act === 'close_dispute') return one(await providers.closeDispute(provider, act.reference, act.outcome) ? act.reference : null)
  if (act.act === 'pay_without_checkout') return one(await providers.payWithoutCheckout(provider, act))
  if (act.act === 'settle_refunds') return { references: [], count: await providers.settleRefunds(provider, act.outcome) }
  const references = await providers.makePayouts(provider)
  return { references: [...references], count: references.length }
}

/** What banks and payers do later, on demand. */
export const actInSandbox: CompositeOperation<typeof Input, typeof Done> = {
  kind: 'composite',
  name: 'sandbox.act',
  summary: 'Let a sandbox provider dispute, refund, pay out, or receive money nobody asked for',
  scope: 'staff',
  input: Input,
  output: Done,
  rest: { method: 'POST', path: '/test/providers/{provider}/acts', tag: 'Sandbox' },
  handle: async (meta, raw) => {
    await call(allowAct, { ...meta, idempotencyKey: null }, {})
    const { provider: name, ...rest } = raw as Record<string, unknown>
    const provider = Provider.safeParse(name)
    if (!provider.success) throw notFound('provider')
    const act = Act.safeParse(rest)
    if (!act.success) throw fromZod(act.error)
    return perform(provider.data, act.data)
  },
}

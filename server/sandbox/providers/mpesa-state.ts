/** The sandbox M-Pesa's prompts: sent to a phone, answered there, or left to run out. */
import { randomBytes } from 'node:crypto'
import type { CheckoutResult, Payer } from './fake-provider.ts'
import { randomId } from './ids.ts'
import type { Lock } from './lock.ts'
import type { ObjectStore } from './object-store.ts'
import { shelfOf } from './object-store.ts'

export type PromptObject = {
  readonly id: string; readonly merchantRequestId: string; readonly amount: number; readonly phone: string; readonly callbackUrl: string
  readonly reference: string
  /** `waiting` for the payer, `processing` after the PIN, `done` with a result. */
  readonly state: 'waiting' | 'processing' | 'done'
  readonly resultCode: string | null; readonly receipt: string | null; readonly sentAt: number
}
export type NewPrompt = Pick<PromptObject, 'amount' | 'phone' | 'callbackUrl' | 'reference'>
export type MpesaStateOptions = {
  readonly store: ObjectStore; readonly lock: Lock; readonly now: () => Date; readonly publish: (prompt: PromptObject) => Promise<void>
}

/** So long the phone shows the question. */
const PROMPT_MS = 60_000
const CODES: Readonly<Record<'success' | 'decline', string>> = { success: '0', decline: '1032' }
export const RESULTS: Readonly<Record<string, string>> = {
  0: 'The service request is processed successfully.', 1: 'The balance is insufficient for the transaction.', 1032: 'Request cancelled by user',
  1037: 'DS timeout user cannot be reached', 2001: 'The initiator information is invalid.', 17: 'Internal failure.',
}

const receiptNumber = (): string => Array.from(randomBytes(10), (byte) => 'ABCDEFGHJKLMNPQRSTUVWXYZ0123456789'[byte % 34]).join('')
/** Ours may carry the sum behind it. */
const bare = (ref: string): string => ref.replace(/\.\d+$/, '')

export function createMpesaState({ store, lock, now, publish }: MpesaStateOptions) {
  const prompts = shelfOf<PromptObject>(store, 'mpesa', 'prompt')

  async function finish(prompt: PromptObject, resultCode: string): Promise<PromptObject> {
    const done: PromptObject = { ...prompt, state: 'done', resultCode, receipt: resultCode === '0' ? receiptNumber() : null }
    await prompts.put(done.id, done)
    await publish(done)
    return done
  }

  /** Nobody answered within a minute: that is the answer. */
  async function current(id: string): Promise<PromptObject | null> {
    const prompt = await prompts.get(id)
    return prompt?.state === 'waiting' && now().getTime() - prompt.sentAt > PROMPT_MS ? finish(prompt, '1037') : prompt
  }
  const locked = <T>(ref: string, work: (id: string) => Promise<T>): Promise<T> => lock(`prompt:${bare(ref)}`, () => work(bare(ref)))

  async function complete(id: string, payer: Payer): Promise<CheckoutResult> {
    const prompt = await current(id)
    if (prompt === null) return { ok: false, reason: 'not_found' }
    if (prompt.state !== 'waiting') return { ok: false, reason: 'not_open' }
    if (payer === 'async') await prompts.put(id, { ...prompt, state: 'processing' })
    else await finish(prompt, typeof payer === 'string' ? CODES[payer] : payer.card)
    return { ok: true, redirectUrl: null }
  }

  return {
    current: (ref: string) => locked(ref, current),
    /** One prompt per phone at a time. */
    send: (order: NewPrompt) => lock(`phone:${order.phone}`, async (): Promise<PromptObject | 'busy'> => {
      for (const open of (await prompts.list()).filter(({ phone, state }) => phone === order.phone && state === 'waiting')) {
        if ((await locked(open.id, current))?.state === 'waiting') return 'busy'
      }
      const prompt: PromptObject = {
        ...order, id: randomId('ws_CO', 20), merchantRequestId: randomId('mr', 12), state: 'waiting', resultCode: null, receipt: null, sentAt: now().getTime(),
      }
      await prompts.put(prompt.id, prompt)
      return prompt
    }),
    open: async (): Promise<readonly PromptObject[]> => {
      const undone = (await prompts.list()).filter(({ state }) => state !== 'done')
      const seen = await Promise.all(undone.map(({ id }) => locked(id, current)))
      return seen.filter((prompt) => prompt !== null).filter(({ state }) => state !== 'done').sort((a, b) => b.sentAt - a.sentAt)
    },
    /** A test card's number is a result code here: what the phone or the network says instead. */
    completeCheckout: (ref: string, payer: Payer) => locked(ref, (id) => complete(id, payer)),
    settleAsync: (ref: string, outcome: 'success' | 'failure') => locked(ref, async (id): Promise<CheckoutResult> => {
      const prompt = await prompts.get(id)
      if (prompt === null) return { ok: false, reason: 'not_found' }
      if (prompt.state !== 'processing') return { ok: false, reason: 'not_open' }
      await finish(prompt, outcome === 'success' ? '0' : '1')
      return { ok: true, redirectUrl: null }
    }),
  }
}
export type MpesaState = ReturnType<typeof createMpesaState>

/** Delivers signed webhooks like the real providers: late, twice, out of order, or never, as the knobs say; retries what is not answered by 2xx. */
import { setTimeout as sleep } from 'node:timers/promises'
import type { ObjectStore, ProviderName } from './object-store.ts'
import { shelfOf } from './object-store.ts'

export type Knobs = {
  /** Extra copies of every event. */
  duplicate: number
  delayMs: number
  /** Sends the events of one action last first. */
  reorder: boolean
  /** How many of the coming events are never sent. */
  drop: number
  /** Every answer of the API waits this long. */
  latencyMs: number
  /** So many of the next writing calls are carried out, but never answered. */
  loseAnswers: number
  /** So many of the next calls are answered by 503, or have their connection reset, with nothing carried out. */
  errors: number
  resets: number
  outage: 'none' | 'errors' | 'reset'
  /** Whether a refund is done when it is answered, or waits for `settleRefunds`. */
  refunds: 'at_once' | 'later'
}
export const CALM: Knobs = {
  duplicate: 0, delayMs: 0, reorder: false, drop: 0, latencyMs: 0, loseAnswers: 0, errors: 0, resets: 0, outage: 'none', refunds: 'at_once',
}

export type Delivery = {
  readonly id: string
  readonly payload: string
  readonly type: string
  readonly target?: string
  readonly attempts: number
  readonly state: 'waiting' | 'delivered' | 'given_up' | 'dropped'
  readonly lastStatus: number | null
}
/** `target`: where a request asked to be told of itself, instead of the one address of all. */
export type Outgoing = { readonly id: string; readonly type: string; readonly payload: string; readonly target?: string }

export type WebhookSenderOptions = {
  readonly provider: ProviderName
  readonly store: ObjectStore
  readonly target: string
  readonly knobs: () => Knobs
  /** Called with real time at each try, because receivers check its age. */
  readonly sign: (payload: string) => Readonly<Record<string, string>>
  readonly retryDelaysMs: readonly number[]
}
export type WebhookSender = {
  send(events: readonly Outgoing[]): Promise<void>
  /** Sends again what an earlier process left waiting. */
  resume(): Promise<void>
  /** Resolves when nothing is under way. */
  idle(): Promise<void>
  close(): Promise<void>
}

async function post(target: string, payload: string, signature: Readonly<Record<string, string>>, stopped: AbortSignal): Promise<number | null> {
  try {
    const response = await fetch(target, {
      method: 'POST', body: payload, redirect: 'manual', headers: { 'content-type': 'application/json', ...signature },
      signal: AbortSignal.any([stopped, AbortSignal.timeout(10_000)]),
    })
    await response.arrayBuffer()
    return response.status
  } catch {
    return null
  }
}

const queuedOf = (event: Outgoing, dropped: boolean): Delivery => ({ ...event, attempts: 0, state: dropped ? 'dropped' : 'waiting', lastStatus: null })

export function createWebhookSender({ provider, store, target, knobs, sign, retryDelaysMs }: WebhookSenderOptions): WebhookSender {
  const deliveries = shelfOf<Delivery>(store, provider, 'webhook_delivery')
  const underWay = new Set<Promise<void>>()
  const stop = new AbortController()

  async function attempt(delivery: Delivery, copies: number): Promise<Delivery> {
    const statuses = await Promise.all(Array.from({ length: copies },
      () => post(delivery.target ?? target, delivery.payload, sign(delivery.payload), stop.signal)))
    const lastStatus = statuses[0] ?? null
    const attempts = delivery.attempts + 1
    const delivered = lastStatus !== null && lastStatus >= 200 && lastStatus < 300
    const state = delivered ? 'delivered' : attempts > retryDelaysMs.length ? 'given_up' : 'waiting'
    const tried: Delivery = { ...delivery, attempts, state, lastStatus }
    if (!stop.signal.aborted) await deliveries.put(delivery.id, tried)
    return tried
  }

  async function retry(delivery: Delivery): Promise<void> {
    let tried = delivery
    while (tried.state === 'waiting') {
      await sleep(retryDelaysMs[tried.attempts - 1] ?? 0, undefined, { signal: stop.signal })
      tried = await attempt(tried, 1)
    }
  }

  /** First tries go out in order; what fails is retried on its own, so that it holds up nothing. */
  async function sendInOrder(queued: readonly Delivery[], { duplicate, delayMs }: Knobs): Promise<void> {
    for (const delivery of queued) {
      await sleep(delayMs, undefined, { signal: stop.signal })
      const tried = await attempt(delivery, 1 + duplicate)
      if (tried.state === 'waiting') start(() => retry(tried))
    }
  }

  function start(work: () => Promise<void>): void {
    const running: Promise<void> = work().catch(() => undefined).finally(() => { underWay.delete(running) })
    underWay.add(running)
  }

  return {
    async send(events) {
      const now = knobs()
      const order = now.reorder ? [...events].reverse() : events
      const queued: Delivery[] = []
      for (const event of order) {
        const dropped = now.drop > 0
        if (dropped) now.drop -= 1
        const delivery = queuedOf(event, dropped)
        await deliveries.put(delivery.id, delivery)
        if (!dropped) queued.push(delivery)
      }
      const { ...settings } = now
      start(() => sendInOrder(queued, settings))
    },
    async resume() {
      const waiting = (await deliveries.list()).filter((delivery) => delivery.state === 'waiting')
      for (const delivery of waiting) start(() => retry(delivery))
    },
    async idle() { while (underWay.size > 0) await Promise.all(underWay) },
    async close() {
      stop.abort()
      await Promise.all(underWay)
    },
  }
}

import { log } from '../../core/log.ts'
import { runtime } from '../../core/runtime.ts'
import { attempt } from './attempt.ts'
import { claimDue, type Claimed } from './claim.ts'
import { WAKE_TOPIC } from './fan-out.ts'
import { recordAttempt } from './record-attempt.ts'

/** Requests wait, they do not work: many may be open at once. */
const MAX_OPEN = 400
/** How late a retry may be, and what a lost wake-up costs. */
const LOOK_MS = 1_000

const deliver = async (delivery: Claimed): Promise<void> => recordAttempt(delivery, await attempt(delivery))

/** Sends what is due until stopped. Any number of processes may run one; a delivery is in the hand of one at a time. */
export const startDispatcher = (): { stop(): Promise<void> } => {
  const open = new Set<Promise<void>>()
  const busy = new Map<string, number>()
  let stopped = false
  let looking = false
  let again = false

  const start = (delivery: Claimed): void => {
    busy.set(delivery.endpointId, (busy.get(delivery.endpointId) ?? 0) + 1)
    const done = deliver(delivery)
      .catch((error: unknown) => log.error({ delivery: delivery.id, error: error instanceof Error ? error.stack : String(error) }, 'a webhook could not be recorded'))
      .finally(() => {
        const left = (busy.get(delivery.endpointId) ?? 1) - 1
        if (left > 0) busy.set(delivery.endpointId, left)
        else busy.delete(delivery.endpointId)
        open.delete(done)
        void look()
      })
    open.add(done)
  }
  const look = async (): Promise<void> => {
    if (stopped) return
    if (looking) {
      again = true
      return
    }
    looking = true
    try {
      do {
        again = false
        if (open.size < MAX_OPEN) for (const delivery of await claimDue(MAX_OPEN - open.size, busy)) start(delivery)
      } while (again && !stopped)
    } catch (error) {
      log.warn({ error: error instanceof Error ? error.message : String(error) }, 'webhooks could not be claimed')
    } finally {
      looking = false
    }
  }
  const off = runtime().bus.on(WAKE_TOPIC, () => void look())
  const timer = setInterval(() => void look(), LOOK_MS)
  void look()
  return {
    stop: async () => {
      stopped = true
      off()
      clearInterval(timer)
      await Promise.race([Promise.allSettled(open), new Promise((resolve) => setTimeout(resolve, 3_000).unref())])
    },
  }
}

/** One round, for tests: sends what is due now and waits for it. */
export const deliverDue = async (): Promise<number> => {
  const due = await claimDue(MAX_OPEN)
  await Promise.all(due.map(deliver))
  return due.length
}

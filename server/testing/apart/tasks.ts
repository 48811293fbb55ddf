import { setTimeout as sleep } from 'node:timers/promises'
import type { UserActor } from '../../core/context.ts'
import { runtime } from '../../core/runtime.ts'
import { closePeriods } from '../../domain/billing/periods/close-due-periods.ts'
import { finaliseDraftsIn } from '../../domain/billing/periods/finalise-drafts.ts'
import { ingestUsageEvents } from '../../domain/metering/index.ts'
import { as } from '../actors.ts'

/** As many as there are connections. */
const AT_ONCE = 8

const together = async <T>(pieces: readonly T[], act: (piece: T) => Promise<unknown>): Promise<void> => {
  const waiting = pieces.values()
  await Promise.all(Array.from({ length: AT_ONCE }, async () => {
    for (const piece of waiting) await act(piece)
  }))
}

/** Each waits a little with its number in hand before it commits. */
const finalise = ({ ids, waitMs }: { ids: string[]; waitMs: number }): Promise<void> => together(ids, (id) => runtime().databases.asSystem('job', async (db) => {
  await finaliseDraftsIn(db, [id], runtime().clock.now(), { type: 'job', name: 'apart' })
  await sleep(waitMs)
}))

/** The worker's own job, so many times at once. */
const close = async ({ times }: { times: number }): Promise<void> => {
  await Promise.all(Array.from({ length: times }, () => closePeriods.run({})))
}

const ingest = ({ actor, brand, batches }: { actor: UserActor; brand: Parameters<typeof as>[1]; batches: object[][] }): Promise<void> => {
  const caller = as({ ...actor, provenAt: new Date() }, brand)
  return together(batches, (events) => caller.call(ingestUsageEvents, { events }))
}

export const tasks = { finalise, close, ingest }
export type Task = keyof typeof tasks
export type InputOf<T extends Task> = Parameters<(typeof tasks)[T]>[0]

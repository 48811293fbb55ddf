import { z } from 'zod'
import { Temporal } from 'temporal-polyfill'
import type { Databases } from '../../../core/db.ts'
import { defineJob } from '../../../core/job.ts'
import { runtime } from '../../../core/runtime.ts'

const MONTHS_AHEAD = 2
/** Months known to exist: a partition is never dropped while the process runs. */
const made = new WeakMap<Databases, Set<string>>()

const monthOf = (at: Date): string => at.toISOString().slice(0, 7)

/** Partitions of raw events for these instants, on a connection of its own: they are there before the caller's statement begins. */
export const ensurePartitions = async (instants: readonly Date[]): Promise<void> => {
  const { databases } = runtime()
  const known = made.get(databases) ?? new Set<string>()
  made.set(databases, known)
  for (const month of new Set(instants.map(monthOf))) {
    if (known.has(month)) continue
    await databases.systemPool.query('SELECT ensure_usage_partition($1::date)', [`${month}-01`])
    known.add(month)
  }
}

export const makePartitions = defineJob({
  name: 'metering.make_partitions', payload: z.object({}),
  run: async () => {
    const start = Temporal.PlainYearMonth.from(monthOf(runtime().clock.now()))
    const months = Array.from({ length: MONTHS_AHEAD + 1 }, (_, i) => start.add({ months: i }).toString())
    await ensurePartitions(months.map((month) => new Date(`${month}-01T00:00:00Z`)))
  },
})

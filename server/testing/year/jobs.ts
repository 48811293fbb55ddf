import { jobs } from '../../compose.ts'
import { runtime } from '../../core/runtime.ts'

/** So many at once: while one waits for the database, another works. */
const AT_ONCE = 6
/** What only writes to people: nobody reads mail here, and no book depends on it. */
const MAIL = /(^|-)mail(-|$)/

/** Each piece once, several at a time. */
export const together = async <T>(pieces: readonly T[], act: (piece: T) => Promise<unknown>): Promise<void> => {
  const waiting = pieces.values()
  await Promise.all(Array.from({ length: AT_ONCE }, async () => {
    for (const piece of waiting) await act(piece)
  }))
}

interface Taken { id: string; name: string; payload: unknown }

/** All that is ready, off the queue in one statement: taking hundreds of thousands one by one would be much of the year. */
const takeReady = async (): Promise<Taken[]> => {
  const { rows } = await runtime().databases.systemPool.query<Taken>(`
    DELETE FROM graphile_worker._private_jobs j USING graphile_worker._private_tasks t WHERE t.id = j.task_id AND j.run_at <= now()
    RETURNING j.id, t.identifier AS name, j.payload`)
  return rows.sort((a, b) => Number(a.id) - Number(b.id))
}

/** Runs every job that is ready, and those they add. One that fails ends the year: there is no later try that could hide it. */
export const runJobs = async (): Promise<void> => {
  for (let ready = await takeReady(); ready.length > 0; ready = await takeReady()) {
    await together(ready.filter(({ name }) => !MAIL.test(name)), async ({ name, payload }) => {
      const job = jobs.find((one) => one.name === name)
      if (!job) throw new Error(`nobody does ${name}`)
      await job.run(job.payload.parse(payload))
    })
  }
}

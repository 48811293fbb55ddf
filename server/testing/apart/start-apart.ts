import { fork } from 'node:child_process'
import path from 'node:path'
import { runtime } from '../../core/runtime.ts'
import type { ApartOrder } from './process.ts'
import type { InputOf, Task } from './tasks.ts'

export interface Apart {
  /** Resolves to its exit code, or null where it was killed. */
  run<T extends Task>(task: T, input: InputOf<T>, now?: Date): Promise<number | null>
  /** SIGKILL: nothing of it runs any more. */
  kill(): void
}

/** A process on the same database; it is ready when this resolves. */
export const startApart = async (): Promise<Apart> => {
  const child = fork(path.join(import.meta.dirname, 'process.ts'), { execArgv: [], stdio: ['ignore', 'inherit', 'inherit', 'ipc'] })
  const ended = new Promise<number | null>((resolve) => { child.once('exit', (code) => { resolve(code) }) })
  await new Promise<void>((resolve, reject) => {
    child.once('message', () => { resolve() })
    child.once('exit', () => { reject(new Error('the process ended before it was ready')) })
  })
  const { DATABASE_URL_APP: app, DATABASE_URL_SYSTEM: system } = runtime().env
  return {
    run: (task, input, now) => {
      const order: ApartOrder = { app, system, now: now?.toISOString() ?? null, task, input }
      child.send(order)
      return ended
    },
    kill: () => { child.kill('SIGKILL') },
  }
}

/** Transactions that wrote something and have not ended: who is killed now is killed in the middle. */
export const unfinished = async (): Promise<number> => {
  const { rows } = await runtime().databases.systemPool.query<{ n: number }>(`
    SELECT count(DISTINCT virtualtransaction)::int AS n FROM pg_locks WHERE locktype = 'transactionid' AND mode = 'ExclusiveLock' AND granted`)
  return rows[0]?.n ?? 0
}

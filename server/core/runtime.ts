import type { Env } from './env.ts'
import type { Databases } from './db.ts'
import type { Bus } from './bus.ts'
import type { JobQueue } from './job.ts'
import type { Clock } from './clock.ts'

/** What one process holds once. Next bundles its own copy of modules, so it hangs on a global symbol. */
export interface Runtime {
  env: Env
  databases: Databases
  bus: Bus
  jobs: JobQueue
  clock: Clock
}

const KEY = Symbol.for('shellwego.core')
const holder = globalThis as { [KEY]?: Runtime }

export const setRuntime = (runtime: Runtime): void => {
  holder[KEY] = runtime
}

export const runtime = (): Runtime => {
  const current = holder[KEY]
  if (!current) throw new Error('the runtime is not started')
  return current
}

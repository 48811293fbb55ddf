import type { Env } from './env.ts'
import type { Databases } from './db.ts'
import type { Bus } from './bus.ts'
import type { DataKeys } from './data-keys.ts'
import type { JobQueue } from './job.ts'
import type { Clock } from './clock.ts'
import type { Recovery } from './recovery.ts'

/** What one process holds once. Next bundles its own copy of modules, so it hangs on a global symbol. */
export interface Runtime {
  /** `masterKey` is the platform's data key: for what belongs to no organization and is encrypted without waiting. */
  env: Env & { masterKey: Buffer }
  keys: DataKeys
  databases: Databases
  bus: Bus
  jobs: JobQueue
  clock: Clock
  recovery: Recovery
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

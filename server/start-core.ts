import { createKeyProviders } from './adapters/kms/key-providers.ts'
import type { Env } from './core/env.ts'
import { openBus } from './core/bus.ts'
import { businessClock, readClockOffset } from './core/clock.ts'
import { openDataKeys } from './core/data-keys.ts'
import { openDatabases } from './core/db.ts'
import { openQueue, prepareQueue, type JobDefinition } from './core/job.ts'
import type { KeyProviders } from './core/key-provider.ts'
import { setRuntime, type Runtime } from './core/runtime.ts'

export interface CoreOptions { jobs: readonly JobDefinition[]; work: boolean; crontab?: readonly string[]; poolSize?: number; keyProviders?: KeyProviders }

/** Opens what every process needs and makes it the process's runtime. */
export const startCore = async (env: Env, options: CoreOptions): Promise<{ runtime: Runtime; stop(): Promise<void> }> => {
  const databases = openDatabases({ app: env.DATABASE_URL_APP, system: env.DATABASE_URL_SYSTEM, ...(options.poolSize ? { max: options.poolSize } : {}) })
  await prepareQueue(databases.systemPool)
  const bus = await openBus(env.DATABASE_URL_SYSTEM)
  const clock = businessClock(() => databases.asSystem('job', readClockOffset))
  await clock.refresh()
  bus.on('clock', () => void clock.refresh())
  const keys = openDataKeys(databases.systemPool, options.keyProviders ?? createKeyProviders(env.keys))
  const runtime: Runtime = {
    env: { ...env, masterKey: await keys.platformKey() }, keys, databases, bus, clock, jobs: { ready: () => Promise.resolve(0), stop: () => Promise.resolve() },
  }
  setRuntime(runtime)
  runtime.jobs = await openQueue(databases.systemPool, [...options.jobs], { work: options.work, ...(options.crontab ? { crontab: options.crontab } : {}) })
  return {
    runtime,
    stop: async () => {
      await runtime.jobs.stop()
      await bus.close()
      await databases.close()
    },
  }
}

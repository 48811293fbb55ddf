import { createKeyProviders } from './adapters/kms/key-providers.ts'
import type { Env } from './core/env.ts'
import { openBus } from './core/bus.ts'
import { businessClock, readClockOffset } from './core/clock.ts'
import { openDataKeys } from './core/data-keys.ts'
import { openDatabases } from './core/db.ts'
import { log } from './core/log.ts'
import { openQueue, prepareQueue, type JobDefinition } from './core/job.ts'
import type { KeyProviders } from './core/key-provider.ts'
import { openRecovery } from './core/recovery.ts'
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
  const recovery = await openRecovery(databases.systemPool)
  const runtime: Runtime = {
    env: { ...env, masterKey: await keys.platformKey() }, keys, databases, bus, clock, recovery,
    jobs: { ready: () => Promise.resolve(0), stop: () => Promise.resolve() },
  }
  setRuntime(runtime)
  const open = async (work: boolean): Promise<void> => {
    runtime.jobs = await openQueue(databases.systemPool, [...options.jobs], { work, ...(options.crontab ? { crontab: options.crontab } : {}) })
  }
  await open(options.work && !recovery.active)
  if (options.work && recovery.active) recovery.ended().then(() => open(true)).catch((error: unknown) => { log.fatal({ error: String(error) }, 'jobs could not begin after the recovery') })
  return {
    runtime,
    stop: async () => {
      recovery.stop()
      await runtime.jobs.stop()
      await bus.close()
      await databases.close()
    },
  }
}

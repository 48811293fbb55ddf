import { readEnv } from './core/env.ts'
import { log } from './core/log.ts'
import { composeAdapters, crontab, jobs, startWorkers, subscribeAll } from './compose.ts'
import { startPortal } from './portal.ts'
import { startCore } from './start-core.ts'

const STOP_LIMIT_MS = 5_000

const main = async (): Promise<void> => {
  const env = readEnv()
  composeAdapters(env)
  const work = env.ROLE !== 'portal'
  const core = await startCore(env, { jobs, work, ...(work ? { crontab } : {}), poolSize: work ? 8 : 10 })
  subscribeAll()
  const workers: { running: ReturnType<typeof startWorkers> | null } = { running: null }
  if (work) core.runtime.recovery.ended().then(() => { workers.running = startWorkers() }, () => undefined)
  const portal = env.ROLE === 'worker' ? null : await startPortal(env)
  log.info({ role: env.ROLE, port: portal ? env.PORT : null }, 'started')
  const stop = async (): Promise<void> => {
    setTimeout(() => process.exit(0), STOP_LIMIT_MS).unref()
    await portal?.stop()
    await workers.running?.stop()
    await core.stop()
    process.exit(0)
  }
  process.once('SIGTERM', () => void stop())
  process.once('SIGINT', () => void stop())
}

main().catch((error: unknown) => {
  log.fatal({ error: error instanceof Error ? error.stack : String(error) }, error instanceof Error ? error.message : 'cannot start')
  process.exit(1)
})

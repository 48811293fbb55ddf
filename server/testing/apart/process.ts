/** A process of its own with pools of its own, which does what it is told until it is done or killed. */
import { subscribeAll } from '../../compose.ts'
import { openDatabases } from '../../core/db.ts'
import { setRuntime, type Runtime } from '../../core/runtime.ts'
import { tasks, type Task } from './tasks.ts'

/** `now`: the business time it lives in, or null for the present. */
export interface ApartOrder { app: string; system: string; now: string | null; task: Task; input: unknown }

const tell = (news: string): void => { process.send?.(news) }

process.once('message', (order: ApartOrder) => {
  const now = (): Date => (order.now === null ? new Date() : new Date(order.now))
  setRuntime({
    databases: openDatabases({ app: order.app, system: order.system, max: 8 }),
    clock: { now, refresh: () => Promise.resolve() }, recovery: { since: null, active: false },
    env: { SHELLWEGO_MODE: 'sandbox', SHELLWEGO_DOMAIN: 'console.localhost', SHELLWEGO_HTTPS_PORT: 443 },
  } as unknown as Runtime)
  subscribeAll()
  tell('begun')
  tasks[order.task](order.input as never).then(() => process.exit(0), (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`)
    process.exit(1)
  })
})
tell('ready')

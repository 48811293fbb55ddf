/** A process that does one piece of payment work and is killed in the middle of it; `crash.db.test.ts` starts it. */
import { openBus } from '../../../core/bus.ts'
import { businessClock, readClockOffset } from '../../../core/clock.ts'
import { openDatabases } from '../../../core/db.ts'
import type { Env } from '../../../core/env.ts'
import { listen } from '../../../core/event.ts'
import { setRuntime } from '../../../core/runtime.ts'
import { chargeInvoice, jobs, setProviders, subscribePayments } from '../index.ts'
import type { PaymentProvider } from '../ports.ts'
import { startCheckout } from '../start-checkout.ts'
import { rails } from './rails.ts'

export type KillPoint = 'before_call' | 'after_call' | 'in_transaction' | 'after_commit'
export type DyingWork = { env: Env; kill: KillPoint; work: 'charge' | 'checkout' | 'webhook'; id: string; payload?: object }

const task = JSON.parse(process.env['DYING_WORK'] ?? '{}') as DyingWork
const die = (): void => { process.kill(process.pid, 'SIGKILL') }

const mortal = <A extends unknown[], R>(act: (...args: A) => Promise<R>) => async (...args: A): Promise<R> => {
  if (task.kill === 'before_call') die()
  const result = await act(...args)
  if (task.kill === 'after_call') die()
  return result
}
const mortalRail = (rail: PaymentProvider): PaymentProvider => ({
  ...rail, createCheckout: mortal((attempt) => rail.createCheckout(attempt)), fetchPayment: mortal((ref) => rail.fetchPayment(ref)),
  ...(rail.chargeSaved ? { chargeSaved: mortal((attempt, method) => rail.chargeSaved?.(attempt, method) ?? Promise.reject(new Error('cannot'))) } : {}),
})

const { env } = task
const databases = openDatabases({ app: env.DATABASE_URL_APP, system: env.DATABASE_URL_SYSTEM, max: 4 })
const clock = businessClock(() => databases.asSystem('job', readClockOffset))
await clock.refresh()
setRuntime({
  env: { ...env, masterKey: Buffer.alloc(32) }, keys: {} as never, databases, bus: await openBus(env.DATABASE_URL_SYSTEM), clock,
  jobs: { ready: () => Promise.resolve(0), stop: () => Promise.resolve() },
  recovery: { since: null, active: false, ended: () => Promise.resolve(), stop: () => undefined },
})
listen((_db, events) => {
  if (task.kill === 'in_transaction' && events.some(({ type }) => type === 'payment.succeeded')) die()
  return Promise.resolve()
})
subscribePayments()
setProviders(rails().map(mortalRail))
if (task.work === 'charge') await chargeInvoice(task.id, { reason: 'auto_pay', key: `auto_pay:${task.id}` })
if (task.work === 'checkout') await startCheckout(task.id)
if (task.work === 'webhook') {
  const job = jobs.find(({ name }) => name === 'process-provider-event')
  await job?.run(job.payload.parse(task.payload) as never)
}
if (task.kill === 'after_commit') die()
process.exit(0)

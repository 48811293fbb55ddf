import { newId } from '../../../core/id.ts'
import { runtime } from '../../../core/runtime.ts'
import { makeUser } from '../../../testing/actors.ts'
import { drainJobs } from '../../../testing/runtime.ts'
import { createApp } from '../../apps/index.ts'
import { createInvoice } from '../../billing/index.ts'
import { makeCustomer } from '../../billing/testing/books.ts'
import { settleAttempt } from '../../payments/settle-attempt.ts'
import { advanceDunning, nextDunningAt } from '../index.ts'

const DAY_MS = 86_400_000
export const days = (from: Date, count: number): Date => new Date(from.getTime() + count * DAY_MS)

/** Business time stands still at `at` for as long as a test needs. */
export const setClock = async (at: Date): Promise<void> => {
  await runtime().databases.systemPool.query('UPDATE test_clock SET offset_ms = $1', [at.getTime() - Date.now()])
  await runtime().clock.refresh()
}

/** A customer with one app that runs and one that does not, and an invoice nobody has paid. */
export const makeDebtor = async (timezone: string) => {
  const owner = await makeCustomer({ timezone })
  const orgId = owner.organization.id
  const web = await owner.call(createApp, { name: 'web', image: 'builtin/hello:v1', env: { KEY: { value: 'a secret', secret: true } } })
  const idle = await owner.call(createApp, { name: 'idle', image: 'builtin/hello:v1' })
  await runtime().databases.systemPool.query('UPDATE app SET desired = \'stopped\' WHERE id = $1', [idle.id])
  const staff = await makeUser({ staff: true })
  const invoice = await staff.call(createInvoice, { organization_id: orgId, lines: [{ description: 'Work', unit_amount: '20' }] })
  await drainJobs()
  return { owner, orgId, staff, web, idle, invoice, dueAt: new Date(invoice.due_at ?? '') }
}

/** Stops at every step on the way, three workers at a time. */
export const liveUntil = async (target: Date): Promise<void> => {
  for (let at = await nextDunningAt(runtime().clock.now(), target); at !== null; at = await nextDunningAt(at, target)) {
    const now = at
    await setClock(now)
    await Promise.all([1, 2, 3].map(() => advanceDunning(now)))
  }
  await setClock(target)
  await Promise.all([1, 2, 3].map(() => advanceDunning(target)))
  await drainJobs()
}

/** The card of the customer went through, as the provider tells it. */
export const payByCard = async (orgId: string, invoiceId: string): Promise<void> => {
  const id = newId('payment')
  const now = runtime().clock.now()
  const { amount, currency } = await runtime().databases.asSystem('job', async (db) => {
    const { total, amountPaid, amountCredited, currency: unit } = await db.invoice.findUniqueOrThrow({ where: { id: invoiceId } })
    const due = total - amountPaid - amountCredited
    await db.paymentAttempt.create({ data: { id, orgId, invoiceId, provider: 'stripe', amount: due, currency: unit, state: 'pending' } })
    return { amount: due, currency: unit }
  })
  await settleAttempt(id, {
    providerRef: id, paymentRef: null, attemptId: id, status: 'succeeded', amount: { minor: amount, currency }, refundedMinor: 0n, feeMinor: null, paidAt: now, failure: null,
    failureCode: null, method: null,
  })
}

const rows = async <T>(text: string, values: unknown[]): Promise<T[]> => (await runtime().databases.systemPool.query<T & object>(text, values)).rows
export const stepsOf = (orgId: string) => rows<{ kind: string; key: string; planned_at: Date; done_at: Date; outcome: string; detail: string | null }>(
  'SELECT kind, key, planned_at, done_at, outcome, detail FROM dunning_step WHERE org_id = $1 ORDER BY done_at, planned_at, key', [orgId])
export const standingOf = async (orgId: string) => (await rows<{ standing: string; suspended_at: Date | null }>('SELECT standing, suspended_at FROM organization WHERE id = $1', [orgId]))[0]
export const appsOf = async (orgId: string) => Object.fromEntries((await rows<{ name: string; desired: string }>('SELECT name, desired FROM app WHERE org_id = $1', [orgId])).map((app) => [app.name, app.desired]))
export const mailsTo = (email: string) => (rows<{ subject: string; text: string }>('SELECT subject, text FROM mail WHERE "to" = $1 ORDER BY created_at, id', [email]))

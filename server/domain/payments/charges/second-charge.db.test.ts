import { expect, test } from 'vitest'
import { runtime } from '../../../core/runtime.ts'
import { chargeInvoice, payInvoice, setProviders } from '../index.ts'
import { attemptsOf, CARDS, ledgerOf, run, saveCard, violations, withInvoice, withPayments } from '../testing/paying.ts'
import { rails } from '../testing/rails.ts'

withPayments(24_020)

/** After the n-th row that `act` reads behind the invoice's lock, `between` happens before it reads on. */
const interrupted = async <T>(nth: number, between: () => Promise<unknown>, act: () => Promise<T>): Promise<T> => {
  const { databases } = runtime()
  const [system, tenant] = [databases.asSystem, databases.inTenant]
  const restore = () => Object.assign(databases, { asSystem: system, inTenant: tenant })
  let reads = 0
  let isLocked = false
  const counting = <D extends object>(db: D): D => new Proxy(db, {
    get: (target, name) => {
      const value: unknown = Reflect.get(target, name)
      if (name === '$executeRaw') isLocked = true
      if ((name !== 'invoice' && name !== 'paymentAttempt') || typeof value !== 'object' || value === null) return value
      return new Proxy(value, {
        get: (model, verb) => {
          const read: unknown = Reflect.get(model, verb)
          if (typeof read !== 'function' || !isLocked || !String(verb).startsWith('find')) return read
          return async (...args: unknown[]) => {
            const rows: unknown = await (read as (...given: unknown[]) => Promise<unknown>).apply(model, args)
            reads += 1
            if (reads === nth) {
              restore()
              await between()
            }
            return rows
          }
        },
      })
    },
  })
  databases.asSystem = (purpose, work, patience) => system(purpose, (db) => work(counting(db)), patience)
  databases.inTenant = (scope, work) => tenant(scope, (db) => work(counting(db)))
  try {
    return await act()
  } finally {
    restore()
  }
}

/** The first charge is at the bank until `finish`; `asked` counts what the bank was asked for. */
const heldCharge = async () => {
  const customer = await withInvoice()
  await saveCard(customer.owner, CARDS.good, false)
  let asked = 0
  let release = (): void => undefined
  const held = new Promise<void>((resolve) => { release = resolve })
  setProviders(rails().map((rail) => ({
    ...rail,
    chargeSaved: async (...args: Parameters<NonNullable<typeof rail.chargeSaved>>) => {
      asked += 1
      const answer = await rail.chargeSaved?.(...args) ?? Promise.reject(new Error('cannot'))
      if (asked === 1) await held
      return answer
    },
  })))
  const first = chargeInvoice(customer.invoice.id, { reason: 'new_method' })
  await expect.poll(() => asked).toBe(1)
  return { customer, asked: () => asked, finish: async () => { release(); await first } }
}

test.each([1, 2, 3])('a charge that is booked just after the %i. look of a second one: the customer is charged once', async (nth) => {
  const { customer, asked, finish } = await heldCharge()
  const second = await interrupted(nth, finish, () => chargeInvoice(customer.invoice.id, { reason: 'retry', key: `dunning:test-${nth}-${customer.orgId}` }))
  await finish()
  expect(['under_way', 'nothing_due']).toContain(second.outcome)
  expect([asked(), (await attemptsOf(customer.orgId)).length]).toEqual([1, 1])
  expect(await ledgerOf(customer.orgId)).not.toHaveProperty('customer_credit_paid')
  expect(await violations()).toEqual([])
})

test.each([1, 2])('a charge that is booked just after the %i. look of somebody who presses Pay: no checkout is begun', async (nth) => {
  const { customer, finish } = await heldCharge()
  await expect(interrupted(nth, finish, () => run(customer.owner, payInvoice, { invoice_id: customer.invoice.id, provider: 'stripe' }))).rejects.toMatchObject({ code: 'state_conflict' })
  await finish()
  expect(await attemptsOf(customer.orgId)).toHaveLength(1)
})

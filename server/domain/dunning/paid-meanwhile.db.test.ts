import { beforeAll, expect, test } from 'vitest'
import { runtime } from '../../core/runtime.ts'
import { drainJobs, withRuntime } from '../../testing/runtime.ts'
import { setPlainMail } from '../billing/testing/books.ts'
import { advanceOrganization } from './advance.ts'
import { days, liveUntil, makeDebtor, payByCard, setClock, standingOf } from './testing/debtors.ts'

withRuntime()
beforeAll(setPlainMail)
const READS = new Set(['$queryRaw', '$queryRawUnsafe', 'findUnique', 'findFirst', 'findMany'])

/** Before the n-th thing that `act` reads, `between` happens. How many it read. */
const interrupted = async (nth: number, between: () => Promise<unknown>, act: () => Promise<unknown>): Promise<number> => {
  const { databases } = runtime()
  const system = databases.asSystem
  let reads = 0
  const counted = async (read: () => unknown): Promise<unknown> => {
    reads += 1
    if (reads === nth) {
      databases.asSystem = system
      await between()
    }
    return read()
  }
  const counting = <D extends object>(db: D): D => new Proxy(db, {
    get: (target, name) => {
      const value: unknown = Reflect.get(target, name)
      if (typeof value === 'function') {
        const bound = (value as (...args: unknown[]) => unknown).bind(target)
        return READS.has(String(name)) ? (...args: unknown[]) => counted(() => bound(...args)) : bound
      }
      return typeof value === 'object' && value !== null ? counting(value) : value
    },
  })
  databases.asSystem = (purpose, work, patience) => system(purpose, (db) => work(counting(db)), patience)
  try {
    await act()
  } finally {
    databases.asSystem = system
  }
  return reads
}

test('a payment that is booked while the plan is made, at whatever point, brings the customer back', async () => {
  await setClock(new Date('2027-02-20T15:30:00Z'))
  let nth = 1
  for (let reads = nth; nth <= reads; nth += 1) {
    const { orgId, dueAt, invoice } = await makeDebtor('UTC')
    await liveUntil(days(dueAt, 16))
    expect((await standingOf(orgId))?.standing).toBe('suspended')
    const now = runtime().clock.now()
    reads = await interrupted(nth, () => payByCard(orgId, invoice.id), () => advanceOrganization(orgId, now))
    await drainJobs()
    expect([nth, (await standingOf(orgId))?.standing]).toEqual([nth, 'good'])
    await setClock(new Date('2027-02-20T15:30:00Z'))
  }
  expect(nth).toBeGreaterThan(5)
}, 120_000)

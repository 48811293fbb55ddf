import { beforeAll, expect, test } from 'vitest'
import { runtime } from '../../../core/runtime.ts'
import { startApart } from '../../../testing/apart/start-apart.ts'
import { withRuntime } from '../../../testing/runtime.ts'
import { watchOverBooks } from '../ledger/watch-books.ts'
import { addCustomers, addSegment, invoicesOf, makeCustomer, setPlainMail } from '../testing/books.ts'

withRuntime()
beforeAll(setPlainMail)

const JOINED = new Date('2054-05-01T00:00:00Z')
const TIMES = 3
const PATIENCE_MS = 120_000

/** The job of two real processes, three times each at once. */
const runJobs = async (now: Date): Promise<void> => {
  const workers = await Promise.all([startApart(), startApart()])
  expect(await Promise.all(workers.map((worker) => worker.run('close', { times: TIMES }, now)))).toEqual([0, 0])
}

test('the billing job three times on each of two workers at the edge of a zone: one invoice per period, and none before its edge', async () => {
  const lagos = await makeCustomer({ timezone: 'Africa/Lagos', joinedAt: JOINED })
  const auckland = await makeCustomer({ timezone: 'Pacific/Auckland', joinedAt: JOINED })
  const utc = await addCustomers(lagos.brand.id, 60, JOINED)
  for (const { organization } of [lagos, auckland]) await addSegment(organization.id, { startedAt: '2054-05-02T00:00:00Z' })
  const counts = async () => Promise.all([[lagos.organization.id], [auckland.organization.id], utc].map(async (ids) => (
    [...new Set((await Promise.all(ids.map(invoicesOf))).map((own) => own.length))])))
  await runJobs(new Date('2054-05-31T22:59:59.999Z'))
  expect(await counts()).toEqual([[0], [1], [0]])
  await runJobs(new Date('2054-05-31T23:00:00Z'))
  expect(await counts()).toEqual([[1], [1], [0]])
  await runJobs(new Date('2054-06-01T00:00:00Z'))
  expect(await counts()).toEqual([[1], [1], [1]])
  const numbers = await runtime().databases.asSystem('job', (db) => db.invoice.findMany({ select: { number: true }, orderBy: { number: 'asc' } }))
  expect(numbers.map(({ number }) => number)).toEqual(Array.from({ length: 62 }, (_, index) => `SWG-2054-${String(index + 1).padStart(6, '0')}`))
  expect(await watchOverBooks(new Date('2054-06-01T00:00:00Z'))).toEqual([])
}, PATIENCE_MS)

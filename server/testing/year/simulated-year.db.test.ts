import { Worker } from 'node:worker_threads'
import { expect, inject, test } from 'vitest'
import type { Life, LifeOrder } from './life.ts'

const full = process.env.SHELLWEGO_FULL === '1'
const size = full ? { customers: 1000, days: 366 } : { customers: 24, days: 100 }
const PATIENCE_MS = full ? 7_200_000 : 240_000
const seed = Number(process.env.SHELLWEGO_SEED ?? 20_261_121)
const SOME_DOCUMENTS = 60

/** A full year is long: how far it has come, and what came out. */
const tell = (news: string): void => { if (full) process.stdout.write(`${new Date().toISOString()} ${news}\n`) }

/** In a thread of its own; on the way it tells the first of each month. */
const live = (order: Partial<LifeOrder>): Promise<Life> => new Promise((resolve, reject) => {
  const workerData: LifeOrder = { server: inject('testServer'), ...size, seed, from: '2032-01-01T00:00:00Z', port: 21_930, documents: 0, ...order }
  const thread = new Worker(new URL('./life.ts', import.meta.url), { workerData })
  thread.on('message', (news: Life | string) => {
    if (typeof news !== 'string') resolve(news)
    else tell(news)
  })
  thread.on('error', reject)
  thread.on('exit', () => { reject(new Error('the thread ended before its year')) })
})

test(`${size.customers} customers live through ${size.days} days: the books hold, documents stay, and the same seed gives the same books (seed ${seed})`, async () => {
  const [first, second] = await Promise.all([live({ documents: full ? Infinity : SOME_DOCUMENTS }), live({ port: 21_940 })])
  tell(JSON.stringify({ first, second: { hash: second.hash, invoices: second.invoices, seconds: second.seconds } }))
  expect([...first.violations, ...second.violations]).toEqual([])
  expect(first.invoices).toBeGreaterThan(size.customers)
  expect(Object.keys(first.done).length).toBeGreaterThan(7)
  expect(first.documents).toBe(full ? first.invoices : SOME_DOCUMENTS)
  expect(first.changedDocuments).toEqual([])
  expect(second.hash).toBe(first.hash)
  expect(second.done).toEqual(first.done)
}, PATIENCE_MS)

import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { withRuntime } from '../testing/runtime.ts'
import { openDatabases } from './db.ts'
import { runtime } from './runtime.ts'

withRuntime()

const lock = (key: number, next: number) => runtime().databases.asSystem('job', async (db) => {
  await db.$executeRaw`SELECT pg_advisory_xact_lock(${key}::bigint)`
  await sleep(200)
  await db.$executeRaw`SELECT pg_advisory_xact_lock(${next}::bigint)`
})

test('of two that wait for each other one is told to come again, by a code', async () => {
  const outcomes = await Promise.allSettled([lock(1, 2), lock(2, 1)])
  const refused = outcomes.filter((one) => one.status === 'rejected')
  expect(refused.map(({ reason }) => (reason as { code: string; status: number }).code)).toEqual(['unavailable'])
})

test('who finds every connection taken is told to come again, by a code', async () => {
  const { DATABASE_URL_APP: app, DATABASE_URL_SYSTEM: system } = runtime().env
  const small = openDatabases({ app, system, max: 1 })
  try {
    const holding = small.asSystem('job', () => sleep(7_000))
    await sleep(100)
    await expect(small.asSystem('job', (db) => db.brand.count())).rejects.toMatchObject({ code: 'unavailable', status: 503 })
    await holding
  } finally {
    await small.close()
  }
}, 60_000)

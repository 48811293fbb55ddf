import { setTimeout as sleep } from 'node:timers/promises'
import { beforeAll, expect, test } from 'vitest'
import type { SystemDb } from '../../../core/db.ts'
import { runtime } from '../../../core/runtime.ts'
import { makeUser } from '../../../testing/actors.ts'
import { startApart, unfinished } from '../../../testing/apart/start-apart.ts'
import { withRuntime } from '../../../testing/runtime.ts'
import { createEntity } from '../entities/entity-operations.ts'
import { watchOverBooks } from '../ledger/watch-books.ts'
import { closePeriodsOf } from '../periods/close-period.ts'
import { addCustomers, makeCustomer, setPlainMail } from '../testing/books.ts'

withRuntime()
beforeAll(setPlainMail)

const JOINED = new Date('2053-01-01T00:00:00Z')
const ENDED = new Date('2053-02-01T00:00:00Z')
const LATER = new Date('2053-02-01T01:00:00Z')
const CUSTOMERS = 200
const PREFIXES = ['AAA', 'BBB', 'CCC']
const ROUNDS = 4
const PROCESSES = 2
const PATIENCE_MS = 180_000

const asJob = <T>(run: (db: SystemDb) => Promise<T>): Promise<T> => runtime().databases.asSystem('job', run)
const draftsLeft = async (): Promise<string[]> => (await asJob((db) => db.invoice.findMany({ where: { state: 'draft' }, select: { id: true } }))).map(({ id }) => id)

const countDrafts = async (): Promise<number> => {
  const { rows } = await runtime().databases.systemPool.query<{ n: number }>("SELECT count(*)::int AS n FROM invoice WHERE state = 'draft'")
  return rows[0]?.n ?? 0
}

/** Two hundred drafts of three sellers; the sellers by prefix. */
const makeDrafts = async (): Promise<Map<string, string>> => {
  const [{ brand, organization }, staff] = [await makeCustomer({ joinedAt: JOINED }), await makeUser({ staff: true })]
  const sellers: string[] = []
  for (const prefix of PREFIXES) sellers.push((await staff.call(createEntity, { brand_id: brand.id, prefix, name: prefix, country: 'NG' })).id)
  const ids = [organization.id, ...await addCustomers(brand.id, CUSTOMERS - 1, JOINED)]
  await asJob((db) => db.orgTaxProfile.createMany({ data: ids.map((orgId, index) => ({ orgId, entityId: sellers[index % sellers.length] ?? null })) }))
  await asJob((db) => db.billingSettings.create({ data: { brandId: brand.id, graceMinutes: 5 } }))
  for (let from = 0; from < CUSTOMERS; from += 50) await closePeriodsOf(ids.slice(from, from + 50), ENDED)
  return new Map(PREFIXES.map((prefix, index) => [prefix, sellers[index] ?? '']))
}

test('200 finalisations at once over three sellers, by processes that are killed in the middle: each series is 1..n, and every invoice has one number', async () => {
  const sellers = await makeDrafts()
  expect(await draftsLeft()).toHaveLength(CUSTOMERS)
  let cutShort = 0
  for (let round = 0; round < ROUNDS; round++) {
    const processes = await Promise.all(Array.from({ length: PROCESSES }, startApart))
    const ids = await draftsLeft()
    const ends = processes.map((one, index) => one.run('finalise', { ids: index % 2 === 0 ? ids : ids.toReversed(), waitMs: 15 }, LATER))
    const enough = ids.length - 5 - round * 7
    while (await countDrafts() > enough || await unfinished() < 2) await sleep(5)
    cutShort += await unfinished()
    for (const one of processes) one.kill()
    await Promise.all(ends)
  }
  expect(cutShort).toBeGreaterThan(ROUNDS)
  const last = await draftsLeft()
  expect(last.length).toBeGreaterThan(0)
  expect(last.length).toBeLessThan(CUSTOMERS)
  const survivors = await Promise.all([startApart(), startApart()])
  expect(await Promise.all(survivors.map((one) => one.run('finalise', { ids: last, waitMs: 1 }, LATER)))).toEqual([0, 0])
  const rows = await asJob((db) => db.invoice.findMany({ select: { number: true, entityId: true, state: true } }))
  expect(rows.filter(({ state }) => state === 'finalised')).toHaveLength(CUSTOMERS)
  for (const [prefix, seller] of sellers) {
    const numbers = rows.filter((row) => row.entityId === seller).map((row) => row.number).sort()
    expect(numbers.length).toBeGreaterThan(60)
    expect(numbers).toEqual(numbers.map((_, index) => `${prefix}-2053-${String(index + 1).padStart(6, '0')}`))
  }
  expect(await watchOverBooks(LATER)).toEqual([])
}, PATIENCE_MS)

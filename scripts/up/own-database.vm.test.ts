import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../db/testing.ts'
import { makeProduct, type Product } from '../test/product.ts'
import { readJournal } from './journal.ts'

let database: TestDatabase
let product: Product

beforeAll(async () => {
  database = await createTestDatabase(inject('testServer'))
  product = await makeProduct({ DATABASE_URL: database.ownerUrl, DATABASE_URL_APP: database.appUrl, DATABASE_URL_SYSTEM: database.systemUrl })
  await product.start()
}, 300_000)
afterAll(async () => {
  await product.remove()
  await database.drop()
})

test('a PostgreSQL of your own is used, and none of ours is started', async () => {
  expect(Object.keys(readJournal(product.data))).not.toContain('postgres')
  const answer = await fetch(`${product.run().api}/health`)
  expect(await answer.json()).toMatchObject({ status: 'ok', checks: { database: 'ok' } })
})

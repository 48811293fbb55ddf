import pg from 'pg'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { bootstrapCluster } from './roles.ts'
import { createTestDatabase, TEMPLATE, type TestDatabase } from './testing.ts'

let database: TestDatabase
beforeAll(async () => { database = await createTestDatabase(inject('testServer')) })
afterAll(() => database.drop())

async function as(url: string, sql: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return (await client.query<object>(sql)).rows
  } finally {
    await client.end()
  }
}

test('no role of the product is a superuser, makes roles or sees past row-level security', async () => {
  const rights = await as(database.ownerUrl,
    "select rolname from pg_roles where rolname like 'shellwego%' and (rolsuper or rolcreaterole or rolbypassrls or rolreplication)")
  expect(rights).toEqual([])
})

test('the system role may make a schema for the queue, the app role may make nothing', async () => {
  await as(database.systemUrl, 'create schema queue_of_its_own')
  await expect(as(database.appUrl, 'create schema mine')).rejects.toThrow('permission denied')
  await expect(as(database.appUrl, 'create table public.mine (id int)')).rejects.toThrow('permission denied')
})

test('a wrong password is refused', async () => {
  const url = new URL(database.appUrl)
  url.password = 'wrong'
  await expect(as(url.href, 'select 1')).rejects.toThrow('password authentication failed')
})

test('the bootstrap may run twice', async () => {
  const server = inject('testServer')
  await bootstrapCluster(server.superuserUrl, TEMPLATE, server.passwords)
  expect(await as(database.appUrl, 'select current_user')).toEqual([{ current_user: 'shellwego_app' }])
})

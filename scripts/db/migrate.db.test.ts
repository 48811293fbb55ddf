import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { migrate } from './migrate.ts'
import { createTestDatabase, type TestDatabase } from './testing.ts'

let database: TestDatabase
let folder: string

beforeAll(async () => {
  database = await createTestDatabase(inject('testServer'))
  folder = mkdtempSync(path.join(os.tmpdir(), 'migrations-'))
})
afterAll(() => database.drop())

function write(name: string, sql: string): void {
  mkdirSync(path.join(folder, name), { recursive: true })
  writeFileSync(path.join(folder, name, 'migration.sql'), sql)
}

async function rows(sql: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: database.ownerUrl })
  await client.connect()
  const result = await client.query<object>(sql)
  await client.end()
  return result.rows
}

test('migrations are applied once, in order, with bodies that hold semicolons', async () => {
  write('1_table', 'create table thing (id int);')
  write('2_function', 'create function two() returns int language plpgsql as $$ begin perform 1; return 2; end $$; insert into thing values (two());')
  expect(await migrate(database.ownerUrl, folder)).toEqual(['1_table', '2_function'])
  expect(await migrate(database.ownerUrl, folder)).toEqual([])
  expect(await rows('select id from thing')).toEqual([{ id: 2 }])
})

test('two starts at once apply each migration once', async () => {
  write('3_more', 'insert into thing values (3);')
  const applied = await Promise.all([migrate(database.ownerUrl, folder), migrate(database.ownerUrl, folder)])
  expect(applied.flat()).toEqual(['3_more'])
})

test('an applied migration that was edited stops the start', async () => {
  write('1_table', 'create table thing (id bigint);')
  await expect(migrate(database.ownerUrl, folder)).rejects.toThrow('1_table was edited')
  write('1_table', 'create table thing (id int);')
})

test('a failed migration changes nothing and blocks those after it', async () => {
  write('4_broken', 'insert into thing values (4); select 1 / 0;')
  write('5_after', 'insert into thing values (5);')
  await expect(migrate(database.ownerUrl, folder)).rejects.toThrow('division by zero')
  await expect(migrate(database.ownerUrl, folder)).rejects.toThrow('4_broken failed earlier')
  expect(await rows('select id from thing order by id')).toEqual([{ id: 2 }, { id: 3 }])
})

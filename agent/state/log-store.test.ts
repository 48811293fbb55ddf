import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { LogRecord } from '../../server/contract/node-api/v1.ts'
import { silentLogger } from '../runtime/log.ts'
import { openExpendable } from './database.ts'
import { LOG_SCHEMA, LogStore } from './log-store.ts'

let dir: string
beforeEach(() => { dir = mkdtempSync(join(tmpdir(), 'logs-')) })
afterEach(() => rmSync(dir, { recursive: true, force: true }))

const open = (ringBytes?: number): LogStore => new LogStore(openExpendable(join(dir, 'logs.db'), LOG_SCHEMA), silentLogger, ringBytes)
const line = (seq: number, text = `line ${seq}`) => ({ seq, stream: 'stdout' as const, line: text, atMs: seq })
const records = (store: LogStore): LogRecord[] => store.batch(1 << 30).map((row) => JSON.parse(row.record) as LogRecord)

test('a line that comes again after a restart is stored once', () => {
  open().append('vm_1', 's1', [line(1), line(2)])
  const next = open()
  expect(next.append('vm_1', 's1', [line(1), line(2), line(3)])).toBe(3)
  expect(records(next).map((record) => record.seq)).toEqual([1, 2, 3])
})

test('an acknowledged line is not stored again though the guest resends it', () => {
  const store = open()
  store.append('vm_1', 's1', [line(1)])
  store.acked(store.batch(1_000).map((row) => row.id))
  expect(store.append('vm_1', 's1', [line(1)])).toBe(1)
  expect(records(store)).toEqual([])
})

test('a flood keeps the ring’s size, drops the oldest, and says how much', () => {
  const store = open(20_000)
  for (let seq = 0; seq < 500; seq += 1) store.append('vm_1', 's1', [line(seq, 'x'.repeat(100))])
  store.append('vm_2', 's2', [line(0)])
  const mine = records(store).filter((record) => record.w === 'vm_1')
  const [gap, ...rest] = mine
  expect(gap).toHaveProperty('gap')
  expect(rest.map((record) => record.seq)).toEqual(Array.from({ length: rest.length }, (_, at) => 500 - rest.length + at))
  expect(gap?.seq).toBe((rest[0]?.seq ?? 0) - 1)
  expect(rest.length).toBeGreaterThan(50)
  expect(rest.length).toBeLessThan(120)
  expect(records(store).filter((record) => record.w === 'vm_2')).toHaveLength(1)
})

test('batches stay below their limit, yet one long line still goes', () => {
  const store = open()
  store.append('vm_1', 's1', [line(0, 'x'.repeat(5_000)), line(1), line(2)])
  expect(store.batch(1_000)).toHaveLength(1)
  expect(store.batch(10_000)).toHaveLength(3)
})

test('a flood leaves every other workload its share of each batch, and takes what they do not use', () => {
  const store = open()
  for (let seq = 1; seq <= 5_000; seq += 1) store.append('vm_flood', 'flood', [line(seq, 'x'.repeat(100))])
  for (let vm = 0; vm < 5; vm += 1) store.append(`vm_${vm}`, `s${vm}`, [line(1), line(2)])
  store.append('vm_long', 'long', [line(1, 'y'.repeat(16_000))])
  const batch = store.batch(100_000)
  const count = (start: string): number => batch.filter((row) => row.start === start).length
  expect([0, 1, 2, 3, 4].map((vm) => count(`s${vm}`))).toEqual([2, 2, 2, 2, 2])
  expect(count('long')).toBe(1)
  expect(count('flood')).toBeGreaterThan(200)
  expect(batch.filter((row) => row.start === 'flood').map((row) => row.seq)).toEqual(Array.from({ length: count('flood') }, (_, at) => at + 1))
  expect(batch.reduce((sum, row) => sum + row.record.length, 0)).toBeLessThan(100_000)
})

test('a damaged file is put aside instead of stopping the agent', () => {
  writeFileSync(join(dir, 'logs.db'), 'this is no database at all, and longer than a page header '.repeat(50))
  const store = open()
  store.append('vm_1', 's1', [line(0)])
  expect(records(store)).toHaveLength(1)
})

test('what could not be stored is not passed over by what comes after it, and counts for nothing', () => {
  const db = openExpendable(join(dir, 'logs.db'), LOG_SCHEMA)
  const store = new LogStore(db, silentLogger, 20_000)
  expect(store.append('vm_1', 's1', [line(1), line(2)])).toBe(2)
  db.exec("CREATE TRIGGER full BEFORE INSERT ON line BEGIN SELECT RAISE(FAIL, 'database or disk is full'); END")
  for (let turn = 0; turn < 50; turn += 1) expect(store.append('vm_1', 's1', [line(3, 'x'.repeat(1_000))])).toBeNull()
  db.exec('DROP TRIGGER full')
  expect(store.append('vm_1', 's1', [line(4)])).toBeNull()
  expect(store.append('vm_1', 's1', [line(3), line(4)])).toBe(4)
  expect(store.append('vm_1', 's1', [line(5)])).toBe(5)
  expect(records(store)).toEqual([1, 2, 3, 4, 5].map((seq) => expect.objectContaining({ seq, line: `line ${seq}` }) as LogRecord))
})

test('a guest that dropped lines meanwhile says so, and is believed', () => {
  const db = openExpendable(join(dir, 'logs.db'), LOG_SCHEMA)
  const store = new LogStore(db, silentLogger)
  db.exec("CREATE TRIGGER full BEFORE INSERT ON line BEGIN SELECT RAISE(FAIL, 'database or disk is full'); END")
  expect(store.append('vm_1', 's1', [line(1)])).toBeNull()
  db.exec('DROP TRIGGER full')
  expect(store.append('vm_1', 's1', [{ seq: 7, stream: 'system', line: '7 log lines were dropped', atMs: 0 }])).toBe(7)
  expect(store.append('vm_1', 's1', [line(8)])).toBe(8)
})

import { mkdtempSync, readdirSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { expect, test } from 'vitest'
import { lockHolder, tryLock } from './lock.ts'

const lockFile = (): string => path.join(mkdtempSync(path.join(os.tmpdir(), 'lock-')), 'the.lock')

test('the second taker learns who holds the lock', () => {
  const file = lockFile()
  expect(tryLock(file)).toHaveProperty('release')
  expect(tryLock(file)).toMatchObject({ holder: { pid: process.pid } })
  expect(readdirSync(path.dirname(file))).toEqual(['the.lock'])
})

test('a released lock can be taken again', () => {
  const file = lockFile()
  const first = tryLock(file)
  if ('release' in first) first.release()
  expect(lockHolder(file)).toBeUndefined()
  expect(tryLock(file)).toHaveProperty('release')
})

test.each([
  ['a process that is gone', JSON.stringify({ pid: 2 ** 30, pidStart: '1', bootId: 'x' })],
  ['a reused pid', JSON.stringify({ pid: process.pid, pidStart: '1', bootId: 'x' })],
  ['nothing readable', '{'],
])('the lock of %s is taken over', (_what, content) => {
  const file = lockFile()
  writeFileSync(file, content)
  expect(tryLock(file)).toHaveProperty('release')
  expect(lockHolder(file)?.pid).toBe(process.pid)
})

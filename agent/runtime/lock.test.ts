import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { acquireHostLock, acquireLock, LockedError } from './lock.ts'

const folder = mkdtempSync(join(tmpdir(), 'lock-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const tryElsewhere = (code: string): string =>
  spawnSync(process.execPath, ['--input-type=module', '-e', `import * as lock from ${JSON.stringify(join(import.meta.dirname, 'lock.ts'))}\n${code}`], { encoding: 'utf8' }).stderr

test('two agents on one machine: the second says so, with whatever data folder', () => {
  const release = acquireHostLock(folder)
  expect(() => acquireHostLock(folder)).toThrow(/already runs on this machine/)
  expect(tryElsewhere(`lock.acquireHostLock(${JSON.stringify(folder)})`)).toContain(`pid ${process.pid}`)
  release()
  acquireHostLock(folder)()
})

test('a lock whose holder died is free', () => {
  const path = join(folder, 'lock')
  tryElsewhere(`lock.acquireLock(${JSON.stringify(path)}); process.kill(process.pid, 'SIGKILL')`)
  const release = acquireLock(path)
  expect(() => acquireLock(path)).toThrow(LockedError)
  release()
})

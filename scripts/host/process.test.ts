import { spawn } from 'node:child_process'
import { expect, test } from 'vitest'
import { endProcess, identify, isAlive, waitForExit } from './process.ts'

function sleeper(script = 'setInterval(() => {}, 1000); process.stdout.write("up")'): Promise<number> {
  const child = spawn(process.execPath, ['-e', script], { stdio: ['ignore', 'pipe', 'ignore'] })
  return new Promise((resolve) => child.stdout.once('data', () => resolve(child.pid ?? 0)))
}

test('this process is alive', () => {
  const own = identify(process.pid)
  expect(own && isAlive(own)).toBe(true)
})

test('another process of the same pid is not the one that was meant', () => {
  const own = identify(process.pid)
  expect(own && isAlive({ ...own, pidStart: '1' })).toBe(false)
  expect(own && isAlive({ ...own, bootId: 'of-another-boot' })).toBe(false)
})

test('a process that ignores the polite signal is killed after its grace', async () => {
  const identity = identify(await sleeper('process.on("SIGTERM", () => {}); setInterval(() => {}, 1000); process.stdout.write("up")'))
  expect(identity).toBeDefined()
  if (!identity) return
  expect(await waitForExit(identity, 50)).toBe(false)
  await endProcess(identity, 'SIGTERM', 100)
  expect(isAlive(identity)).toBe(false)
})

test('no process has no identity', () => {
  expect(identify(2 ** 30)).toBeUndefined()
})

import { expect, test } from 'vitest'
import { CommandTimeout, runCommand } from './command.ts'

const signal = new AbortController().signal
const alive = (pid: number): boolean => {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}
const STUBBORN = 'process.on("SIGTERM",()=>{});console.log(process.pid);setInterval(()=>{},1000)'

test('output and exit code come back', async () => {
  const result = await runCommand([process.execPath, '-e', 'console.log("out");console.error("err");process.exit(3)'], { signal, timeoutMs: 5000 })
  expect([result.code, result.stdout.toString(), result.stderr]).toEqual([3, 'out\n', 'err\n'])
})

test('arguments reach the program as they are', async () => {
  const hostile = '$(touch /tmp/x); `id` "\' *'
  const { stdout } = await runCommand(['printf', '%s', hostile], { signal, timeoutMs: 5000 })
  expect(stdout.toString()).toBe(hostile)
})

test('a missing program rejects', async () => {
  await expect(runCommand(['no-such-program'], { signal, timeoutMs: 5000 })).rejects.toMatchObject({ code: 'ENOENT' })
})

test('the deadline ends the child', async () => {
  await expect(runCommand(['sleep', '60'], { signal, timeoutMs: 50 })).rejects.toBeInstanceOf(CommandTimeout)
})

test('an abort ends even a child that ignores SIGTERM, before the promise settles', async () => {
  const controller = new AbortController()
  const { stdout: probe } = await runCommand([process.execPath, '-e', 'console.log(process.pid)'], { signal, timeoutMs: 5000 })
  expect(alive(Number(probe.toString()))).toBe(false)
  setTimeout(() => controller.abort(new Error('given up')), 300)
  const began = Date.now()
  await expect(runCommand([process.execPath, '-e', STUBBORN], { signal: controller.signal, timeoutMs: 20_000 })).rejects.toThrow('given up')
  expect(Date.now() - began).toBeGreaterThan(1500)
})

test('endless output is cut off', async () => {
  await expect(runCommand(['yes'], { signal, timeoutMs: 10_000, maxStdout: 100_000 })).rejects.toThrow('printed too much')
})

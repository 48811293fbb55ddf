import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import readline from 'node:readline'
import { afterEach, expect, test } from 'vitest'
import { setClock } from './clock.ts'

const HOUR_MS = 3_600_000
const TELLS = `setInterval(() => console.log(JSON.stringify({
  now: Date.now(), fresh: new Date().getTime(), given: new Date(7).getTime(), text: Date.parse(Date()), mono: performance.now(), isDate: new Date() instanceof Date })), 20)`

let child: ChildProcess | undefined
afterEach(() => void child?.kill('SIGKILL'))

test('the time of day of another process is set and set right again; its dates are dates, and what measures time runs on', async () => {
  child = spawn(process.execPath, ['-e', TELLS], { stdio: ['ignore', 'pipe', 'ignore'] })
  await once(child, 'spawn')
  const lines = readline.createInterface({ input: child.stdout as NodeJS.ReadableStream })[Symbol.asyncIterator]()
  const next = async () => JSON.parse((await lines.next()).value as string) as Record<'now' | 'fresh' | 'given' | 'text' | 'mono', number> & { isDate: boolean }
  const first = await next()
  for (const offsetMs of [HOUR_MS, -HOUR_MS, 0]) {
    await setClock(child.pid ?? 0, offsetMs)
    await expect.poll(async () => Math.abs((await next()).now - Date.now() - offsetMs), { timeout: 10_000, interval: 0 }).toBeLessThan(5_000)
    const told = await next()
    for (const at of [told.fresh, told.text]) expect(Math.abs(at - told.now)).toBeLessThan(2_000)
    expect(told).toMatchObject({ given: 7, isDate: true })
    expect(told.mono - first.mono).toBeLessThan(60_000)
  }
}, 40_000)

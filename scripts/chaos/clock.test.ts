import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { afterEach, expect, test } from 'vitest'
import { setClock } from './clock.ts'

const HOUR_MS = 3_600_000
/** Answers each message with what it takes for the time. */
const TELLS = `process.on('message', () => process.send({
  now: Date.now(), fresh: new Date().getTime(), given: new Date(7).getTime(), text: Date.parse(Date()), mono: performance.now(), isDate: new Date() instanceof Date }))`

interface Told { now: number; fresh: number; given: number; text: number; mono: number; isDate: boolean }

let child: ChildProcess | undefined
afterEach(() => void child?.kill('SIGKILL'))

async function ask(process: ChildProcess): Promise<Told> {
  const answer = once(process, 'message') as Promise<[Told]>
  process.send('?')
  return (await answer)[0]
}

test('the time of day of another process is set and set right again; its dates are dates, and what measures time runs on', async () => {
  child = spawn(process.execPath, ['-e', TELLS], { stdio: ['ignore', 'ignore', 'ignore', 'ipc'] })
  const first = await ask(child)
  for (const offsetMs of [HOUR_MS, -HOUR_MS, 0]) {
    await setClock(child.pid ?? 0, offsetMs)
    const told = await ask(child)
    for (const at of [told.now, told.fresh, told.text]) expect(Math.abs(at - Date.now() - offsetMs)).toBeLessThan(20_000)
    expect(told).toMatchObject({ given: 7, isDate: true })
    expect(told.mono - first.mono).toBeLessThan(60_000)
  }
}, 60_000)

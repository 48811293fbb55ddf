import { mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { expect, test } from 'vitest'
import { isAlive, type ProcessIdentity } from '../host/process.ts'
import { makePart, type PartEvents, type PartSpec } from './part.ts'

interface Observed {
  starts: ProcessIdentity[]
  deaths: Parameters<PartEvents['onDeath']>[0][]
  events: PartEvents
}

function observe(): Observed {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'part-'))
  const starts: ProcessIdentity[] = []
  const deaths: Observed['deaths'] = []
  return {
    starts, deaths,
    events: {
      logFile: (name) => path.join(folder, `${name}.log`),
      onStart: (_name, identity) => void starts.push(identity),
      onDeath: (death) => void deaths.push(death),
    },
  }
}

const spec = (script: string): PartSpec => ({
  name: 'part', argv: [process.execPath, '-e', script], env: { NODE_ENV: 'production' }, cwd: '/', stopSignal: 'SIGTERM', stopMs: 200,
})

test('a part that dies starts again, each time later', async () => {
  const { starts, deaths, events } = observe()
  const part = makePart(spec('console.log("hello from the part"); process.exit(3)'), events)
  part.start()
  await expect.poll(() => deaths.length, { timeout: 10_000 }).toBe(3)
  await part.stop()
  expect(deaths.map(({ restartInMs }) => restartInMs)).toEqual([100, 200, 400])
  expect(deaths.map(({ cause }) => cause)).toEqual(Array(3).fill('exit code 3'))
  expect(starts).toHaveLength(3)
  expect(readFileSync(events.logFile('part'), 'utf8')).toContain('hello from the part')
})

test('a part that was stopped stays away, even if it ignores the signal', async () => {
  const { starts, deaths, events } = observe()
  const part = makePart(spec('process.on("SIGTERM", () => {}); setInterval(() => {}, 1000)'), events)
  part.start()
  await part.stop()
  const [first] = starts
  expect(first && isAlive(first)).toBe(false)
  expect(deaths).toEqual([])
  expect(starts).toHaveLength(1)
})

test('a start that fails at once, while it dies, is tried again until it works', async () => {
  const { starts, deaths, events } = observe()
  const program = path.join(mkdtempSync(path.join(os.tmpdir(), 'program-')), 'node')
  const pointTo = (target: string): void => {
    rmSync(program, { force: true })
    symlinkSync(target, program)
  }
  pointTo(process.execPath)
  const part = makePart({ ...spec(''), argv: [program, '-e', 'setTimeout(() => process.exit(3), 300)'] }, events)
  part.start()
  pointTo(program)
  await expect.poll(() => deaths.some(({ cause }) => cause.includes('ELOOP')), { timeout: 10_000 }).toBe(true)
  pointTo(process.execPath)
  await expect.poll(() => starts.length, { timeout: 10_000 }).toBeGreaterThan(1)
  await part.stop()
})

test('a program that does not exist counts as a death, not as a crash of the supervisor', async () => {
  const { deaths, events } = observe()
  const part = makePart({ ...spec(''), argv: ['/does/not/exist'] }, events)
  part.start()
  await expect.poll(() => deaths.length, { timeout: 5000 }).toBeGreaterThan(0)
  await part.stop()
  expect(deaths[0]?.cause).toContain('ENOENT')
})

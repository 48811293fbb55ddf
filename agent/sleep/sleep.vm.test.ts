import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'

const tools = ['qemu-system-x86_64', 'caddy', 'docker-registry', 'skopeo', 'umoci', 'nft', 'gcc']
const missing = tools.filter((tool) => {
  try {
    execFileSync('which', [tool], { stdio: 'ignore' })
    return false
  } catch {
    return true
  }
})
const possible = missing.length === 0 && process.getuid?.() === 0
const namespace = `swgsleep${process.pid}`
let found: Record<string, unknown> = {}

beforeAll(() => {
  if (!possible) return
  execFileSync('ip', ['netns', 'add', namespace])
  const script = join(import.meta.dirname, '../testing/sleep-scenario.ts')
  found = JSON.parse(execFileSync('ip', ['netns', 'exec', namespace, process.execPath, script], { encoding: 'utf8', timeout: 800_000 })) as typeof found
  const figures = Object.entries(found).filter(([name]) => name.endsWith('Ms')).map(([name, value]) => `${name} ${String(value)}`)
  process.stdout.write(`sleep: ${figures.join(', ')}\n`)
  if (found['error']) process.stderr.write(`${JSON.stringify([found['error'], found['phases']])}\n`)
}, 820_000)
afterAll(() => {
  if (possible) execFileSync('ip', ['netns', 'del', namespace])
})

const real = test.skipIf(!possible)

real('twenty first visitors of an app that sleeps are all answered, bodies included, by one VM that woke once', () => {
  expect(found['error']).toBeUndefined()
  expect(found['statuses']).toEqual(Array.from({ length: 20 }, () => 200))
  expect(found['bodies']).toEqual(Array.from({ length: 20 }, (_, n) => `visitor ${n}`))
  expect(found).toMatchObject({ sameMemory: true, sameStart: true, restarts: 0, starts: 1 })
})

real('a WebSocket keeps it awake', () => {
  expect(found['phaseWithSocket']).toBe('running')
})

real('a visitor who comes while the agent is away is answered when it is back', () => {
  expect(found['afterAgentDied']).toEqual([200, true])
})

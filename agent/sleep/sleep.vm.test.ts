import { beforeAll, expect } from 'vitest'
import { inNamespace, namespacesPossible } from '../testing/real-namespace.ts'
import { testWhere } from '../testing/test-where.ts'

const possible = namespacesPossible()
let found: Record<string, unknown> = {}

beforeAll(async () => {
  if (!possible) return
  found = await inNamespace('sleep-scenario.ts', [], 600_000)
  const figures = Object.entries(found).filter(([name]) => name.endsWith('Ms')).map(([name, value]) => `${name} ${String(value)}`)
  process.stdout.write(`sleep: ${figures.join(', ')}\n`)
  if (found['error']) process.stderr.write(`${JSON.stringify([found['error'], found['phases']])}\n`)
}, 620_000)

const real = testWhere(possible, 'root and what a node needs are not all here')

real('eight first visitors of an app that sleeps are all answered, bodies included, by one VM that woke once', () => {
  expect(found['error']).toBeUndefined()
  expect(found['statusesAwake']).toEqual(Array.from({ length: 8 }, () => 200))
  expect(found['statuses']).toEqual(Array.from({ length: 8 }, () => 200))
  expect(found['bodies']).toEqual(Array.from({ length: 8 }, (_, n) => `visitor ${n}`))
  expect(found).toMatchObject({ sameMemory: true, sameStart: true, restarts: 0, starts: 1 })
})

real('a WebSocket keeps it awake', () => {
  expect(found['phaseWithSocket']).toBe('running')
})

real('a visitor who comes while the agent is away is answered when it is back', () => {
  expect(found['afterAgentDied']).toEqual([200, true])
})

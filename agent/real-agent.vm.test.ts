import { beforeAll, expect } from 'vitest'
import { inNamespace, namespacesPossible } from './testing/real-namespace.ts'
import { testWhere } from './testing/test-where.ts'

const possible = namespacesPossible()
let found: Record<string, unknown> = {}

beforeAll(async () => {
  if (!possible) return
  found = await inNamespace('real-scenario.ts', [], 500_000)
  const figures = Object.entries(found).filter(([name]) => /Ms$|Mib$/.test(name)).map(([name, value]) => `${name} ${String(value)}`)
  process.stdout.write(`real agent: ${figures.join(', ')}\n`)
  if (found['error']) process.stderr.write(`${JSON.stringify([found['error'], found['statuses']])}\n`)
}, 520_000)

const real = testWhere(possible, 'root and what a node needs are not all here')

real('an app in a real VM answers through the edge with a certificate, and so does its neighbour', () => {
  expect(found['error']).toBeUndefined()
  expect(found['deployMs']).toBeGreaterThan(0)
  expect(found['secondDeployMs']).toBeGreaterThan(0)
})

real('a name of the own network is answered, one of another organization is not', () => {
  expect(found['privateName']).toBe('10.64.1.2')
  expect(found['foreignName']).toBe('ENOTFOUND')
})

real('a guest under rules reaches what they name and nothing else; without them the outside, and never metadata, portal or another organization', () => {
  const never = { metadata: 'silent', portal: 'silent', other: 'silent' }
  expect(found['underRules']).toEqual({ named: 'answered', unnamed: 'silent', ...never })
  expect(found['withoutRules']).toEqual({ named: 'answered', unnamed: 'answered', ...never })
  expect(found['restartedForRules']).toBe(false)
})

real('kill -9 of the agent fails no request, restarts no VM and flips no readiness', () => {
  expect(found['failedWithoutAgent']).toEqual([])
  expect(found['sameStart']).toBe(true)
  expect(found['readinessFlips']).toEqual([])
})

real('kill -9 of the edge is healed without anybody’s help', () => {
  expect(found['caddyBackMs']).toBeGreaterThan(0)
})

real('a new generation answers with its new settings; usage and logs have arrived', () => {
  expect(found['replaceMs']).toBeGreaterThan(0)
  expect(found['logLines']).toBeGreaterThan(0)
  expect(found['conditions']).toEqual([])
})

real('a deleted instance leaves no file', () => {
  expect(found['foldersOfDeleted']).toBe(false)
})

real('shutdown leaves no VM, no interface and no rule, and the next start brings the app back', () => {
  expect(found).toMatchObject({ machinesBefore: 1, machinesAfter: 0, linksAfter: [], rulesAfter: '' })
  expect(found['statusAfter']).toMatchObject({ running: false, vms: [{ id: 'vm_1', phase: 'stopped', pid: null }] })
  expect(found['backAfterShutdownMs']).toBeGreaterThan(0)
})

real('SIGTERM ends the agent with 0 and leaves the VM running', () => {
  expect(found['sigtermExit']).toBe(0)
  expect(found['machinesAfterSigterm']).toBe(1)
})

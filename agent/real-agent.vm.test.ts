import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'

const tools = ['qemu-system-x86_64', 'caddy', 'docker-registry', 'skopeo', 'umoci', 'nft', 'dig', 'gcc']
const missing = tools.filter((tool) => {
  try {
    execFileSync('which', [tool], { stdio: 'ignore' })
    return false
  } catch {
    return true
  }
})
const possible = missing.length === 0 && process.getuid?.() === 0
const namespace = `swgnode${process.pid}`
let found: Record<string, unknown> = {}

beforeAll(() => {
  if (!possible) return
  execFileSync('ip', ['netns', 'add', namespace])
  const script = join(import.meta.dirname, 'testing/real-scenario.ts')
  found = JSON.parse(execFileSync('ip', ['netns', 'exec', namespace, process.execPath, script], { encoding: 'utf8', timeout: 500_000 })) as typeof found
  const figures = Object.entries(found).filter(([name]) => /Ms$|Mib$/.test(name)).map(([name, value]) => `${name} ${String(value)}`)
  process.stdout.write(`real agent: ${figures.join(', ')}\n`)
  if (found['error']) process.stderr.write(`${JSON.stringify([found['error'], found['statuses']])}\n`)
}, 520_000)
afterAll(() => {
  if (possible) execFileSync('ip', ['netns', 'del', namespace])
})

const real = test.skipIf(!possible)

real('an app in a real VM answers through the edge with a certificate, and so does its neighbour', () => {
  expect(found['error']).toBeUndefined()
  expect(found['deployMs']).toBeGreaterThan(0)
  expect(found['secondDeployMs']).toBeGreaterThan(0)
})

real('a name of the own network is answered, one of another organization is not', () => {
  expect(found['privateName']).toBe('10.64.1.2')
  expect(found['foreignName']).toBe('NXDOMAIN')
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

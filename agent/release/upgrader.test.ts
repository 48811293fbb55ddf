import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { UpgradeReport } from '../../server/contract/node-api/upgrade.ts'
import { silentLogger } from '../runtime/log.ts'
import { Releases } from './layout.ts'
import { Upgrader, type UpgraderDeps } from './upgrader.ts'

const root = mkdtempSync(join(tmpdir(), 'upgrader-'))
afterAll(() => rmSync(root, { recursive: true, force: true }))

let number = 0
let releases: Releases
let restarts: number
let told: UpgradeReport['state'][]
const MANIFEST = 'b'.repeat(64)
const NEW = MANIFEST.slice(0, 16)
const offer = (order = 'upg.1') => ({ agent: { version: '0.2.0', manifest: MANIFEST, order } })

beforeEach(() => {
  number += 1
  restarts = 0
  told = []
  const folder = join(root, String(number))
  mkdirSync(folder)
  releases = new Releases(folder)
  put('old')
  releases.keep('old')
})
afterEach(() => { vi.useRealTimers() })

const put = (name: string): void => {
  mkdirSync(releases.pathOf(name), { recursive: true })
  writeFileSync(join(releases.pathOf(name), 'manifest.json'), '{}')
}
const make = (over: Partial<UpgraderDeps> = {}): Upgrader => {
  const upgrader: Upgrader = new Upgrader({
    releases, running: { name: 'old', onTrial: false }, log: silentLogger,
    fetch: () => Promise.resolve(put(NEW)), selftest: () => Promise.resolve(), restart: () => { restarts += 1 },
    changed: () => {
      const state = upgrader.report()?.state
      if (state) told.push(state)
    },
    ...over,
  })
  upgrader.start()
  return upgrader
}
const settled = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 10))

test('offered a release it fetches it, tries it, and lets it start', async () => {
  const upgrader = make()
  upgrader.heard(offer())
  upgrader.heard(offer())
  await settled()
  expect([told, restarts, releases.named('trial'), releases.named('current')]).toEqual([['fetching', 'testing', 'restarting'], 1, NEW, 'old'])
})

test('a release that fails its self-test is not started; the next order tries it again', async () => {
  let sound = false
  const upgrader = make({ selftest: () => (sound ? Promise.resolve() : Promise.reject(new Error('it does not understand the ledger'))) })
  upgrader.heard(offer())
  await settled()
  expect([upgrader.report(), restarts, releases.named('trial')]).toEqual([{ order: 'upg.1', state: 'failed', detail: 'it does not understand the ledger' }, 0, null])
  sound = true
  upgrader.heard(offer())
  await settled()
  expect(restarts).toBe(0)
  upgrader.heard(offer('upg.2'))
  await settled()
  expect(restarts).toBe(1)
})

test('on trial, an answer of the portal keeps it; nothing new is an answer', () => {
  put(NEW)
  releases.try(NEW, 'upg.1')
  const upgrader = make({ running: { name: NEW, onTrial: true } })
  upgrader.heard(null)
  expect([releases.named('current'), releases.named('trial')]).toEqual([NEW, null])
  upgrader.heard(offer())
  expect(upgrader.report()).toEqual({ order: 'upg.1', state: 'done', detail: null })
  upgrader.heard({})
  expect(upgrader.report()).toBeNull()
})

test('on trial and not heard in time it goes back, and the one before tells why', async () => {
  vi.useFakeTimers()
  put(NEW)
  releases.try(NEW, 'upg.1')
  make({ running: { name: NEW, onTrial: true } })
  await vi.advanceTimersByTimeAsync(119_000)
  expect(restarts).toBe(0)
  await vi.advanceTimersByTimeAsync(2_000)
  expect([restarts, releases.named('trial'), releases.named('current')]).toEqual([1, null, 'old'])
  const before = make()
  before.heard(offer())
  expect(before.report()).toMatchObject({ state: 'rolled_back', detail: 'The portal did not answer it in time.' })
})

test('an offer that is withdrawn while it is fetched is not tried', async () => {
  let arrive = (): void => {}
  const upgrader = make({ fetch: () => new Promise((resolve) => { arrive = resolve }) })
  upgrader.heard(offer())
  upgrader.heard({})
  arrive()
  await settled()
  expect([restarts, upgrader.report(), releases.named('trial')]).toEqual([0, null, null])
})

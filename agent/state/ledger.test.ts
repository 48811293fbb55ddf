import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { randomBytes } from 'node:crypto'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { emptyRecord } from '../reconcile/model.ts'
import { vmObject } from '../testing/world.ts'
import { openLedger } from './ledger.ts'
import { createSecretBox } from './secret-box.ts'

const key = randomBytes(32)
const now = { bootId: 'b', monotonicMs: 1, wallMs: 1 }
let dir: string

beforeEach(() => { dir = mkdtempSync(join(tmpdir(), 'ledger-')) })
afterEach(() => rmSync(dir, { recursive: true, force: true }))

const open = () => openLedger(join(dir, 'ledger.db'), createSecretBox(key))
const change = (objects: ReturnType<typeof vmObject>[]) =>
  ({ upserts: objects, unlisted: [], dropped: [], guard: { epoch: 'e1', index: 1, candidate: null }, nowMs: 5 })

test('what was written is there after the process died', () => {
  const ledger = open()
  ledger.applyDesired(change([vmObject('vm_1', 3)]))
  ledger.finishStep('anchor', { ...emptyRecord('vm_1', 1, now), restarts: 2 }, 'done', 9)
  // No close: a killed process does not say goodbye.
  const next = open()
  expect(next.vmDesires()).toMatchObject([{ id: 'vm_1', generation: 3, desired: 'running' }])
  expect(next.vmRecords()).toMatchObject([{ id: 'vm_1', restarts: 2 }])
  expect(next.steps('vm_1')).toEqual([{ step: 'anchor', outcome: 'done', startId: null, wallMs: 9 }])
  expect(next.guard()).toEqual({ epoch: 'e1', index: 1, candidate: null })
})

test('secrets come back with the node key and stand in no file without it', () => {
  const ledger = open()
  ledger.applyDesired(change([vmObject('vm_1', 1, { secrets: { TOKEN: 'needle-in-the-ledger' } })]))
  expect(ledger.secretsOf('vm_1')).toEqual({ TOKEN: 'needle-in-the-ledger' })
  for (const file of readdirSync(dir)) expect(readFileSync(join(dir, file)).includes('needle-in-the-ledger')).toBe(false)
  const other = openLedger(join(dir, 'ledger.db'), createSecretBox(randomBytes(32)))
  expect(() => other.secretsOf('vm_1')).toThrow()
})

test('a secret sealed for one VM cannot be passed off as another’s', () => {
  const box = createSecretBox(key)
  expect(() => box.open(box.seal('x', 'secrets:vm_1'), 'secrets:vm_2')).toThrow()
})

test('an unlisted VM keeps the instant at which it went missing, and a listed one loses it', () => {
  const ledger = open()
  const gone = [{ kind: 'vm' as const, id: 'vm_1', unlisted: false, tombstone: false }]
  ledger.applyDesired(change([vmObject('vm_1')]))
  ledger.applyDesired({ ...change([]), unlisted: gone, nowMs: 100 })
  ledger.applyDesired({ ...change([]), unlisted: gone, nowMs: 900 })
  expect(ledger.vmDesires()).toMatchObject([{ desired: 'unlisted', unlistedSinceMs: 100 }])
  ledger.applyDesired(change([vmObject('vm_1')]))
  expect(ledger.vmDesires()).toMatchObject([{ desired: 'running', unlistedSinceMs: null }])
})

test('a change of one secret is a change of the object', () => {
  const ledger = open()
  ledger.applyDesired(change([vmObject('vm_1')]))
  expect(ledger.sameSpec(vmObject('vm_1'))).toBe(true)
  expect(ledger.sameSpec(vmObject('vm_1', 1, { secrets: { TOKEN: 'other' } }))).toBe(false)
})

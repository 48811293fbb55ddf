import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterAll, expect, test } from 'vitest'
import { systemClock } from '../runtime/clock.ts'
import { openLedger } from './ledger.ts'
import { READS_0_1, SCHEMA_0_1, WRITES_0_1 } from '../testing/ledger-0.1.ts'
import { createSecretBox } from './secret-box.ts'
import { openUsageWal } from './usage-wal.ts'

const folder = mkdtempSync(join(tmpdir(), 'skew-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const box = createSecretBox(randomBytes(32))
const route = { kind: 'route' as const, id: 'r-new', generation: 3, desired: 'present' as const, spec: { host: 'b.test', target: 'portal' as const } }

test('the release before works on what this one wrote', () => {
  const path = join(folder, 'new.db')
  const ledger = openLedger(path, box)
  openUsageWal(ledger.database, systemClock())
  ledger.applyDesired({ upserts: [route], unlisted: [], dropped: [], guard: { epoch: 'e2', index: 7, candidate: null }, nowMs: 1 })
  ledger.close()
  const old = new DatabaseSync(path)
  for (const [sql, values] of WRITES_0_1) old.prepare(sql).run(...values)
  for (const sql of READS_0_1) expect(() => old.prepare(sql), sql).not.toThrow()
  expect(old.prepare('SELECT count(*) AS n FROM desired').get()).toEqual({ n: 2 })
  old.close()
})

test('this release works on what the one before wrote', () => {
  const path = join(folder, 'old.db')
  const old = new DatabaseSync(path)
  old.exec(SCHEMA_0_1)
  for (const [sql, values] of WRITES_0_1) old.prepare(sql).run(...values)
  old.close()
  const ledger = openLedger(path, box)
  expect(ledger.guard()).toEqual({ epoch: 'e1', index: 4, candidate: null })
  expect(ledger.vmRecords().map(({ id }) => id)).toEqual(['vm-old'])
  expect(ledger.volumeRecords().map(({ id }) => id)).toEqual(['vol-old'])
  expect([...ledger.routeDesires().keys()]).toEqual(['r-old'])
  expect(ledger.steps('vm-old')).toHaveLength(1)
  ledger.close()
})

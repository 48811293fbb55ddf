import fc from 'fast-check'
import { expect, test } from 'vitest'
import { judgeBackup } from './judge.ts'
import { planRetention } from './retention.ts'

const at = fc.date({ min: new Date('2026-01-01'), max: new Date('2027-01-01'), noInvalidDate: true })
const backups = fc.uniqueArray(fc.record({
  id: fc.stringMatching(/^b[0-9]{1,3}$/), state: fc.constantFrom('creating', 'ready', 'failed', 'deleting'), createdAt: at, expiresAt: fc.option(at, { nil: null }),
}), { selector: ({ id }) => id })

test('the newest good backup never goes, nor what is read, nor what is not past its time', () => {
  fc.assert(fc.property(backups, at, fc.array(fc.stringMatching(/^b[0-9]{1,3}$/)), (all, now, read) => {
    const gone = new Set(planRetention(all, new Set(read), now))
    const good = all.filter(({ state }) => state === 'ready')
    if (good.length > 0) expect(good.some(({ id, createdAt }) => !gone.has(id) && good.every((other) => other.createdAt <= createdAt))).toBe(true)
    for (const one of all.filter(({ id }) => gone.has(id))) {
      expect([read.includes(one.id), one.expiresAt !== null && one.expiresAt <= now, one.state === 'ready' || one.state === 'failed']).toEqual([false, true, true])
    }
  }))
})

const there = (checksum = 'sum') => ({ backups: [{ id: 'b', size_mib: 64, checksum, added_bytes: 1 }], failed: [] })
const NOWHERE = { backups: [], failed: [] }
test.each([
  ['creating', there(), 'ready'], ['creating', NOWHERE, 'same'], ['ready', there(), 'same'], ['ready', NOWHERE, 'failed'], ['ready', there('other'), 'failed'],
  ['deleting', there(), 'same'], ['deleting', NOWHERE, 'gone'], ['failed', there(), 'same'], ['creating', { backups: [], failed: [{ id: 'b', reason: 'r' }] }, 'failed'],
] as const)('%s with %o in the bucket is %s', (state, found, kind) => {
  expect(judgeBackup({ id: 'b', state, checksum: 'sum' }, { backups: [...found.backups], failed: [...found.failed] }).kind).toBe(kind)
})

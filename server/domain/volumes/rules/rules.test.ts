import fc from 'fast-check'
import { expect, test } from 'vitest'
import { placeVolume } from './place-volume.ts'
import { nextStep, planSchedules } from './schedule.ts'
import { planSegments, storedMib, type OpenSegment } from './segments.ts'
import { statusOf, type VolumeFacts } from './status.ts'

const facts = (over: Partial<VolumeFacts> = {}): VolumeFacts => ({
  deletedAt: null, phase: 'running', code: null, appId: null, held: false, sizeMib: 64, actualMib: 64, restoreToken: null, restored: null, ...over,
})

test.each([
  [{ deletedAt: new Date() }, 'deleted'], [{ actualMib: null, phase: 'preparing' }, 'creating'], [{ actualMib: null, phase: 'backoff', code: 'no_space' }, 'error'],
  [{}, 'detached'], [{ held: true }, 'detaching'], [{ appId: 'app_1', held: true }, 'attached'], [{ appId: 'app_1' }, 'attached'],
  [{ sizeMib: 128 }, 'resizing'], [{ restoreToken: 't2', restored: 't1' }, 'restoring'], [{ restored: 't1', restoreToken: 't1' }, 'detached'],
  [{ phase: 'backoff', code: 'volume_in_use', appId: 'app_1' }, 'attached'], [{ phase: 'failed', code: 'below_used', sizeMib: 64, actualMib: 128 }, 'error'],
] as const)('%o is %s', (over, status) => {
  expect(statusOf(facts(over))).toBe(status)
})

const node = (id: string, free: number, promised = 0) => ({ id, region: 'local', status: 'ready', isolation: 'hardware' as const, fences: id === 'b', diskFreeMib: free, promisedMib: promised })
const ANYWHERE = { regions: [], mayBeEmulated: true, mustBe: null }

test('a volume goes where most room is left after all that is promised', () => {
  expect(placeVolume([node('a', 50_000, 40_000), node('b', 30_000)], 1024, ANYWHERE)).toEqual({ nodeId: 'b' })
  expect(placeVolume([node('a', 50_000), node('b', 30_000)], 1024, { ...ANYWHERE, mustBe: 'b' })).toEqual({ nodeId: 'b' })
  expect(placeVolume([node('a', 50_000), node('b', 30_000)], 1024, { ...ANYWHERE, mustFence: true })).toEqual({ nodeId: 'b' })
  expect(placeVolume([node('a', 50_000)], 1024, { ...ANYWHERE, mustFence: true })).toMatchObject({ refusal: expect.stringContaining('by itself') as string })
  expect(placeVolume([node('a', 2000)], 1024, ANYWHERE)).toMatchObject({ refusal: expect.stringContaining('976 MiB') as string })
  expect(placeVolume([], 64, ANYWHERE)).toMatchObject({ refusal: expect.stringContaining('reporting') as string })
})

test('never is more promised than a node has', () => {
  fc.assert(fc.property(fc.integer({ min: 0, max: 20_000 }), fc.array(fc.integer({ min: 1, max: 40 }).map((n) => n * 64)), (free, sizes) => {
    let promised = 0
    for (const size of sizes) if ('nodeId' in placeVolume([node('a', free, promised)], size, ANYWHERE)) promised += size
    expect(promised).toBeLessThanOrEqual(Math.max(0, free - 1024))
  }))
})

test('every schedule that is due takes one snapshot, however much was missed, and is next due in the future', () => {
  const at = fc.date({ min: new Date('2026-01-01'), max: new Date('2028-01-01'), noInvalidDate: true })
  const schedules = fc.uniqueArray(fc.record({ id: fc.constantFrom('a', 'b', 'c'), everyMinutes: fc.constantFrom(15, 60, 1440), keepHours: fc.integer({ min: 1, max: 900 }), enabled: fc.boolean(), nextAt: at }), { selector: (s) => s.id })
  fc.assert(fc.property(schedules, at, (list, now) => {
    const plan = planSchedules(list, [], new Set(), now)
    expect(plan.take.map((t) => t.scheduleId)).toEqual(list.filter((s) => s.enabled && s.nextAt <= now).map((s) => s.id))
    for (const { nextAt } of plan.next) expect(nextAt.getTime()).toBeGreaterThan(now.getTime())
    const after = list.map((s) => ({ ...s, nextAt: plan.next.find((n) => n.scheduleId === s.id)?.nextAt ?? s.nextAt }))
    expect(planSchedules(after, [], new Set(), now).take).toEqual([])
  }))
})

test('a day of quarter hours kept 24 hours holds 96 snapshots and never loses one early', () => {
  let now = new Date('2026-03-01T00:00:00Z')
  let schedule = { id: 's', everyMinutes: 15, keepHours: 24, enabled: true, nextAt: nextStep(15, now) }
  let kept: { id: string; expiresAt: Date | null }[] = []
  let taken = 0
  for (let minute = 0; minute < 3 * 1440; minute += 1) {
    now = new Date(now.getTime() + 60_000)
    const plan = planSchedules([schedule], kept, new Set(), now)
    kept = kept.filter((k) => !plan.expire.includes(k.id))
    for (const { expiresAt } of plan.take) kept.push({ id: `n${++taken}`, expiresAt })
    for (const { nextAt } of plan.next) schedule = { ...schedule, nextAt }
  }
  expect([taken, kept.length]).toEqual([288, 96])
})

test('what is still needed does not expire, and what nobody dated never does', () => {
  const now = new Date('2026-03-01T00:00:00Z')
  const past = new Date('2026-02-01T00:00:00Z')
  expect(planSchedules([], [{ id: 'a', expiresAt: past }, { id: 'b', expiresAt: past }, { id: 'c', expiresAt: null }], new Set(['b']), now).expire).toEqual(['a'])
})

test('segments always say what is stored now, and a repeated look changes nothing', () => {
  const now = fc.record({ exists: fc.boolean(), sizeMib: fc.constantFrom(64, 128), appId: fc.constantFrom('', 'app_1'), snapshotBytes: fc.bigInt({ min: 0n, max: 20_000_000n }) })
  fc.assert(fc.property(fc.array(now, { maxLength: 8 }), (looks) => {
    let open: OpenSegment[] = []
    let made = 0
    for (const look of looks) {
      const change = planSegments(look, open)
      open = [...open.filter((o) => !change.close.includes(o.id)), ...change.open.map((o) => ({ ...o, id: `s${++made}`, startedAt: new Date(0) }))]
      expect(planSegments(look, open)).toEqual({ close: [], open: [] })
      expect(open.find((o) => o.meter === 'volume_gib_seconds')?.sizeMib ?? 0).toBe(look.exists ? look.sizeMib : 0)
      expect(new Set(open.map((o) => o.meter)).size).toBe(open.length)
    }
  }))
})

test('stored bytes are rounded up to what is billed exactly', () => {
  expect([0n, 1n, 4_194_304n, 4_194_305n].map(storedMib)).toEqual([0, 4, 4, 8])
})

import fc from 'fast-check'
import { Temporal } from 'temporal-polyfill'
import { expect, test } from 'vitest'
import { dunningPlan, graceEnd, standingNow, type Facts, type Step } from './plan.ts'
import { DEFAULT_POLICY, type Policy } from './policy.ts'
import { retryDaysFor } from './retry-rule.ts'
import { stepAt } from './step-at.ts'

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS
const ZONES = ['Africa/Lagos', 'Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'Pacific/Apia', 'UTC'] as const
const local = (at: Date, zone: string) => Temporal.Instant.fromEpochMilliseconds(at.getTime()).toZonedDateTimeISO(zone)

const zone = fc.constantFrom(...ZONES)
const instant = fc.date({ min: new Date('2026-01-01T00:00:00Z'), max: new Date('2027-12-31T00:00:00Z'), noInvalidDate: true })
const policies: fc.Arbitrary<Policy> = fc.record({
  reminderDays: fc.uniqueArray(fc.integer({ min: -10, max: 40 }), { maxLength: 5 }).map((days) => days.sort((a, b) => a - b)),
  retryDays: fc.uniqueArray(fc.integer({ min: 0, max: 30 }), { maxLength: 5 }).map((days) => days.sort((a, b) => a - b)),
  graceDays: fc.integer({ min: 0, max: 30 }), retentionDays: fc.integer({ min: 2, max: 40 }), lastNoticeDays: fc.integer({ min: 1, max: 2 }),
  hour: fc.integer({ min: 0, max: 23 }),
}).map((policy) => ({ ...policy, reminderDays: policy.reminderDays.filter((days) => days <= policy.graceDays) }))

const factsOf = (over: Partial<Facts> & Pick<Facts, 'now'>): Facts => ({
  timezone: 'UTC', standing: 'good', suspendedAt: null, held: false, pausedUntil: null, method: null, invoices: [], done: new Map(), ...over,
})
const invoice = (id: string, dueAt: Date) => ({ id, dueAt, issuedAt: new Date(dueAt.getTime() - 14 * DAY_MS), lastFailure: null })

const STANDING_AFTER: Partial<Record<Step['kind'], (now: Date) => Pick<Facts, 'standing' | 'suspendedAt'>>> = {
  suspend: (now) => ({ standing: 'suspended', suspendedAt: now }), terminate: (now) => ({ standing: 'terminated', suspendedAt: now }),
  recover: () => ({ standing: 'good', suspendedAt: null }),
}

/** What the job does, without a database: takes what is due at each of these times. */
const live = (policy: Policy, start: Facts, times: readonly Date[]): { taken: (Step & { on: Date })[]; facts: Facts } => {
  let facts = start
  const taken: (Step & { on: Date })[] = []
  for (const now of times) {
    for (let round = 0; round < 20; round += 1) {
      facts = { ...facts, now }
      const due = dunningPlan(policy, facts).filter(({ at }) => at <= now)
      if (due.length === 0) break
      for (const one of due) {
        const done = new Map(facts.done).set(one.key, now)
        facts = { ...facts, done, ...STANDING_AFTER[one.kind]?.(now) }
        taken.push({ ...one, on: now })
      }
      if (round === 19) throw new Error('the plan does not come to rest')
    }
    facts = { ...facts, standing: standingNow({ ...facts, now }) }
  }
  return { taken, facts }
}
const every = (hours: number, from: Date, days: number): Date[] =>
  Array.from({ length: Math.ceil(days * 24 / hours) }, (_, i) => new Date(from.getTime() + i * hours * HOUR_MS))

test('a step is at the policy\'s hour on the customer\'s clock, never sooner than whole local days, and never a day later than that', () => {
  fc.assert(fc.property(instant, fc.integer({ min: -30, max: 90 }), fc.integer({ min: 4, max: 23 }), zone, (from, days, hour, timezone) => {
    const [at, earliest] = [stepAt(from, days, hour, timezone), local(from, timezone).add({ days })]
    expect(local(at, timezone).hour).toBe(hour)
    expect(at.getTime()).toBeGreaterThanOrEqual(earliest.epochMilliseconds)
    expect(at.getTime() - earliest.epochMilliseconds).toBeLessThan(25 * HOUR_MS)
  }))
})

test('days are those of the calendar: fourteen of them over a change of clocks end at the same hour', () => {
  const at = (from: string) => stepAt(new Date(from), 14, 9, 'Europe/Berlin').toISOString()
  expect([at('2027-03-20T08:00:00Z'), at('2027-10-20T07:00:00Z')]).toEqual(['2027-04-03T07:00:00.000Z', '2027-11-03T08:00:00.000Z'])
})

test('over an outage of any length each reminder is taken or left out once, and no more than one leaves at a time', () => {
  const outages = fc.array(fc.integer({ min: 1, max: 30 * 24 }), { minLength: 1, maxLength: 12 })
  fc.assert(fc.property(policies, instant, zone, outages, (policy, dueAt, timezone, gaps) => {
    let at = dueAt.getTime() - 12 * DAY_MS
    const times = gaps.map((hours) => new Date(at += hours * HOUR_MS))
    const { taken } = live(policy, factsOf({ now: times[0] ?? dueAt, timezone, invoices: [invoice('a', dueAt)] }), times)
    const reminders = taken.filter(({ kind }) => kind === 'reminder')
    expect(new Set(reminders.map(({ key }) => key)).size).toBe(reminders.length)
    const sent = reminders.filter(({ skip }) => !skip)
    expect(new Set(sent.map(({ on }) => on.getTime())).size).toBe(sent.length)
    expect(sent.map(({ days }) => days)).toEqual([...sent.map(({ days }) => days)].sort((a, b) => (a ?? 0) - (b ?? 0)))
  }), { numRuns: 60 })
})

test('seen each hour, every reminder leaves in its own hour, apps stop when grace ends and not before, and the end follows its notice', () => {
  fc.assert(fc.property(policies, instant, zone, (policy, dueAt, timezone) => {
    const { taken } = live(policy, factsOf({ now: dueAt, timezone, invoices: [invoice('a', dueAt)] }), every(1, new Date(dueAt.getTime() - 11 * DAY_MS), 11 + 80))
    const of = (kind: string) => taken.filter((one) => one.kind === kind && !one.skip)
    expect(of('reminder').map(({ days }) => days)).toEqual(policy.reminderDays)
    for (const one of taken) expect(one.on.getTime() - one.at.getTime()).toBeLessThan(HOUR_MS)
    const over = local(dueAt, timezone).add({ days: policy.graceDays }).epochMilliseconds
    expect(of('suspend').map(({ at }) => at)).toEqual([graceEnd(policy, timezone, { dueAt })])
    expect(of('suspend')[0]?.at.getTime()).toBeGreaterThanOrEqual(over)
    expect((of('suspend')[0]?.at.getTime() ?? 0) - over).toBeLessThan(25 * HOUR_MS)
    const [notice, end] = [of('last_notice')[0], of('terminate')[0]]
    expect(of('last_notice')).toHaveLength(1)
    expect(local(end?.at ?? dueAt, timezone).since(local(notice?.on ?? dueAt, timezone)).total('hours')).toBeGreaterThanOrEqual(policy.lastNoticeDays * 24 - 1)
  }), { numRuns: 10 })
}, 60_000)

test('a paused account is left alone to the day, and then one reminder stands for those it missed', () => {
  const dueAt = new Date('2026-03-01T12:00:00Z')
  const pausedUntil = new Date('2026-03-20T00:00:00Z')
  const times = every(6, new Date('2026-02-20T00:00:00Z'), 40)
  let facts = factsOf({ now: times[0] ?? dueAt, invoices: [invoice('a', dueAt)] })
  const taken: (Step & { on: Date })[] = []
  for (const now of times) {
    const ran = live(DEFAULT_POLICY, { ...facts, pausedUntil: pausedUntil > now ? pausedUntil : null }, [now])
    facts = ran.facts
    taken.push(...ran.taken)
  }
  expect(taken.filter(({ kind, on }) => kind !== 'overdue' && on < pausedUntil)).toEqual([])
  expect(taken.filter(({ kind, skip }) => kind === 'reminder' && !skip).map(({ days }) => days)).toEqual([7])
  expect(taken.find(({ kind }) => kind === 'suspend')?.on).toEqual(pausedUntil)
})

test('suspension waits for the oldest invoice, ends with it, and nothing is planned for who owes nothing', () => {
  const dueAt = new Date('2026-03-01T12:00:00Z')
  const end = graceEnd(DEFAULT_POLICY, 'UTC', { dueAt })
  const two = [invoice('old', dueAt), invoice('new', new Date('2026-04-01T12:00:00Z'))]
  const suspended = factsOf({ now: new Date(end.getTime() + DAY_MS), standing: 'suspended', suspendedAt: end, invoices: two })
  const kinds = (facts: Facts) => dunningPlan(DEFAULT_POLICY, facts).map(({ kind }) => kind)
  expect(kinds(suspended)).toContain('terminate')
  expect(kinds({ ...suspended, invoices: two.slice(1) })).toContain('recover')
  expect(dunningPlan(DEFAULT_POLICY, factsOf({ now: dueAt }))).toEqual([])
  expect(kinds(factsOf({ now: dueAt, standing: 'suspended', held: true, suspendedAt: dueAt }))).toEqual([])
  expect(kinds(factsOf({ now: dueAt, standing: 'terminated' }))).toEqual(['recover'])
})

const card = { id: 'pm_1', provider: 'stripe' }
const failed = (code: string, methodId = 'pm_1') => ({ code, methodId, provider: 'stripe' })
test.each([
  ['nothing failed yet', null, [1, 3, 5]], ['a refusal', failed('card_declined'), [1, 3, 5]], ['a fault of the rail', failed('processing_error'), [1, 3, 5]],
  ['no money', failed('insufficient_funds'), [2, 6, 10]], ['a limit', failed('limit_exceeded'), [2, 6, 10]], ['a lost card', failed('lost_or_stolen'), []],
  ['an expired card', failed('expired_card'), []], ['a card that asks its owner', failed('authentication_required'), []], ['a lost card that was replaced', failed('lost_or_stolen', 'pm_0'), [1, 3, 5]],
])('tries after %s', (_, failure, days) => { expect(retryDaysFor([1, 3, 5], card, failure)).toEqual(days) })

test('nobody is charged without a method, and a rail sets how often', () => {
  expect(retryDaysFor([1, 2, 3, 4, 5, 6], null, null)).toEqual([])
  expect(retryDaysFor([1, 2, 3, 4, 5, 6], { id: 'x', provider: 'paystack' }, null)).toEqual([1, 2, 3, 4])
  expect(retryDaysFor([1, 2, 3, 4, 5, 6], { id: 'x', provider: 'elsewhere' }, null)).toEqual([1, 2, 3])
})

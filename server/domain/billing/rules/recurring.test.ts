import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Interval } from '../../../contract/catalogue.ts'
import { cadenceOf, daysBetween, localDateOf, periodContaining, wholePeriodOf, type Anchor } from './period.ts'
import { fraction } from './rational.ts'
import { advanceLinesOf, commitmentLinesOf, recurringLinesOf, usagePartsOf, type Phase, type RecurringPlan } from './recurring.ts'
import { planChange, usualTime, type ChangeInput } from './subscription-change.ts'

const CALENDAR: Anchor = { mode: 'calendar', date: '2000-01-01' }
const MARCH = { start: '2024-03-01', end: '2024-04-01' }
const plan = (id: string, amount: string, over: Partial<RecurringPlan> = {}): RecurringPlan => ({
  id, planKey: id, name: id, currency: 'USD', interval: 'month', timing: 'arrears', recurring: { model: 'flat', unit_amount: amount }, commitment: null, ...over,
})
const phase = (priceListId: string, from: string, to: string | null = null, over: Partial<Phase> = {}): Phase =>
  ({ from, to, priceListId, quantity: 1, paused: false, trial: false, anchor: CALENDAR, ...over })
const plansOf = (...plans: RecurringPlan[]) => (id: string): RecurringPlan => {
  const found = plans.find((p) => p.id === id)
  if (!found) throw new Error(id)
  return found
}
const sum = (lines: readonly { amount: bigint }[]): bigint => lines.reduce((total, line) => total + line.amount, 0n)
const dayOf = (start: string, n: number): string => new Date(Date.parse(start) + n * 86_400_000).toISOString().slice(0, 10)

test.each<[Anchor, Interval, string, string, string]>([
  [CALENDAR, 'month', '2024-02-29', '2024-02-01', '2024-03-01'], [CALENDAR, 'quarter', '2024-05-10', '2024-04-01', '2024-07-01'],
  [CALENDAR, 'year', '2024-12-31', '2024-01-01', '2025-01-01'], [CALENDAR, 'week', '2024-03-03', '2024-02-26', '2024-03-04'],
  [{ mode: 'anniversary', date: '2024-01-31' }, 'month', '2024-03-15', '2024-02-29', '2024-03-31'],
  [{ mode: 'anniversary', date: '2024-01-31' }, 'quarter', '2024-05-01', '2024-04-30', '2024-07-31'],
  [{ mode: 'anniversary', date: '2024-02-29' }, 'year', '2027-01-01', '2026-02-28', '2027-02-28'],
  [{ mode: 'anniversary', date: '2024-03-06' }, 'week', '2024-03-05', '2024-02-28', '2024-03-06'],
])('%o by the %s: %s is in [%s, %s)', (anchor, interval, date, start, end) => {
  expect(wholePeriodOf(anchor, interval, date)).toEqual({ start, end })
})

const anchors = fc.oneof(fc.constant(CALENDAR), fc.nat(1500).map((n): Anchor => ({ mode: 'anniversary', date: dayOf('2022-01-01', n) })))
const intervals = fc.constantFrom<Interval>('week', 'month', 'quarter', 'year')
const zones = fc.constantFrom('UTC', 'Africa/Lagos', 'America/Juneau', 'Asia/Kathmandu', 'Pacific/Apia', 'Africa/Cairo')

test('periods of every interval follow each other without gap, and counting dates agrees with counting instants in any zone', () => {
  fc.assert(fc.property(anchors, intervals, zones, fc.nat(3000), (anchor, interval, timezone, n) => {
    const date = dayOf('2020-01-01', n)
    const period = wholePeriodOf(anchor, interval, date)
    expect(period.start <= date && date < period.end).toBe(true)
    expect(wholePeriodOf(anchor, interval, period.end).start).toBe(period.end)
    const byInstant = periodContaining(cadenceOf(anchor, interval, timezone), new Date(`${date}T12:00:00Z`))
    expect(wholePeriodOf(anchor, interval, localDateOf(new Date(`${date}T12:00:00Z`), timezone))).toEqual({ start: byInstant.start, end: byInstant.end })
  }))
})

const cents = fc.nat(10 ** 7).map((n) => (n / 100).toFixed(2))

test('into however many pieces the same days fall, they cost the same', () => {
  const cuts = fc.uniqueArray(fc.integer({ min: 1, max: 30 }), { maxLength: 6 }).map((days) => days.toSorted((a, b) => a - b))
  fc.assert(fc.property(cents, cuts, fc.integer({ min: 1, max: 9 }), fc.boolean(), (amount, days, quantity, perUnit) => {
    const planOf = plansOf(plan('p', amount, perUnit ? { recurring: { model: 'per_unit', unit_amount: amount } } : {}))
    const whole = recurringLinesOf([phase('p', '2024-01-01', null, { quantity })], planOf, MARCH)
    const dates = [MARCH.start, ...days.map((day) => dayOf(MARCH.start, day)), MARCH.end]
    const pieces = dates.slice(0, -1).map((from, i) => phase('p', from, dates[i + 1] ?? null, { quantity }))
    expect(recurringLinesOf(pieces, planOf, MARCH)).toEqual(whole.map((line) => ({ ...line, periodStart: MARCH.start })))
    const interrupted = pieces.map((piece, i) => (i % 2 === 0 ? piece : { ...piece, paused: true }))
    const used = interrupted.filter((piece) => !piece.paused).reduce((total, piece) => total + daysBetween(piece.from, piece.to ?? ''), 0)
    const together = recurringLinesOf([phase('p', MARCH.start, dayOf(MARCH.start, used), { quantity })], planOf, MARCH)
    expect(sum(recurringLinesOf(interrupted, planOf, MARCH))).toBe(sum(together))
  }))
})

test('each run of days is a line; trial and pause cost nothing; what is paid in advance is not charged again', () => {
  const planOf = plansOf(plan('small', '31'), plan('large', '62'), plan('ahead', '100', { timing: 'advance' }))
  const lines = recurringLinesOf([phase('small', '2024-02-10', '2024-03-11'), phase('large', '2024-03-11', '2024-03-21', { trial: true }), phase('large', '2024-03-21')], planOf, MARCH)
  expect(lines.map((line) => [line.description, line.quantity, line.amount, line.periodStart, line.periodEnd])).toEqual([
    ['small plan', '0.322581', 1000n, '2024-03-01', '2024-03-11'], ['large plan', '0.354839', 2200n, '2024-03-21', '2024-04-01']])
  expect(recurringLinesOf([phase('ahead', '2024-01-01')], planOf, MARCH)).toEqual([])
  expect(advanceLinesOf([phase('ahead', '2024-01-01')], planOf, MARCH)).toMatchObject([{ amount: 10000n, periodStart: '2024-03-01', periodEnd: '2024-04-01' }])
  expect(advanceLinesOf([phase('ahead', '2024-01-01', '2024-03-01')], planOf, MARCH)).toEqual([])
  expect(advanceLinesOf([phase('ahead', '2024-01-01', '2024-03-11', { trial: true }), phase('ahead', '2024-03-11')], planOf, MARCH)).toEqual([])
})

test('a period cut short is measured by the whole one', () => {
  const planOf = plansOf(plan('p', '31'))
  expect(recurringLinesOf([phase('p', '2024-01-01')], planOf, { start: '2024-03-01', end: '2024-03-11' })).toMatchObject([{ amount: 1000n }])
})

test('usage is rated by each price list for its share of the days', () => {
  const phases = [phase('a', '2024-01-01', '2024-03-11'), phase('b', '2024-03-11', '2024-03-21'), phase('a', '2024-03-21')]
  expect(usagePartsOf(phases, MARCH)).toEqual([
    { priceListId: 'a', ranges: [{ from: '2024-03-01', to: '2024-03-11' }, { from: '2024-03-21', to: '2024-04-01' }], share: fraction(21n, 31n) },
    { priceListId: 'b', ranges: [{ from: '2024-03-11', to: '2024-03-21' }], share: fraction(10n, 31n) }])
  expect(usagePartsOf([phase('a', '2024-03-20')], MARCH)[0]?.share).toEqual({ n: 1n, d: 1n })
})

test('a spend commitment is filled up by what fee and usage lack of it, for the charged days', () => {
  const planOf = plansOf(plan('p', '31', { commitment: '93' }))
  const fill = (usage: bigint, from = '2024-01-01') => commitmentLinesOf([phase('p', from)], planOf, MARCH, new Map([['p', usage]])).map((line) => line.amount)
  expect([fill(0n), fill(5000n), fill(6200n), fill(9999n), fill(0n, '2024-03-22')]).toEqual([[6200n], [1200n], [], [], [2000n]])
})

const change = (over: Partial<ChangeInput> & Pick<ChangeInput, 'planOf'>): ChangeInput => ({
  phases: [phase('small', '2024-01-01')], period: MARCH, today: '2024-03-11', after: { priceListId: 'large', quantity: 1, paused: false, trial: false, anchor: CALENDAR },
  when: 'now', trialEnd: null, ...over,
})

test.each(['arrears', 'advance'] as const)('an upgrade now (%s): the unused days of the old plan back, the same days of the new one charged', (timing) => {
  const planOf = plansOf(plan('small', '31', { timing }), plan('large', '62', { timing }))
  const planned = planChange(change({ planOf }), '2024-03-12')
  expect(planned.lines.map((line) => [line.kind, line.amount, line.from, line.to])).toEqual([
    ['credit', -2100n, '2024-03-11', '2024-04-01'], ['charge', 4200n, '2024-03-11', '2024-04-01']])
  expect(planned.items).toEqual(timing === 'advance' ? planned.lines : [])
  expect(planned.phases.map((p) => [p.priceListId, p.from, p.to])).toEqual([['small', '2024-01-01', '2024-03-11'], ['large', '2024-03-11', null]])
})

test('a downgrade waits for the end of the period unless asked for now', () => {
  const planOf = plansOf(plan('small', '62'), plan('large', '31'))
  const asked = change({ planOf })
  expect(usualTime(phase('small', '2024-01-01'), phase('large', '2024-01-01'), planOf, '2024-03-11')).toBe('period_end')
  expect(usualTime(phase('large', '2024-01-01'), phase('small', '2024-01-01'), planOf, '2024-03-11')).toBe('now')
  expect(planChange({ ...asked, when: 'period_end' }, '2024-03-12')).toMatchObject({ from: '2024-04-01', lines: [], items: [], period: MARCH })
  expect(sum(planChange(asked, '2024-03-12').lines)).toBe(-2100n)
})

test('other periods end the present one today; the day the period began it is replaced', () => {
  const planOf = plansOf(plan('small', '31', { timing: 'advance' }), plan('large', '366', { timing: 'advance', interval: 'year' }))
  const later = planChange(change({ planOf }), '2024-03-12')
  expect(later.period).toEqual({ start: '2024-03-01', end: '2024-03-11' })
  expect(later.items.map((line) => line.amount)).toEqual([-2100n])
  expect(later.lines.map((line) => line.amount)).toEqual([-2100n, 29600n])
  const atOnce = planChange(change({ planOf, today: '2024-03-01' }), '2024-03-02')
  expect(atOnce.period).toEqual({ start: '2024-03-01', end: '2025-01-01' })
  expect(atOnce.items.map((line) => line.amount)).toEqual([-3100n, 30600n])
})

test('to end now leaves the day of use; a trial begins with the change and is free', () => {
  const planOf = plansOf(plan('small', '31', { timing: 'advance' }), plan('large', '62', { timing: 'advance' }))
  expect(planChange(change({ planOf, after: null }), '2024-03-12')).toMatchObject({ from: '2024-03-12', items: [{ amount: -2000n }] })
  const trial = planChange(change({ planOf, trialEnd: '2024-03-25' }), '2024-03-12')
  expect(trial.items.map((line) => line.amount)).toEqual([-2100n])
  expect(trial.phases.slice(1).map((p) => [p.from, p.to, p.trial])).toEqual([['2024-03-11', '2024-03-25', true], ['2024-03-25', null, false]])
})

test('no order of upgrades, downgrades, pauses, ends and quantities within a period ever yields money, in advance or in arrears', () => {
  const step = fc.record({ day: fc.nat(30), plan: fc.constantFrom('a', 'b', 'c'), quantity: fc.integer({ min: 1, max: 5 }), paused: fc.boolean(), end: fc.boolean() })
  const steps = fc.array(step, { minLength: 1, maxLength: 8 }).map((list) => list.toSorted((x, y) => x.day - y.day))
  const timing = fc.constantFrom('advance' as const, 'arrears' as const)
  fc.assert(fc.property(fc.tuple(cents, cents, cents), fc.tuple(timing, timing, timing), steps, ([a, b, c], [ta, tb, tc], list) => {
    const planOf = plansOf(...[['a', a, ta], ['b', b, tb], ['c', c, tc]].map(([id = '', amount = '', when]) =>
      plan(id, amount, { timing: when as 'advance', recurring: { model: 'per_unit', unit_amount: amount } })))
    let phases: readonly Phase[] = [phase('a', MARCH.start)]
    let paid = sum(advanceLinesOf(phases, planOf, MARCH))
    for (const { day, plan: id, quantity, paused, end } of list) {
      const today = dayOf(MARCH.start, day)
      const after = end ? null : { priceListId: id, quantity, paused, trial: false, anchor: CALENDAR }
      const planned = planChange(change({ phases, planOf, today, after }), dayOf(today, 1))
      paid += sum(planned.items)
      phases = planned.phases
      expect(paid).toBeGreaterThanOrEqual(0n)
    }
    const billed = paid + sum(recurringLinesOf(phases, planOf, MARCH))
    const prices: Record<string, string> = { a, b, c }
    const dayByDay = phases.filter((p) => !p.paused).map((p) => Number(prices[p.priceListId]) * p.quantity * daysBetween(p.from, p.to ?? MARCH.end) / 31 * 100)
    expect(billed).toBeGreaterThanOrEqual(0n)
    expect(Math.abs(Number(billed) - dayByDay.reduce((x, y) => x + y, 0))).toBeLessThanOrEqual(1 + 2 * list.length)
  }), { numRuns: 500 })
})

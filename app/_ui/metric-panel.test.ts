import { expect, test } from 'vitest'
import { marksOn, pointsOf } from './metric-panel.tsx'

const at = (minute: number): string => new Date(Date.UTC(2026, 10, 22, 11, minute)).toISOString()
const window = { from: at(0), to: at(3), resolution: '1m' as const }
const series = { name: 'cpu', unit: 'percent' as const, statistics: null, data_points: [{ timestamp: at(1), value: 7 }] }

test('every picture covers the whole time, with gaps where nothing was measured', () => {
  expect(pointsOf([series], window)).toEqual([{ x: at(0), values: {} }, { x: at(1), values: { cpu: 7 } }, { x: at(2), values: {} }])
})

test('a mark stands on the step it falls into; of several the newest is shown', () => {
  const points = pointsOf([series], window)
  const mark = (minute: number, label: string) => ({ at: new Date(Date.parse(at(minute)) + 20_000).toISOString(), label, tone: 'good' as const })
  expect(marksOn(points, [mark(1, 'v1'), mark(1, 'v2'), mark(9, 'v3')])).toEqual([{ x: at(1), label: 'v2', tone: 'good' }, { x: at(2), label: 'v3', tone: 'good' }])
})

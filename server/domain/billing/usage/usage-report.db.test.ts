import { beforeAll, expect, test } from 'vitest'
import { runtime } from '../../../core/runtime.ts'
import { metaFor } from '../../../testing/actors.ts'
import { withRuntime } from '../../../testing/runtime.ts'
import { createApp } from '../../apps/index.ts'
import { addMeters } from '../../metering/events/testing.ts'
import { ingestUsageEvents } from '../../metering/index.ts'
import { getSpend } from '../get-spend.ts'
import { getUsage } from '../get-usage.ts'
import { addSegment, makeCustomer, setPlainMail } from '../testing/books.ts'
import { exportUsage } from './export-usage.ts'

withRuntime()
let owner: Awaited<ReturnType<typeof makeCustomer>>
const apps: string[] = []

beforeAll(async () => {
  setPlainMail()
  owner = await makeCustomer({ timezone: 'Asia/Kolkata', joinedAt: new Date('2031-01-01T00:00:00Z') })
  await runtime().databases.systemPool.query('UPDATE test_clock SET offset_ms = $1', [new Date('2031-02-20T00:00:00Z').getTime() - Date.now()])
  await runtime().clock.refresh()
  await addMeters(owner.brand.id, { calls: { aggregation: 'sum' }, peak: { aggregation: 'max' }, users: { aggregation: 'unique', field: 'user' }, level: { aggregation: 'last' } })
  for (const name of ['one', 'two']) apps.push((await owner.call(createApp, { name, image: 'builtin/hello:v1' })).id)
  await addSegment(owner.organization.id, { appId: apps[0] ?? '', startedAt: '2031-02-10T00:00:00Z', endedAt: '2031-02-10T02:00:00Z' })
  const event = (type: string, subject: string | undefined, time: string, data: object) => ({ id: `${type}-${subject}-${time}`, source: 'test', type, time, data, ...(subject ? { subject } : {}) })
  await owner.call(ingestUsageEvents, { events: [
    event('calls', apps[0], '2031-02-10T18:29:59Z', { value: '1.5' }), event('calls', apps[0], '2031-02-10T18:30:00Z', { value: '2' }), event('calls', apps[1], '2031-02-11T03:00:00Z', { value: '4' }),
    event('calls', 'eu', '2031-02-11T03:00:30Z', { value: '8' }), event('calls', undefined, '2031-01-31T12:00:00Z', { value: '16' }),
    event('peak', apps[0], '2031-02-10T03:00:00Z', { value: '5' }), event('peak', apps[1], '2031-02-10T04:00:00Z', { value: '3' }), event('peak', apps[0], '2031-02-11T04:00:00Z', { value: '2' }),
    event('users', apps[0], '2031-02-10T03:00:00Z', { user: 'ada' }), event('users', apps[1], '2031-02-10T03:00:00Z', { user: 'ada' }), event('users', apps[0], '2031-02-11T03:00:00Z', { user: 'bob' }),
    event('level', apps[0], '2031-02-10T03:00:00Z', { value: '9' }), event('level', apps[0], '2031-02-12T03:00:00Z', { value: '1' }),
  ] })
})

type Report = Awaited<ReturnType<typeof ask>>
const ask = (question: object = {}) => owner.call(getUsage, { from: '2031-02-01', to: '2031-03-01', ...question })
const of = (report: Report, meter: string) => report.points.filter((p) => p.meter === meter).map((p) => [p.at, p.group, p.quantity])

test('by app and day, days being those of the organization', async () => {
  const report = await ask({ meter: 'calls' })
  const named = of(report, 'calls').map(([at, group, quantity]) => `${at} ${report.groups.find((g) => g.key === group)?.name} ${quantity}`)
  expect(named.sort()).toEqual(['2031-02-10 one 1.5', '2031-02-11 No app 8', '2031-02-11 one 2', '2031-02-11 two 4'])
  expect(report.rows.map((r) => [r.app_name, r.quantity])).toEqual(expect.arrayContaining([['one', '3.5'], ['two', '4'], ['No app', '8']]))
  expect(report.rows.find((r) => r.app_name === 'No app')?.app_id).toBeNull()
})

test('by meter over everything: the highest of all, each different value once, the newest', async () => {
  const report = await ask({ group_by: 'meter' })
  expect(of(report, 'peak')).toEqual([['2031-02-10', 'peak', '5'], ['2031-02-11', 'peak', '2']])
  expect(of(report, 'users')).toEqual([['2031-02-10', 'users', '1'], ['2031-02-11', 'users', '1']])
  expect(of(report, 'level')).toEqual([['2031-02-10', 'level', '9'], ['2031-02-12', 'level', '1']])
  const whole = (meter: string) => report.rows.filter((r) => r.meter === meter).map((r) => [r.app_name, r.quantity]).sort()
  expect([whole('peak'), whole('users'), whole('level')]).toEqual([[['one', '5'], ['two', '3']], [['one', '2'], ['two', '1']], [['one', '1']]])
})

test('by month, hour and minute, each adding up to the same', async () => {
  expect(of(await ask({ granularity: 'month', meter: 'calls', group_by: 'meter', from: '2031-01-01' }), 'calls')).toEqual([['2031-01', 'calls', '16'], ['2031-02', 'calls', '15.5']])
  expect(of(await ask({ granularity: 'hour', meter: 'calls', group_by: 'meter' }), 'calls')).toEqual([
    ['2031-02-10T18:00:00.000Z', 'calls', '3.5'], ['2031-02-11T03:00:00.000Z', 'calls', '12'],
  ])
  const minutes = await ask({ granularity: 'minute', meter: 'calls', group_by: 'meter', from: '2031-02-11', to: '2031-02-12' })
  expect(of(minutes, 'calls')).toEqual([['2031-02-10T18:30:00.000Z', 'calls', '2'], ['2031-02-11T03:00:00.000Z', 'calls', '12']])
  const allotted = await ask({ granularity: 'hour', meter: 'vcpu_seconds', app_id: apps[0] })
  expect(of(allotted, 'vcpu_seconds')).toEqual([['2031-02-10T00:00:00.000Z', apps[0], '3600'], ['2031-02-10T01:00:00.000Z', apps[0], '3600']])
})

test('by subject: names of their own beside apps', async () => {
  expect(of(await ask({ group_by: 'subject', meter: 'calls' }), 'calls').map(([, group]) => group).sort()).toEqual(['eu', ...apps, apps[0]].sort())
})

test('the amounts of points, groups, days and rows are the total', async () => {
  for (const question of [{}, { group_by: 'meter' }, { granularity: 'hour' }, { group_by: 'subject' }]) {
    const report = await ask(question)
    const sum = (amounts: number[]): number => amounts.reduce((a, b) => a + b, 0)
    expect(report.total.amount).toBeGreaterThan(0)
    const { points, groups, rows, daily } = report
    const parts = [points.map((p) => p.amount), groups.map((g) => g.amount.amount), rows.map((r) => r.amount.amount), daily.map((d) => d.amount)]
    expect(parts.map(sum)).toEqual(parts.map(() => report.total.amount))
  }
})

test('a range too long for its grain and a meter there is none of are refused with a pointer', async () => {
  await expect(ask({ granularity: 'minute' })).rejects.toMatchObject({ errors: [{ pointer: '/to', code: 'range_too_long' }] })
  await expect(ask({ meter: 'none' })).rejects.toMatchObject({ errors: [{ pointer: '/meter', code: 'unknown_meter' }] })
  await expect(ask({ granularity: 'year' })).rejects.toMatchObject({ code: 'invalid_request' })
})

test('the export streams the points of every month as CSV', async () => {
  const { body, fileName } = await exportUsage.handle(metaFor(owner.actor, owner.brand), { from: '2031-01-01', to: '2031-03-01', meter: 'calls' })
  if (Buffer.isBuffer(body)) throw new Error('the export is not streamed')
  const text = (await Array.fromAsync(body)).join('')
  expect(fileName).toBe('usage-2030-12-31-2031-02-28.csv')
  expect(text.split('\r\n').filter(Boolean).sort()).toEqual([
    '2031-01-31,No app,calls,16,unit,0.00,USD', '2031-02-10,one,calls,1.5,unit,0.00,USD', '2031-02-11,No app,calls,8,unit,0.00,USD',
    '2031-02-11,one,calls,2,unit,0.00,USD', '2031-02-11,two,calls,4,unit,0.00,USD', 'time,group,meter,quantity,unit,cost,currency',
  ])
  const refused = exportUsage.handle(metaFor(owner.actor, owner.brand), { from: '2031-02-01', to: '2031-01-01' })
  await expect(refused).rejects.toMatchObject({ code: 'rule_violated' })
})

test('the spend by app names what belongs to no app, and leads to none', async () => {
  const { by_app: rows } = await owner.call(getSpend, {})
  expect(rows.map((row) => row.name)).toEqual(expect.arrayContaining(['one', 'two', 'No app']))
  expect(rows.find((row) => row.name === 'No app')?.app_id).toBeNull()
  expect(rows.filter((row) => row.name === '' || row.app_id === '')).toEqual([])
})

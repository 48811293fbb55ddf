import { beforeAll, expect, test } from 'vitest'
import { runtime } from '../../../core/runtime.ts'
import { makeUser, metaFor } from '../../../testing/actors.ts'
import { withRuntime } from '../../../testing/runtime.ts'
import { trialBalance } from '../ledger/trial-balance.ts'
import { closeDuePeriods } from '../periods/close-due-periods.ts'
import { addSegment, makeCustomer, setPlainMail } from '../testing/books.ts'
import { mrrReport } from './mrr.ts'
import { revenueReport } from './revenue.ts'
import { taxReport, taxReportCsv } from './tax-report.ts'

withRuntime()
beforeAll(setPlainMail)

const RANGE = { from: '2031-01', to: '2031-04' }

const setUp = async () => {
  const staff = await makeUser({ staff: true })
  const first = await makeCustomer({ joinedAt: new Date('2031-01-01T00:00:00Z') })
  await makeCustomer({ currency: 'NGN', joinedAt: new Date('2031-02-01T00:00:00Z'), timezone: 'Africa/Lagos' })
  await addSegment(first.organization.id, { startedAt: '2031-01-10T00:00:00Z', endedAt: '2031-02-20T00:00:00Z', vcpu: 4 })
  await runtime().databases.asSystem('staff', async (db) => {
    const { country } = await db.organization.findUniqueOrThrow({ where: { id: first.organization.id } })
    const rate = { id: 'txr_test', brandId: first.brand.id, country, name: 'VAT', rate: '0.075', activeFrom: '2020-01-01' }
    await db.taxRate.createMany({ data: [rate], skipDuplicates: true })
  })
  for (const month of ['02', '03', '04']) await closeDuePeriods(new Date(`2031-${month}-02T00:00:00Z`))
  return { staff }
}

test('revenue by month and plan is what the ledger booked, and its parts add up', async () => {
  const { staff } = await setUp()
  const { data, months } = await staff.call(revenueReport, { ...RANGE, to: '2031-04' })
  expect(months).toEqual(['2031-01', '2031-02', '2031-03', '2031-04'])
  for (const row of data) expect(row.plan_fees.amount + row.usage.amount + row.other.amount).toBe(row.issued.amount)
  const { data: accounts } = await staff.call(trialBalance, {})
  for (const currency of ['USD', 'NGN']) {
    const net = data.filter((row) => row.net.currency === currency).reduce((sum, row) => sum + row.net.amount, 0)
    expect(net).toBe(-accounts.filter((row) => row.account === 'revenue' && row.balance.currency === currency).reduce((sum, row) => sum + row.balance.amount, 0))
    expect(net).toBeGreaterThan(0)
  }
  expect(new Set(data.map((row) => row.plan_key))).toEqual(new Set(['starter']))
  const { data: tax } = await staff.call(taxReport, RANGE)
  const booked = accounts.filter((row) => row.account === 'tax_payable').reduce((sum, row) => sum + row.balance.amount, 0)
  expect(tax.reduce((sum, row) => sum + row.tax.amount, 0)).toBe(-booked)
  expect(booked).toBeLessThan(0)
})

test('tax by quarter and country, as a list and as CSV', async () => {
  const staff = await makeUser({ staff: true })
  const { data: months } = await staff.call(taxReport, RANGE)
  const { data: quarters } = await staff.call(taxReport, { ...RANGE, by: 'quarter' })
  expect(quarters.length).toBeGreaterThan(0)
  expect(quarters.length).toBeLessThan(months.length)
  expect(quarters.every((row) => /^2031-Q[12]$/.test(row.period))).toBe(true)
  const sum = (rows: typeof months) => rows.reduce((total, row) => total + row.base.amount, 0)
  expect(sum(quarters)).toBe(sum(months))
  const file = await taxReportCsv.handle(metaFor(staff.actor, staff.brand), RANGE)
  if (!Buffer.isBuffer(file.body)) throw new Error('the file is not whole')
  const lines = file.body.toString().trim().split('\r\n')
  expect(lines[0]).toBe('period,seller,country,tax,category,rate,currency,base,tax_amount,documents')
  expect(lines).toHaveLength(months.length + 1)
  expect((await staff.call(taxReport, { ...RANGE, country: 'AQ' })).data).toEqual([])
})

test('MRR: customers count from the month they came in, trials and other currencies apart', async () => {
  const staff = await makeUser({ staff: true })
  const { data, method } = await staff.call(mrrReport, RANGE)
  const of = (currency: string) => data.filter((row) => row.end.currency === currency)
  expect(of('USD').map((row) => [row.month, row.start.amount, row.new.amount, row.end.amount, row.customers])).toEqual([
    ['2031-01', 200, 0, 200, 1], ['2031-02', 200, 0, 200, 1], ['2031-03', 200, 0, 200, 1], ['2031-04', 200, 0, 200, 1]])
  expect(of('NGN').map((row) => [row.start.amount, row.new.amount, row.joined])).toEqual([[0, 300000, 1], [300000, 0, 0], [300000, 0, 0], [300000, 0, 0]])
  expect(method).toContain('per month')
  await expect(staff.call(mrrReport, { from: '2031-04', to: '2031-01' })).rejects.toMatchObject({ status: 422, errors: [{ pointer: '/to' }] })
  await expect(staff.call(mrrReport, { from: '2000-01', to: '2031-01' })).rejects.toMatchObject({ status: 422, errors: [{ pointer: '/from' }] })
  await expect(staff.call(mrrReport, { from: '2031-13' })).rejects.toMatchObject({ status: 400 })
})

test('only the operator reads them', async () => {
  const customer = await makeCustomer()
  for (const read of [() => customer.call(revenueReport, {}), () => customer.call(mrrReport, {}), () => customer.call(taxReport, {})]) {
    await expect(read()).rejects.toMatchObject({ code: 'forbidden' })
  }
})

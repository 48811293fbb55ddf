import { beforeAll, expect, test, vi } from 'vitest'
import { runtime } from '../../../core/runtime.ts'
import { withRuntime } from '../../../testing/runtime.ts'
import { getUsage } from '../get-usage.ts'
import { closeDuePeriods } from '../periods/close-due-periods.ts'
import { changePlan } from '../subscriptions/operations.ts'
import { addSegment, invoicesOf, makeCustomer, setPlainMail } from '../testing/books.ts'

withRuntime()
beforeAll(setPlainMail)

const VCPU_HOUR = { meter: 'vcpu_seconds', name: 'vCPU', unit: 'vCPU hour', meter_units: '3600' }

test('a month with two plans costs in the explorer what its invoice says, each day by the plan of that day', async () => {
  const clock = vi.spyOn(runtime().clock, 'now').mockReturnValue(new Date('2031-01-01T00:00:00Z'))
  const { call, brand, organization: { id } } = await makeCustomer({ joinedAt: new Date('2031-01-01T00:00:00Z') })
  await runtime().databases.asSystem('job', async (db) => {
    await db.plan.create({ data: { id: 'plan_pro', brandId: brand.id, key: 'pro', name: 'Pro' } })
    await db.priceList.create({ data: {
      id: 'price_pro', brandId: brand.id, planKey: 'pro', currency: 'USD', version: 1, name: 'Pro', recurring: { model: 'flat', unit_amount: '0' }, activeFrom: new Date('2030-01-01T00:00:00Z'),
      charges: [{ ...VCPU_HOUR, price: { model: 'graduated', tiers: [{ up_to: '50', unit_amount: '1', flat_amount: '3' }, { up_to: null, unit_amount: '0.5' }] } }],
    } })
  })
  await addSegment(id, { startedAt: '2031-02-03T00:00:00Z', endedAt: '2031-02-05T00:00:00Z', vcpu: 4 })
  clock.mockReturnValue(new Date('2031-02-15T10:00:00Z'))
  await closeDuePeriods(runtime().clock.now())
  await call(changePlan, { plan_key: 'pro', when: 'now' })
  await addSegment(id, { startedAt: '2031-02-20T00:00:00Z', endedAt: '2031-02-23T00:00:00Z' })
  clock.mockReturnValue(new Date('2031-03-01T00:00:00Z'))
  const { total } = await call(getUsage, { from: '2031-02-01', to: '2031-03-01' })
  await closeDuePeriods(runtime().clock.now())
  const february = (await invoicesOf(id)).find((invoice) => invoice.periodStart.toISOString().startsWith('2031-02'))
  const lines = (february?.snapshot as unknown as { lines: { description: string; amount: number }[] }).lines.filter((line) => /vCPU|Memory/.test(line.description))
  expect(lines.length).toBeGreaterThanOrEqual(3)
  expect(total.amount).toBe(lines.reduce((sum, line) => sum + line.amount, 0))
  clock.mockRestore()
})

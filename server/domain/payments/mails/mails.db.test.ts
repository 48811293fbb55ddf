import { beforeAll, expect, test } from 'vitest'
import { newId } from '../../../core/id.ts'
import { runtime } from '../../../core/runtime.ts'
import { drainJobs, withRuntime } from '../../../testing/runtime.ts'
import { closePeriodsOf } from '../../billing/periods/close-period.ts'
import { addSegment, invoicesOf, makeCustomer, setPlainMail } from '../../billing/testing/books.ts'
import { removeMethod } from '../methods/manage-methods.ts'
import { mailTopUp, warnExpiringCards } from './methods.ts'
import { mailRefunded } from './refunded.ts'

withRuntime()
beforeAll(() => setPlainMail())

const write = <T>(run: (db: Parameters<Parameters<ReturnType<typeof runtime>['databases']['asSystem']>[1]>[0]) => Promise<T>) => runtime().databases.asSystem('job', run)
const mailed = async (template: string, to: string) =>
  (await write((db) => db.mail.findMany({ where: { to, subject: { endsWith: `: ${template}` } }, orderBy: { createdAt: 'asc' } }))).map(({ text }) => JSON.parse(text) as Record<string, string>)

const store = async (orgId: string, last4: string, over: { isDefault?: boolean; expMonth?: number; expYear?: number } = {}) => {
  const id = newId('paymentMethod')
  await write((db) => db.paymentMethod.create({ data: { id, orgId, provider: 'stripe', providerMethodRef: `pm-${id}`, kind: 'card', brand: 'visa', last4, email: 'a@example.com', ...over } }))
  return id
}

test('removing the last card that pays is told once; while another takes its place nothing is', async () => {
  const { call, organization, actor } = await makeCustomer({ currency: 'USD' })
  const first = await store(organization.id, '1111', { isDefault: true })
  const second = await store(organization.id, '2222')
  await write((db) => db.organization.update({ where: { id: organization.id }, data: { autoPay: true } }))
  await call(removeMethod, { payment_method_id: first })
  await drainJobs()
  expect(await mailed('auto-pay-off', actor.email)).toEqual([])
  await call(removeMethod, { payment_method_id: second })
  await drainJobs()
  expect(await mailed('auto-pay-off', actor.email)).toMatchObject([{ organization: organization.name, reason: 'Visa ending in 2222 was removed' }])
})

test('a card is told in its last month, once, and no other', async () => {
  const { organization, actor } = await makeCustomer({ currency: 'USD' })
  const now = runtime().clock.now()
  const [month, year] = [now.getUTCMonth() + 1, now.getUTCFullYear()]
  await store(organization.id, '1111', { expMonth: month, expYear: year })
  await store(organization.id, '2222', { expMonth: month, expYear: year + 1 })
  await store(organization.id, '3333', {})
  for (let run = 0; run < 3; run += 1) {
    await warnExpiringCards.run({})
    await drainJobs()
  }
  expect(await mailed('card-expiring', actor.email)).toMatchObject([{ method: 'Visa ending in 1111', auto_pay: 'no', expires: expect.stringContaining(String(year)) as string }])
})

test('each refund that went through is told once, in the customer\'s terms; a top-up says what it was for', async () => {
  const { organization, actor } = await makeCustomer({ currency: 'USD', joinedAt: new Date('2060-01-01T00:00:00Z') })
  await addSegment(organization.id, { startedAt: '2060-01-01T00:00:00Z', endedAt: '2060-02-01T00:00:00Z' })
  await closePeriodsOf([organization.id], new Date('2060-02-01T00:00:00Z'))
  const [invoice] = await invoicesOf(organization.id)
  const methodId = await store(organization.id, '4242', { isDefault: true })
  const id = newId('payment')
  await write(async (db) => {
    await db.organization.update({ where: { id: organization.id }, data: { topUpBelow: 500n, topUpAmount: 2000n } })
    await db.paymentAttempt.create({
      data: { id, orgId: organization.id, invoiceId: invoice?.id ?? '', provider: 'stripe', kind: 'off_session', reason: 'top_up', methodId, amount: 2000n, currency: 'USD', state: 'succeeded' },
    })
    for (const [index, state] of ['succeeded', 'failed', 'requested', 'succeeded'].entries()) {
      await db.refund.create({ data: { id: newId('refund'), orgId: organization.id, attemptId: id, provider: 'stripe', amount: BigInt(100 + index), currency: 'USD', reason: 'Outage', state, key: newId('refund') } })
    }
  })
  for (let run = 0; run < 2; run += 1) {
    await mailRefunded.run({ subject_id: id, org_id: organization.id })
    await mailTopUp.run({ subject_id: id, org_id: organization.id })
    await drainJobs()
  }
  expect((await mailed('payment-refunded', actor.email)).map(({ amount, method, reason }) => [amount, method, reason]).sort()).toEqual([
    ['USD 1.00', 'Visa ending in 4242', 'Outage'], ['USD 1.03', 'Visa ending in 4242', 'Outage'],
  ])
  expect(await mailed('credit-topped-up', actor.email)).toMatchObject([{ amount: 'USD 20.00', threshold: 'USD 5.00', method: 'Visa ending in 4242' }])
})

import { beforeEach, expect, test } from 'vitest'
import { createMpesaProvider } from '../../../adapters/mpesa/mpesa-provider.ts'
import { runtime } from '../../../core/runtime.ts'
import { sandboxAdapterConfig } from '../../../sandbox/provider-settings.ts'
import type { Payer } from '../../../sandbox/providers/fake-provider.ts'
import { createPostgresStore } from '../../../sandbox/postgres-store.ts'
import { sandboxProviders } from '../../../sandbox/start-sandbox.ts'
import { makeUser } from '../../../testing/actors.ts'
import { createInvoice } from '../../billing/invoices/create-invoice.ts'
import { makeCustomer } from '../../billing/testing/books.ts'
import { getInvoice, payInvoice, reconcileOpenPayments, setProviders } from '../index.ts'
import { attemptsOf, ledgerOf, run, settled, violations, withPayments } from '../testing/paying.ts'

withPayments(24_470)
beforeEach(() => setProviders([createMpesaProvider(sandboxAdapterConfig(runtime().env).mpesa)]))

const PHONE = '0712 345 678'
let line = 0
/** A customer in Kenya with one open invoice, and a phone of their own. */
const withInvoice = async (amount = '1234.56') => {
  const owner = await makeCustomer({ joinedAt: new Date('2050-01-01T00:00:00Z') })
  const orgId = owner.organization.id
  await runtime().databases.systemPool.query("UPDATE organization SET currency = 'KES', country = 'KE' WHERE id = $1", [orgId])
  const staff = await makeUser({ staff: true })
  const { id } = await staff.call(createInvoice, { organization_id: orgId, lines: [{ description: 'Work', unit_amount: amount }] })
  line += 1
  const own = `07${String(10_000_000 + line)}`
  const pay = (phone = own) => run(owner, payInvoice, { invoice_id: id, provider: 'mpesa', phone })
  return { owner, orgId, id, pay, own, read: () => owner.call(getInvoice, { invoice_id: id }), attempts: () => attemptsOf(orgId) }
}
const prompts = async (phone: string) => (await createPostgresStore().list('mpesa', 'prompt')).filter((prompt) => prompt['phone'] === `254${phone.slice(1)}`)
const answer = async (ref: string | null | undefined, payer: Payer): Promise<void> => {
  const result = await sandboxProviders().completeCheckout('mpesa', ref ?? '', payer)
  if (!result.ok) throw new Error(result.reason)
}
const age = (orgId: string, minutes: number) =>
  runtime().databases.systemPool.query("UPDATE payment_attempt SET created_at = created_at - $2 * interval '1 minute', updated_at = updated_at - $2 * interval '1 minute' WHERE org_id = $1", [orgId, minutes])

test('asked, confirmed with the PIN, paid: whole shillings are asked, what is above becomes credit, the receipt number is kept', async () => {
  const { pay, read, attempts, orgId } = await withInvoice()
  const total = (await read()).amount_due.amount
  const started = await pay()
  expect(started).toMatchObject({ state: 'pending', checkout_url: null, instructions: [], message: expect.stringContaining('+254710000001') })
  const [attempt] = await attempts()
  expect(attempt?.amount).toBe(BigInt(Math.ceil(total / 100)) * 100n)
  await answer(attempt?.providerRef, 'success')
  await settled()
  expect((await read()).state).toBe('paid')
  expect((await attempts())[0]).toMatchObject({ state: 'succeeded', paymentRef: expect.stringMatching(/^[A-Z0-9]{10}$/) })
  const surplus = (attempt?.amount ?? 0n) - BigInt(total)
  expect(surplus).toBeGreaterThan(0n)
  expect((await ledgerOf(orgId))['customer_credit_paid']).toBe(-surplus)
  expect(await violations()).toEqual([])
})

test('every callback three times and last first: paid once', async () => {
  sandboxProviders().setKnobs({ duplicate: 2, reorder: true })
  const { pay, read, attempts } = await withInvoice()
  await pay()
  await answer((await attempts())[0]?.providerRef, 'success')
  await settled()
  expect((await read()).state).toBe('paid')
  expect(await violations()).toEqual([])
})

test('the callback never comes: the query finds it', async () => {
  sandboxProviders().setKnobs({ drop: 100 })
  const { pay, read, attempts } = await withInvoice('500')
  await pay()
  await answer((await attempts())[0]?.providerRef, 'success')
  await settled()
  expect((await read()).state).toBe('finalised')
  await reconcileOpenPayments(0)
  expect((await read()).state).toBe('paid')
  expect(await violations()).toEqual([])
})

test.each([['decline', 'cancelled_by_payer'], [{ card: '1' }, 'insufficient_funds'], [{ card: '2001' }, 'authentication_required'], [{ card: '1037' }, 'timeout']] as const)(
  'not paid (%j): said why, and asked again another request goes out', async (payer, code) => {
    const { pay, read, attempts, own } = await withInvoice('500')
    await pay()
    await answer((await attempts())[0]?.providerRef, payer)
    await settled()
    expect((await attempts())[0]).toMatchObject({ state: 'failed', failureCode: code })
    await pay()
    const again = (await attempts())[1]
    await answer(again?.providerRef, 'success')
    await settled()
    expect((await read()).state).toBe('paid')
    expect(await prompts(own)).toHaveLength(2)
    expect(await violations()).toEqual([])
  })

test('Pay pressed twenty times at once: the phone rings once', async () => {
  const { pay, attempts, own } = await withInvoice('500')
  const started = await Promise.all(Array.from({ length: 20 }, () => pay()))
  expect(new Set(started.map((one) => one.payment_id)).size).toBe(1)
  expect(await prompts(own)).toHaveLength(1)
  expect(await attempts()).toMatchObject([{ state: 'pending' }])
})

test('sent, but never answered: nobody is asked twice, and the callback finds the payment', async () => {
  const { pay, read, attempts, own } = await withInvoice('500')
  sandboxProviders().setKnobs({ loseAnswers: 1 })
  await expect(pay()).rejects.toMatchObject({ code: 'provider_failed' })
  await pay()
  await reconcileOpenPayments(0)
  const [prompt] = await prompts(own)
  expect(await prompts(own)).toHaveLength(1)
  expect(await attempts()).toMatchObject([{ state: 'pending', providerRef: null }])
  await answer(String(prompt?.['id']), 'success')
  await settled()
  expect((await read()).state).toBe('paid')
  expect(await violations()).toEqual([])
})

test('sent, never answered, cancelled there, and not told: nobody rings again by himself', async () => {
  const { pay, own } = await withInvoice('500')
  sandboxProviders().setKnobs({ loseAnswers: 1, drop: 100 })
  await expect(pay()).rejects.toMatchObject({ code: 'provider_failed' })
  await answer(String((await prompts(own))[0]?.['id']), 'decline')
  await settled()
  await reconcileOpenPayments(0)
  expect(await prompts(own)).toHaveLength(1)
})

test('sent, never answered and never heard of: given up after minutes, and money that comes then is booked all the same', async () => {
  const { pay, read, attempts, own, orgId } = await withInvoice('500')
  sandboxProviders().setKnobs({ loseAnswers: 1, delayMs: 300 })
  await expect(pay()).rejects.toMatchObject({ code: 'provider_failed' })
  const [prompt] = await prompts(own)
  await age(orgId, 20)
  await reconcileOpenPayments(0)
  expect(await attempts()).toMatchObject([{ state: 'expired' }])
  await answer(String(prompt?.['id']), 'success')
  await settled()
  expect((await read()).state).toBe('paid')
  expect(await attempts()).toMatchObject([{ state: 'succeeded' }])
  expect(await violations()).toEqual([])
})

test('another request waits on the same phone: said so, and tried again later it goes out', async () => {
  const [first, second] = [await withInvoice('500'), await withInvoice('700')]
  await first.pay()
  await expect(second.pay(first.own)).rejects.toMatchObject({ code: 'state_conflict', message: expect.stringContaining('waiting on that phone') })
  await answer((await first.attempts())[0]?.providerRef, 'decline')
  await settled()
  expect(await second.pay(first.own)).toMatchObject({ state: 'pending' })
})

test.each(['', '0712', '+255712345678', 'phone', '07123456789'])('phone %j is refused at its field, and nothing is begun', async (phone) => {
  const { pay, attempts } = await withInvoice('500')
  await expect(pay(phone)).rejects.toMatchObject({ code: 'rule_violated', errors: [{ pointer: '/phone' }] })
  expect(await attempts()).toEqual([])
})

test('the same phone written otherwise is the same payment', async () => {
  const { pay, attempts } = await withInvoice('500')
  const one = await pay(PHONE)
  expect((await pay('+254712345678')).payment_id).toBe(one.payment_id)
  expect(await attempts()).toMatchObject([{ phone: '+254712345678' }])
})

import { expect, test } from 'vitest'
import type { ChargeAttempt, SavedMethodFacts } from '../../domain/payments/ports.ts'
import type { Bench, ContractSubject } from './contract-bench.ts'
import { keep, nextId, orThrow } from './contract-bench.ts'

const EMAIL = 'ada@example.com'
const methodOf = (facts: SavedMethodFacts) => ({ ...facts, email: EMAIL })

export const savedContract = (bench: () => Bench, subject: ContractSubject): void => {
  const attempt = (id = nextId()): ChargeAttempt => ({ id, invoiceId: 'inv_2', amount: subject.amount, description: 'Invoice ACME-2', customerEmail: EMAIL, split: null })
  const charge = (facts: SavedMethodFacts, one = attempt()) => orThrow(bench().rail.chargeSaved, 'chargeSaved')(one, methodOf(facts))

  test('a kept way to pay is described by what a receipt shows, and charged while nobody is there', async () => {
    const kept = await keep(bench())
    expect(kept).toMatchObject({ reusable: true, last4: expect.stringMatching(/^\d{4}$/) })
    expect(kept.brand).not.toBe('')
    const one = attempt()
    const payment = await charge(kept, one)
    expect(payment).toMatchObject({ status: 'succeeded', attemptId: one.id, amount: subject.amount, failureCode: null })
    expect(await bench().fetched(payment.providerRef)).toMatchObject({ status: 'succeeded', attemptId: one.id, amount: subject.amount })
  })

  test('the same attempt charged again, and several times at once, is one charge', async () => {
    const kept = await keep(bench())
    const one = attempt()
    const all = await Promise.all([charge(kept, one), charge(kept, one), charge(kept, one)])
    expect(await charge(kept, one)).toMatchObject({ status: 'succeeded' })
    expect(new Set(all.map((payment) => payment.providerRef)).size).toBe(1)
    const { payments } = await orThrow(bench().rail.listPayments, 'listPayments')(new Date(bench().harness.now.getTime() - 1000), null)
    expect(payments.filter((payment) => payment.attemptId === one.id)).toHaveLength(1)
  })

  test.each((subject.saved ?? []).map(([payer, status, code]) => ({ payer, status, code })))('kept $payer answers $status, $code', async ({ payer, status, code }) => {
    const payment = await charge(await keep(bench(), payer))
    expect(payment).toMatchObject({ status, failureCode: code })
    expect(payment.paidAt === null).toBe(status !== 'succeeded')
  })

  test('once detached it is an invalid method, and detaching again is harmless', async ({ skip }) => {
    const { rail } = bench()
    if (!rail.detachMethod) return skip('the provider forgets no method')
    const kept = await keep(bench())
    await rail.detachMethod?.(methodOf(kept))
    await rail.detachMethod?.(methodOf(kept))
    expect(await charge(kept)).toMatchObject({ status: 'failed', failureCode: 'invalid_method' })
  })

  test('a method nobody knows is an invalid method', async () => {
    const kept = await keep(bench())
    expect(await charge({ ...kept, providerMethodRef: 'pm_nothing' })).toMatchObject({ status: 'failed', failureCode: 'invalid_method' })
  })

  test('a setup keeps a way to pay and takes no money', async ({ skip }) => {
    const { rail, complete, harness } = bench()
    if (!rail.startSetup || !rail.fetchSetup) return skip('the rail keeps methods only with a payment')
    const setup = {
      id: nextId('setup'), customerRef: null, customerEmail: EMAIL, currency: subject.amount.currency, successUrl: 'https://console.example/ok', cancelUrl: 'https://console.example/no',
    }
    const { providerRef, url } = await rail.startSetup(setup)
    expect((await rail.startSetup(setup)).providerRef).toBe(providerRef)
    expect(url).toMatch(/^https?:/)
    expect(await rail.fetchSetup(providerRef)).toMatchObject({ status: 'pending', setupId: setup.id, method: null })
    await complete(providerRef, 'decline')
    expect(await rail.fetchSetup(providerRef)).toMatchObject({ status: 'pending', method: null })
    await complete(providerRef, 'success')
    const done = orThrow(await rail.fetchSetup(providerRef), 'setup')
    expect(done.status).toBe('succeeded')
    const told = (await bench().events()).filter((event) => event.kind === 'setup')
    expect(told.map((event) => event.providerRef)).toContain(providerRef)
    expect((await rail.listPayments?.(new Date(0), null))?.payments).toEqual([])
    expect(await charge(orThrow(done.method, 'method'))).toMatchObject({ status: 'succeeded' })
    expect(harness.received.length).toBeGreaterThan(0)
    expect(await rail.fetchSetup('cs_nothing')).toBeNull()
  })
}

import { expect, test } from 'vitest'
import type { Bench, ContractSubject } from './contract-bench.ts'
import { codeOf, keep, nextId, orThrow } from './contract-bench.ts'

/** More than any adapter tries again by itself. */
const MANY = 10

const lostAnswers = (bench: () => Bench, subject: ContractSubject): void => {
  const lose = (count: number) => bench().harness.provider.setKnobs({ loseAnswers: count }, subject.name)

  test('a checkout accepted and never answered: asking again makes no second one', async ({ skip }) => {
    const { attempt, rail, checkouts } = bench()
    if (subject.startedTwice !== 'one') return skip('the provider knows no keys')
    lose(MANY)
    expect(await codeOf(rail.createCheckout(attempt))).toMatch(/provider_unavailable|checkout_already_started/)
    lose(0)
    expect(await codeOf(rail.createCheckout(attempt))).toMatch(/no error|checkout_already_started/)
    expect(await checkouts()).toBe(1)
  })

  test('a charge accepted and never answered is found by our own id, once', async ({ skip }) => {
    const { rail, fetched, harness } = bench()
    if (!rail.chargeSaved || !subject.findsByAttempt) return skip('the rail charges nothing by itself')
    const kept = await keep(bench())
    const attempt = { id: nextId(), invoiceId: 'inv_2', amount: subject.amount, description: 'Invoice ACME-2', customerEmail: 'ada@example.com', split: null }
    lose(MANY)
    expect(await codeOf(rail.chargeSaved(attempt, { ...kept, email: 'ada@example.com' }))).toBe('provider_unavailable')
    lose(0)
    expect(await fetched(attempt.id)).toMatchObject({ status: 'succeeded', attemptId: attempt.id, amount: subject.amount })
    expect(await rail.chargeSaved(attempt, { ...kept, email: 'ada@example.com' })).toMatchObject({ status: 'succeeded', attemptId: attempt.id })
    const { payments } = await orThrow(rail.listPayments, 'listPayments')(new Date(harness.now.getTime() - 1000), null)
    expect(payments.filter((payment) => payment.attemptId === attempt.id)).toHaveLength(1)
  })

  test('a refund accepted and never answered is made once', async ({ skip }) => {
    const { rail, paid, fetched } = bench()
    if (rail.capabilities.refunds !== 'partial') return skip('the rail does not refund in part')
    const payment = await paid()
    const request = { id: 'rfd_1', payment, amount: { ...payment.amount, minor: payment.amount.minor / 200n * 100n } }
    lose(MANY)
    expect(await codeOf(rail.refund(request))).toBe('provider_unavailable')
    lose(0)
    await rail.refund(request)
    expect(await fetched(payment.providerRef)).toMatchObject({ refundedMinor: request.amount.minor })
  })
}

const outages = (bench: () => Bench, subject: ContractSubject): void => {
  test.each(['errors', 'reset'] as const)('an outage (%s) is worth a retry, and leaves nothing behind', async (outage) => {
    const { rail, attempt, harness, checkouts } = bench()
    harness.provider.setKnobs({ outage }, subject.name)
    const error: unknown = await rail.createCheckout(attempt).catch((thrown: unknown) => thrown)
    expect(error).toMatchObject({ code: 'provider_unavailable', retryable: true })
    expect(await codeOf(rail.fetchPayment('x'))).toBe('provider_unavailable')
    expect((await rail.health()).ok).toBe(false)
    harness.provider.setKnobs({ outage: 'none' }, subject.name)
    expect(await checkouts()).toBe(0)
    expect(await rail.health()).toMatchObject({ ok: true })
    expect(await codeOf(rail.createCheckout(attempt))).toBe('no error')
  })

  test('a wrong key is our misconfiguration, and shows in the health', async () => {
    const { harness, attempt } = bench()
    const wrong = subject.rail(harness, 'wrong')
    expect(await codeOf(wrong.createCheckout(attempt))).toBe('provider_misconfigured')
    expect(await wrong.health()).toMatchObject({ ok: false, detail: expect.any(String) })
  })

  test('a provider that is not there is worth a retry', async () => {
    const { harness, rail, attempt } = bench()
    await harness.close()
    expect(await codeOf(rail.createCheckout(attempt))).toBe('provider_unavailable')
    expect((await rail.health()).ok).toBe(false)
  })
}

export const troubleContract = (bench: () => Bench, subject: ContractSubject): void => {
  lostAnswers(bench, subject)
  outages(bench, subject)
}

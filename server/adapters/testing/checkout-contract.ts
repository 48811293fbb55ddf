import { expect, test } from 'vitest'
import type { Bench, ContractSubject } from './contract-bench.ts'
import { codeOf, nextId } from './contract-bench.ts'
import { PaymentProviderError } from '../../domain/payments/ports.ts'

const started = (bench: () => Bench, { unseenUntilTried }: ContractSubject): void => {
  test('a started checkout is known, pending, and ours', async () => {
    const { attempt, fetched, rail } = bench()
    const checkout = await rail.createCheckout(attempt)
    expect(checkout.kind).toBe(rail.capabilities.checkout)
    if (checkout.kind === 'redirect') expect(checkout.url).toMatch(/^https?:/)
    if (checkout.kind === 'push') expect(checkout.message).not.toBe('')
    if (checkout.kind === 'instructions') expect(checkout.lines.length).toBeGreaterThan(0)
    if (unseenUntilTried) return expect(await rail.fetchPayment(checkout.providerRef)).toBeNull()
    const payment = await fetched(checkout.providerRef)
    expect(['pending', 'processing', 'requires_action']).toContain(payment.status)
    expect(payment).toMatchObject({ refundedMinor: 0n, paidAt: null, feeMinor: null, failureCode: null })
  })

  test('an unknown reference is null', async () => { expect(await bench().rail.fetchPayment(nextId('nothing'))).toBeNull() })

  test('the same attempt started twice, and twice at once, is one checkout', async () => {
    const { attempt, rail, checkouts, subject } = bench()
    const tries = await Promise.allSettled([1, 2, 3].map(() => rail.createCheckout(attempt)))
    const again = await Promise.allSettled([rail.createCheckout(attempt)])
    const refs = new Set([...tries, ...again].flatMap((one) => (one.status === 'fulfilled' ? one.value.providerRef : [])))
    for (const one of [...tries, ...again]) {
      if (one.status === 'rejected') expect(one.reason).toMatchObject({ code: 'checkout_already_started' })
    }
    if (subject.startedTwice === 'one') expect([refs.size, await checkouts()]).toEqual([1, 1])
    else expect(refs.size).toBe(4)
  })

  test('a checkout taken back is paid by nobody, and taking it back twice is harmless', async ({ skip }) => {
    const { rail, start, complete, fetched, paid } = bench()
    if (!rail.cancelCheckout) return skip('a checkout of this rail ends by itself')
    const { ref } = await start()
    await rail.cancelCheckout(ref)
    await rail.cancelCheckout(ref)
    await complete(ref, 'success')
    expect(['expired', 'canceled']).toContain((await fetched(ref)).status)
    const done = await paid({ id: nextId() })
    await rail.cancelCheckout(done.providerRef)
    expect((await fetched(done.providerRef)).status).toBe('succeeded')
  })
}

const payers = (bench: () => Bench, subject: ContractSubject): void => {
  test('a paid checkout carries sum, fee, time and our attempt', async () => {
    const { paid, attempt, harness } = bench()
    const payment = await paid()
    expect(payment).toMatchObject({ status: 'succeeded', amount: attempt.amount, refundedMinor: 0n, failure: null, failureCode: null })
    expect([attempt.id, null]).toContain(payment.attemptId)
    expect(payment.feeMinor === null || (payment.feeMinor >= 0n && payment.feeMinor < attempt.amount.minor)).toBe(true)
    expect(payment.paidAt === null || Math.abs(payment.paidAt.getTime() - harness.now.getTime()) < 24 * 3_600_000).toBe(true)
  })

  test.each(subject.declines.map(([payer, code]) => ({ payer, code })))('$payer is refused as $code', async ({ payer, code }) => {
    const { start, complete, fetched } = bench()
    const { ref } = await start()
    await complete(ref, payer)
    const refused = await fetched(ref)
    expect(['pending', 'failed', 'canceled']).toContain(refused.status)
    expect(refused).toMatchObject({ failureCode: code, feeMinor: null, paidAt: null, method: null })
    expect(refused.failure).not.toBeNull()
    if (!subject.retriesInCheckout) return
    await complete(ref, 'success')
    expect(await fetched(ref)).toMatchObject({ status: 'succeeded', failureCode: null })
  })

  test.each([['success', 'succeeded'], ['failure', 'failed']] as const)('a slow payment is under way until the bank answers %s', async (answer, status) => {
    const { start, complete, fetched, harness } = bench()
    const { ref } = await start()
    await complete(ref, 'async')
    expect(['pending', 'processing']).toContain((await fetched(ref)).status)
    await harness.provider.settleAsync(subject.name, ref, answer)
    expect((await fetched(ref)).status).toBe(status)
  })

  test('a checkout is paid once, however often the button is pressed', async () => {
    const { start, harness, fetched, attempt, events } = bench()
    const { ref } = await start()
    const results = await Promise.all([1, 2, 3, 4].map(() => harness.provider.completeCheckout(subject.name, ref, 'success')))
    expect(results.filter((result) => result.ok)).toHaveLength(1)
    await harness.provider.idle()
    expect(await fetched(ref)).toMatchObject({ status: 'succeeded', amount: attempt.amount })
    expect(new Set((await events()).map((event) => event.dedupeKey)).size).toBe(harness.received.length)
  })
}

const amounts = (bench: () => Bench, subject: ContractSubject): void => {
  test.each(subject.units)('$minor minor units of $currency arrive whole', async ({ sent, ...amount }) => {
    const { paid, harness } = bench()
    expect(await paid({ amount })).toMatchObject({ status: 'succeeded', amount })
    const [checkout] = await harness.store.list(subject.name, subject.checkoutKind)
    if (sent !== undefined && checkout) expect(subject.sentOf?.(checkout)).toBe(sent)
  })

  test('less than the minimum is refused before anything is started', async ({ skip }) => {
    const { rail, start, checkouts } = bench()
    const minimum = rail.capabilities.minimums[subject.amount.currency]
    if (minimum === undefined || minimum <= 1n) return skip('no minimum in this currency')
    expect(await codeOf(start({ amount: { ...subject.amount, minor: minimum - 1n } }))).toBe('amount_too_small')
    expect(await checkouts()).toBe(0)
  })

  test('a currency the rail lacks is refused before anything is started', async ({ skip }) => {
    const { rail, start, checkouts } = bench()
    if (rail.capabilities.currencies === null) return skip('the provider decides')
    expect(rail.capabilities.currencies).not.toContain('XAU')
    expect(await codeOf(start({ amount: { minor: 100_000n, currency: 'XAU' } }))).toBe('currency_unsupported')
    expect(await checkouts()).toBe(0)
  })

  test('nothing, and less than nothing, cannot be asked for', async () => {
    for (const minor of [0n, -100n]) {
      const refused: unknown = await bench().start({ id: nextId(), amount: { ...subject.amount, minor } }).catch((error: unknown) => error)
      expect(refused).toBeInstanceOf(PaymentProviderError)
      expect(refused).toMatchObject({ retryable: false })
    }
    expect(await bench().checkouts()).toBe(0)
  })
}

export const checkoutContract = (bench: () => Bench, subject: ContractSubject): void => {
  started(bench, subject)
  payers(bench, subject)
  amounts(bench, subject)
}

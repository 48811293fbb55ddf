import { expect, test } from 'vitest'
import type { ProviderPayment } from '../../domain/payments/ports.ts'
import type { Bench, ContractSubject } from './contract-bench.ts'
import { codeOf, nextId, orThrow } from './contract-bench.ts'

const half = (minor: bigint): bigint => (minor / 200n) * 100n

const refunds = (bench: () => Bench, subject: ContractSubject): void => {
  const { currency } = subject.amount
  const send = (id: string, payment: ProviderPayment, minor: bigint) => bench().rail.refund({ id, payment, amount: { minor, currency } })

  test('refunds in part add up, a repeated one is the same one, and more than was paid is refused', async ({ skip }) => {
    const { rail, paid, fetched } = bench()
    if (rail.capabilities.refunds !== 'partial') return skip('the rail does not refund in part')
    const payment = await paid()
    const part = half(payment.amount.minor)
    const rest = payment.amount.minor - part
    const first = await send('rfd_1', payment, part)
    expect((await send('rfd_1', payment, part)).providerRefundId).toBe(first.providerRefundId)
    expect(await fetched(payment.providerRef)).toMatchObject({ status: 'partially_refunded', refundedMinor: part })
    expect(await codeOf(send('rfd_2', payment, rest + 100n))).toBe('provider_refused')
    await send('rfd_3', payment, rest)
    expect(await fetched(payment.providerRef)).toMatchObject({ status: 'refunded', refundedMinor: payment.amount.minor })
  })

  test('a whole refund is told by webhook, and found again by our own id', async ({ skip }) => {
    const { rail, paid, events, harness } = bench()
    if (rail.capabilities.refunds === 'none') return skip('the rail does not refund')
    const payment = await paid()
    const request = { id: 'rfd_1', payment, amount: payment.amount }
    expect(await rail.fetchRefund?.({ ...request, providerRefundId: null }) ?? null).toBeNull()
    const made = await rail.refund(request)
    await harness.provider.idle()
    if (rail.fetchRefund) {
      expect(await rail.fetchRefund({ ...request, providerRefundId: null })).toMatchObject({ providerRefundId: made.providerRefundId })
      expect(await rail.fetchRefund({ ...request, providerRefundId: made.providerRefundId })).toMatchObject({ providerRefundId: made.providerRefundId })
    }
    const told = (await events()).filter((event) => event.kind === 'refund')
    if (!subject.silentRefunds) expect(told.map((event) => event.refundRef ?? made.providerRefundId)).toContain(made.providerRefundId)
    const { providerRef, paymentRef } = payment
    expect(told.every((event) => event.providerRef === providerRef || (event.paymentRef !== null && event.paymentRef === paymentRef))).toBe(true)
  })

  test('an unpaid checkout cannot be refunded', async ({ skip }) => {
    const { rail, start } = bench()
    if (rail.capabilities.refunds === 'none') return skip('the rail does not refund')
    const payment = { providerRef: (await start()).ref, paymentRef: null }
    expect(await codeOf(rail.refund({ id: 'rfd_1', payment, amount: { minor: 100n, currency } }))).toBe('provider_refused')
  })

  test.each([['succeeded', 'refunded'], ['failed', 'succeeded']] as const)('a refund under way counts once the bank has ended it: %s',
    async (outcome, status) => {
    const { rail, paid, fetched, harness } = bench()
    if (rail.capabilities.refunds === 'none' || !rail.fetchRefund) return
    harness.provider.setKnobs({ refunds: 'later' })
    const payment = await paid()
    const request = { id: 'rfd_1', payment, amount: payment.amount }
    const made = await rail.refund(request)
    expect(made.status).toBe('pending')
    expect(await fetched(payment.providerRef)).toMatchObject({ status: 'succeeded', refundedMinor: 0n })
    expect(await harness.provider.settleRefunds(subject.name, outcome)).toBe(1)
    expect(await rail.fetchRefund({ ...request, providerRefundId: made.providerRefundId })).toMatchObject({ status: outcome })
    expect((await fetched(payment.providerRef)).status).toBe(status)
  })

  test('a refund that was taken may fail later', async ({ skip }) => {
    const { rail, paid, harness, fetched } = bench()
    if (!subject.failingRefund || !rail.fetchRefund) return skip('no such way to pay')
    const payment = await paid({}, subject.failingRefund)
    const request = { id: 'rfd_1', payment, amount: payment.amount }
    const made = await rail.refund(request)
    await harness.provider.settleRefunds(subject.name, 'succeeded')
    expect(await rail.fetchRefund({ ...request, providerRefundId: made.providerRefundId })).toMatchObject({ status: 'failed', failure: expect.any(String) })
    expect(await fetched(payment.providerRef)).toMatchObject({ status: 'succeeded', refundedMinor: 0n })
  })
}

const disputes = (bench: () => Bench, subject: ContractSubject): void => {
  test.each(['won', 'lost'] as const)('a dispute is told, read, answered, and ends %s', async (outcome) => {
    const { rail, paid, events, harness, attempt } = bench()
    if (!rail.capabilities.disputes || !rail.fetchDispute) return
    const payment = await paid()
    const ref = orThrow(await harness.provider.openDispute(subject.name, payment.providerRef), 'dispute')
    await harness.provider.idle()
    const told = (await events()).filter((event) => event.kind === 'dispute')
    if (!subject.silentDisputes) expect(told.map((event) => event.disputeRef)).toContain(ref)
    const open = orThrow(await rail.fetchDispute(ref), 'dispute')
    expect(open).toMatchObject({ disputeRef: ref, status: 'needs_response', amount: payment.amount })
    expect(orThrow(open.dueBy, 'deadline').getTime()).toBeGreaterThan(harness.now.getTime())
    expect([open.attemptId === attempt.id, open.providerRef === payment.providerRef,
      open.paymentRef !== null && open.paymentRef === payment.paymentRef]).toContain(true)
    expect((await rail.listDisputes?.(new Date(harness.now.getTime() - 1000)) ?? [open]).map((one) => one.disputeRef)).toEqual([ref])
    if (rail.submitEvidence) {
      await rail.submitEvidence(ref, 'They used it for a month.')
      expect((await rail.fetchDispute(ref))?.status).toBe('under_review')
      expect(await codeOf(rail.submitEvidence(ref, 'And more.'))).toBe('provider_refused')
    }
    await harness.provider.closeDispute(subject.name, ref, outcome)
    expect((await rail.fetchDispute(ref))?.status).toBe(outcome)
  })

  test('an unknown dispute is null', async () => { expect(await bench().rail.fetchDispute?.('999') ?? null).toBeNull() })
}

const books = (bench: () => Bench, subject: ContractSubject): void => {
  const { currency, minor } = subject.amount

  test('the list of payments has what was paid, ours and not ours, and nothing unpaid', async ({ skip }) => {
    const { rail, paid, start, harness } = bench()
    if (!rail.listPayments) return skip('the rail has no list')
    const payment = await paid()
    await start({ id: nextId() })
    const stray = await harness.provider.payWithoutCheckout(subject.name, { amount: Number(minor), currency, email: 'eve@example.com' })
    const since = new Date(harness.now.getTime() - 1000)
    const { payments, next } = await rail.listPayments(since, null)
    expect(next).toBeNull()
    const ours = payments.find((one) => one.providerRef === payment.providerRef || one.paymentRef === payment.paymentRef)
    expect(ours).toMatchObject({ status: 'succeeded', amount: payment.amount })
    if (stray !== null) expect(payments.find((one) => one.attemptId === null)).toMatchObject({ status: 'succeeded' })
    expect(payments).toHaveLength(stray === null ? 1 : 2)
    expect((await rail.listPayments(new Date(harness.now.getTime() + 60_000), null)).payments).toEqual([])
  })

  test('a payout names its payments, and is what they were less its fees', async ({ skip }) => {
    const { rail, paid, harness } = bench()
    if (!rail.capabilities.payouts || !rail.listPayouts) return skip('the rail has no payouts')
    const first = await paid()
    const second = await paid({ id: nextId() })
    await harness.provider.makePayouts(subject.name)
    const payouts = await rail.listPayouts(new Date(harness.now.getTime() - 1000))
    expect(payouts).toHaveLength(1)
    const [payout] = payouts
    expect(payout).toMatchObject({ currency, amount: first.amount.minor + second.amount.minor - (payout?.feeMinor ?? 0n) })
    expect([...payout?.paymentRefs ?? []].sort()).toEqual([first, second].map((one) => one.paymentRef ?? one.providerRef).sort())
    expect(await rail.listPayouts(new Date(harness.now.getTime() + 60_000))).toEqual([])
  })

  test('of a shared payment the payout holds our part, less what a refund took of it and the fee', async ({ skip }) => {
    const { rail, paid, harness } = bench()
    const { sharedAccount: account } = subject
    if (!rail.listPayouts || account === undefined) return skip('the rail shares no payments')
    const [feeMinor, back] = [minor / 5n, minor / 2n]
    const own = await paid()
    const shared = await paid({ id: nextId(), split: { account, feeMinor } })
    expect(await rail.refund({ id: 're_contract', payment: shared, amount: { minor: back, currency } })).toMatchObject({ status: 'succeeded' })
    await harness.provider.makePayouts(subject.name)
    const [payout] = await rail.listPayouts(new Date(harness.now.getTime() - 1000))
    const returned = subject.keepsPartOnRefund === true ? 0n : feeMinor / 2n
    expect(payout?.amount).toBe(own.amount.minor + feeMinor - returned - (payout?.feeMinor ?? 0n))
    expect(payout?.feeMinor).toBe((own.feeMinor ?? 0n) + (shared.feeMinor ?? 0n))
    expect([...payout?.paymentRefs ?? []].sort()).toEqual([own, shared].map((one) => one.paymentRef ?? one.providerRef).sort())
  })
}

export const refundContract = (bench: () => Bench, subject: ContractSubject): void => {
  refunds(bench, subject)
  disputes(bench, subject)
  books(bench, subject)
}

import { expect, test } from 'vitest'
import { startHarness } from '../../sandbox/providers/testing/harness.ts'
import type { Bench, ContractSubject } from './contract-bench.ts'
import { nextId, orThrow } from './contract-bench.ts'

const deliveries = (bench: () => Bench, subject: ContractSubject): void => {
  test('a payment is told, and what is told points to it', async () => {
    const { paid, events, attempt } = bench()
    const payment = await paid()
    const seen = await events()
    expect(seen.length).toBeGreaterThan(0)
    for (const event of seen) {
      expect(event.kind).toBe('payment')
      const byPayment = event.paymentRef !== null && event.paymentRef === payment.paymentRef
      expect([event.providerRef === payment.providerRef, event.attemptId === attempt.id, byPayment]).toContain(true)
    }
  })

  test('duplicates carry one key, in whatever order they come', async () => {
    const { harness, paid, events } = bench()
    harness.provider.setKnobs({ duplicate: 2, reorder: true })
    await paid()
    const keys = (await events()).map((event) => event.dedupeKey)
    expect(keys.length).toBe(3 * new Set(keys).size)
  })

  test('a payment whose webhook is lost is found by asking', async () => {
    const { harness, paid } = bench()
    harness.provider.setKnobs({ drop: 100 })
    expect((await paid()).status).toBe('succeeded')
    expect(harness.received).toEqual([])
  })

  test('what is not taken is sent again, until it is taken or given up', async () => {
    const { harness, paid } = bench()
    harness.answers.push(500, 500)
    await paid()
    expect((await harness.provider.deliveries(subject.name)).every((delivery) => delivery.state === 'delivered')).toBe(true)
    harness.answers.push(...Array.from({ length: 50 }, () => 503))
    await paid({ id: nextId() })
    const given = (await harness.provider.deliveries(subject.name)).filter((delivery) => delivery.state === 'given_up')
    expect(given.length).toBeGreaterThan(0)
    expect(given.every((delivery) => delivery.attempts === 3)).toBe(true)
  })

  test('a new process sends what the old one left waiting', async () => {
    const { harness, start } = bench()
    const stalled = await startHarness({ store: harness.store, knobs: { delayMs: 60_000 } })
    const { ref } = await start()
    await stalled.provider.completeCheckout(subject.name, ref, 'success')
    await stalled.close()
    await harness.provider.resume()
    await harness.provider.idle()
    expect(harness.received.length).toBeGreaterThan(0)
    expect(stalled.received).toEqual([])
  })
}

const signatures = (bench: () => Bench, subject: ContractSubject): void => {
  const received = async () => {
    await bench().paid()
    return orThrow(bench().harness.received[0], 'a webhook')
  }

  test('an event counts only with the secret, and where it is signed only byte for byte', async () => {
    const { rail } = bench()
    const webhook = await received()
    expect((await rail.parseWebhook(webhook.rawBody, webhook.headers)).ok).toBe(true)
    const forged = subject.forge(webhook)
    expect(await rail.parseWebhook(forged.rawBody, forged.headers)).toEqual({ ok: false, reason: 'signature_invalid' })
    expect(await rail.parseWebhook(webhook.rawBody, {})).toEqual({ ok: false, reason: 'signature_missing' })
    if (!subject.signsBody) return
    const serialised = Buffer.from(JSON.stringify(JSON.parse(webhook.rawBody.toString()), null, 1))
    expect(await rail.parseWebhook(serialised, webhook.headers)).toEqual({ ok: false, reason: 'signature_invalid' })
    expect(await rail.parseWebhook(Buffer.concat([webhook.rawBody, Buffer.from(' ')]), webhook.headers)).toEqual({ ok: false, reason: 'signature_invalid' })
  })

  test('an event of the other mode is refused though its signature is good', async ({ skip }) => {
    if (!subject.otherMode) return skip('events of this provider do not tell')
    const other = subject.otherMode(await received())
    expect(await bench().rail.parseWebhook(other.rawBody, other.headers)).toEqual({ ok: false, reason: 'wrong_mode' })
  })

  test.each(['', '[]', 'null', '{', '{"event":1}', '"text"', '{"data":null}'])('well signed but no event: %j', async (body) => {
    if (!subject.malformed) return
    const { rawBody, headers } = subject.malformed(bench().harness, body)
    expect(await bench().rail.parseWebhook(rawBody, headers)).toEqual({ ok: false, reason: 'malformed' })
  })

  test('ten megabytes of anything are refused in a moment', async () => {
    const { headers } = await received()
    const from = performance.now()
    expect((await bench().rail.parseWebhook(Buffer.alloc(10 * 1024 * 1024, 'a'), headers)).ok).toBe(false)
    expect(performance.now() - from).toBeLessThan(2_000)
  })
}

export const webhookContract = (bench: () => Bench, subject: ContractSubject): void => {
  deliveries(bench, subject)
  signatures(bench, subject)
}

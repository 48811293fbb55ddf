import fc from 'fast-check'
import { expect, test } from 'vitest'
import { newId } from '../../../core/id.ts'
import { runtime } from '../../../core/runtime.ts'
import { makeOwner } from '../../../testing/actors.ts'
import { withRuntime } from '../../../testing/runtime.ts'
import { expireDueCredits } from '../credits/expire-credits.ts'
import { addPaidGrant, availableGrants, bookCredits, creditsByKind, returnCredits } from '../credits/grants.ts'
import { spendCredits } from '../rules/credits.ts'
import { creditPurchased, creditPurchaseIssued, invoiceFinalised, invoiceVoided, promotionGranted, type FinalisedInvoice } from '../rules/ledger.ts'
import { postTransaction } from './post-transaction.ts'
import { rebuildBalances } from './rebuild-balances.ts'

withRuntime()

const DAY_MS = 86_400_000
const START = Date.parse('2031-01-01T00:00:00Z')
type Action =
  | { do: 'promote' | 'buy'; amount: bigint; priority: number; days: number | null }
  | { do: 'invoice'; amount: bigint } | { do: 'void'; nth: number } | { do: 'wait'; span: number }

const amount = fc.bigInt({ min: 1n, max: 1000n })
const action: fc.Arbitrary<Action> = fc.oneof(
  fc.record({ do: fc.constantFrom('promote' as const, 'buy' as const), amount, priority: fc.nat(2), days: fc.option(fc.integer({ min: 1, max: 20 })) }),
  fc.record({ do: fc.constant('invoice' as const), amount }), fc.record({ do: fc.constant('void' as const), nth: fc.nat(5) }),
  fc.record({ do: fc.constant('wait' as const), span: fc.integer({ min: 1, max: 8 }) }),
)

/** The books as somebody would keep them on paper: every grant a heap of single coins, no accounts but what follows from the heaps. */
interface Heap { kind: 'paid' | 'promotional'; priority: number; ends: number; born: number; left: bigint }
interface Bill { amount: bigint; took: { heap: Heap; amount: bigint }[]; void: boolean }
class Paper {
  heaps: Heap[] = []
  bills: Bill[] = []
  given = 0n
  bought = 0n
  lost = 0n
  add(kind: Heap['kind'], value: bigint, priority: number, ends: number): void {
    this.heaps.push({ kind, priority, ends, born: this.heaps.length, left: value })
    if (kind === 'paid') this.bought += value
    else this.given += value
  }
  bill(value: bigint, now: number): void {
    const took: Bill['took'] = []
    let open = value
    const sooner = (a: Heap, b: Heap): number => (a.ends < b.ends ? -1 : a.ends > b.ends ? 1 : a.born - b.born)
    for (const heap of this.heaps.filter((h) => h.ends > now).sort((a, b) => a.priority - b.priority || sooner(a, b))) {
      const part = heap.left < open ? heap.left : open
      if (part > 0n) took.push({ heap, amount: part })
      heap.left -= part
      open -= part
    }
    this.bills.push({ amount: value, took, void: false })
  }
  tear(nth: number): Bill | null {
    const bill = this.bills[nth % Math.max(1, this.bills.length)]
    if (!bill || bill.void) return null
    bill.void = true
    for (const { heap, amount: part } of bill.took) heap.left += part
    return bill
  }
  expire(now: number): void {
    for (const heap of this.heaps) if (heap.ends <= now) { this.lost += heap.left; heap.left = 0n }
  }
  balances(): Record<string, bigint> {
    const left = (kind: string) => this.heaps.filter((h) => h.kind === kind).reduce((sum, h) => sum + h.left, 0n)
    const live = this.bills.filter((b) => !b.void)
    const used = live.reduce((sum, b) => sum + b.took.reduce((s, t) => s + t.amount, 0n), 0n)
    const billed = live.reduce((sum, b) => sum + b.amount, 0n)
    const all: Record<string, bigint> = {
      customer_credit_paid: -left('paid'), customer_credit_promotional: -left('promotional'), promotion_cost: this.given, breakage: -this.lost,
      revenue: -billed, receivable: billed - used + this.bought,
    }
    return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== 0n))
  }
}

/** Does the same to the real books. */
const act = async (
  owner: Awaited<ReturnType<typeof makeOwner>>, paper: Paper, issued: FinalisedInvoice[], step: Action, clock: { now: number },
): Promise<void> => {
  const [orgId, brandId] = [owner.organization.id, owner.brand.id]
  clock.now += 1000
  const at = new Date(clock.now)
  const ends = 'days' in step && step.days !== null ? START + Math.floor((clock.now - START) / DAY_MS + step.days) * DAY_MS : Number.POSITIVE_INFINITY
  await runtime().databases.asSystem('job', async (db) => {
    const where = { brandId, orgId, at }
    if (step.do === 'promote') {
      const id = newId('creditGrant')
      const expiresAt = ends === Infinity ? null : new Date(ends)
      await db.creditGrant.create({
        data: { id, orgId, brandId, entityId: '', currency: 'USD', kind: 'promotional', amount: step.amount, priority: step.priority, reason: 'x', key: id, createdAt: at, expiresAt },
      })
      await postTransaction(db, where, promotionGranted({ grantId: id, currency: 'USD', amount: step.amount }))
      paper.add('promotional', step.amount, step.priority, ends)
    } else if (step.do === 'buy') {
      const invoiceId = newId('invoice')
      await postTransaction(db, where, creditPurchaseIssued({ invoiceId, currency: 'USD', amount: step.amount }))
      await addPaidGrant(db, { orgId, brandId, entityId: '', currency: 'USD', amount: step.amount, reason: 'x', key: invoiceId, at })
      await postTransaction(db, where, creditPurchased({ invoiceId, currency: 'USD', amount: step.amount }))
      paper.add('paid', step.amount, 50, Number.POSITIVE_INFINITY)
    } else if (step.do === 'invoice') {
      const invoiceId = newId('invoice')
      const { uses } = spendCredits((await availableGrants(db, [orgId], at))(orgId, 'USD'), step.amount, at)
      await bookCredits(db, uses.map((use) => ({ ...use, orgId, invoiceId, at })))
      const booked = { invoiceId, currency: 'USD', net: step.amount, tax: 0n, creditsUsed: creditsByKind(uses) }
      await postTransaction(db, where, invoiceFinalised(booked))
      issued.push(booked)
      paper.bill(step.amount, clock.now)
    } else if (step.do === 'void') {
      const bill = paper.tear(step.nth)
      const booked = bill && issued[paper.bills.indexOf(bill)]
      if (!booked) return
      await returnCredits(db, booked.invoiceId, at)
      await postTransaction(db, where, invoiceVoided(booked))
    }
  })
  if (step.do === 'wait') {
    clock.now += step.span * DAY_MS
    await expireDueCredits(new Date(clock.now))
    paper.expire(clock.now)
  }
}

test('whatever happens, in whatever order: the books say what a naive book-keeper has on paper', async () => {
  await fc.assert(fc.asyncProperty(fc.array(action, { minLength: 5, maxLength: 25 }), async (steps) => {
    const owner = await makeOwner()
    const [paper, issued, clock] = [new Paper(), [] as FinalisedInvoice[], { now: START }]
    for (const step of steps) await act(owner, paper, issued, step, clock)
    await expireDueCredits(new Date(clock.now))
    paper.expire(clock.now)
    const rows = await runtime().databases.asSystem('staff', (db) => db.ledgerBalance.findMany({ where: { customer: owner.organization.id, balance: { not: 0 } } }))
    expect(Object.fromEntries(rows.map((row) => [row.account, row.balance]))).toEqual(paper.balances())
    const grants = await runtime().databases.asSystem('staff', (db) => db.creditGrant.findMany({ where: { orgId: owner.organization.id }, orderBy: { createdAt: 'asc' } }))
    expect(grants.map((grant) => grant.remaining)).toEqual(paper.heaps.map((heap) => heap.left))
  }), { numRuns: 25 })
  expect((await runtime().databases.asSystem('staff', rebuildBalances)).differences).toEqual([])
}, 120_000)

import { expect, test } from 'vitest'
import { dueNotice } from './due-rows.ts'

const invoice = (id: string, over: Partial<Parameters<typeof dueNotice>[0][number]> = {}) => ({
  id, kind: 'invoice' as const, status: 'open' as const, amount_due: { amount: 1000, currency: 'USD' }, due_at: '2026-12-01T00:00:00.000Z', ...over,
})

test('nothing owed says nothing; an order of credit is not owed', () => {
  expect(dueNotice([])).toBeNull()
  expect(dueNotice([invoice('a', { kind: 'credit_purchase' }), invoice('b', { amount_due: { amount: 0, currency: 'USD' } })])).toBeNull()
})

test('the oldest overdue invoice comes first, and only what is overdue is summed', () => {
  const notice = dueNotice([invoice('open'), invoice('late', { status: 'overdue', due_at: '2026-11-10T00:00:00.000Z' }), invoice('oldest', { status: 'overdue', due_at: '2026-10-10T00:00:00.000Z' })])
  expect(notice).toMatchObject({ tone: 'bad', title: '$20.00 overdue', next: { id: 'oldest' } })
  expect(notice?.detail).toContain('2 invoices')
})

test('what is not due yet is told calmly, the next one first', () => {
  const notice = dueNotice([invoice('later', { due_at: '2026-12-09T00:00:00.000Z' }), invoice('next'), invoice('part', { status: 'partially_paid', due_at: null, amount_due: { amount: 1, currency: 'USD' } })])
  expect(notice).toMatchObject({ tone: 'attention', title: '$20.01 to pay', next: { id: 'next' } })
})

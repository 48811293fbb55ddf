import { z } from 'zod'
import type { ReconciliationRun as RunRow } from '../../../../prisma/generated/client.ts'
import { defineList } from '../../../core/listing.ts'
import { command, query } from '../../../core/operation.ts'
import { toMoney } from '../../../contract/money.ts'
import { pageOf } from '../../../contract/page.ts'
import { Payout, ProviderHealth, ReconciliationRun } from '../../../contract/reconciliation.ts'
import { toInstant, toInstantOrNull } from '../../../contract/time.ts'
import { findProvider, providerNames } from '../../payments/index.ts'
import { reconcileProviders } from './run-reconciliation.ts'

const TAG = 'Reconciliation'

export const listProviderHealth = query({
  name: 'admin.provider_health', summary: 'Whether each payment provider answers, and how far its payments are compared', scope: 'staff',
  input: z.strictObject({}), output: z.object({ data: z.array(ProviderHealth) }), rest: { method: 'GET', path: '/admin/provider-health', tag: TAG },
  run: async ({ db }) => {
    const rows = await db.providerHealth.findMany()
    return {
      data: providerNames().map((name) => {
        const row = rows.find((one) => one.provider === name)
        return {
          provider: name, label: findProvider(name)?.label ?? name, ok: row?.ok ?? null, detail: row?.detail ?? '', checked_at: toInstantOrNull(row?.checkedAt ?? null),
          down_since: toInstantOrNull(row?.downSince ?? null), compared_to: toInstantOrNull(row?.comparedTo ?? null),
        }
      }),
    }
  },
})

const payouts = defineList({
  name: 'admin.payouts', sort: '-arrived_at', search: ['providerRef'],
  fields: {
    provider: { kind: 'text', column: 'provider', filter: true }, state: { kind: 'enum', column: 'state', values: ['matched', 'mismatch'], filter: true },
    currency: { kind: 'text', column: 'currency', filter: true }, arrived_at: { kind: 'time', column: 'arrivedAt', range: true, sort: true },
  },
})

export const listPayouts = query({
  name: 'admin.payouts', summary: 'What providers paid out: payments less fees less refunds', scope: 'staff',
  input: z.strictObject(payouts.input), output: pageOf(Payout), rest: { method: 'GET', path: '/admin/payouts', tag: TAG },
  run: async (ctx, input) => {
    const page = payouts.page(ctx, input)
    const rows = await ctx.db.payout.findMany({ where: page.where, orderBy: page.orderBy, take: page.take })
    return page.of(rows, (row) => {
      const money = (amount: bigint) => toMoney(amount, row.currency)
      return {
        id: row.id, provider: row.provider, reference: row.providerRef, amount: money(row.amount), payments: money(row.payments), fees: money(row.fees),
          refunds: money(row.refunds),
        difference: money(row.difference), payment_count: row.paymentCount, state: row.state === 'matched' ? 'matched' as const : 'mismatch' as const,
        bank_line_id: row.bankLineId, arrived_at: toInstant(row.arrivedAt),
      }
    })
  },
})

const runs = defineList({
  name: 'admin.reconciliation_runs', sort: '-started_at',
  fields: { started_at: { kind: 'time', column: 'startedAt', range: true, sort: true } },
})

const toRun = (row: RunRow): ReconciliationRun => ({
  id: row.id, state: row.state === 'done' ? 'done' : 'running', started_at: toInstant(row.startedAt), finished_at: toInstantOrNull(row.finishedAt), since: toInstant(row.since),
  figures: z.record(z.string(), z.int()).parse(row.figures),
})

export const listRuns = query({
  name: 'admin.reconciliation_runs', summary: 'Comparisons of providers, attempts, ledger and bank, newest first', scope: 'staff',
  input: z.strictObject(runs.input), output: pageOf(ReconciliationRun), rest: { method: 'GET', path: '/admin/reconciliation-runs', tag: TAG },
  run: async (ctx, input) => {
    const page = runs.page(ctx, input)
    return page.of(await ctx.db.reconciliationRun.findMany({ where: page.where, orderBy: page.orderBy, take: page.take }), toRun)
  },
})

export const startRun = command({
  name: 'admin.start_reconciliation', summary: 'Compare now instead of at the next full hour', scope: 'staff',
  input: z.strictObject({}), output: z.object({ queued: z.literal(true) }), rest: { method: 'POST', path: '/admin/reconciliation-runs', status: 202, tag: TAG },
  run: async (ctx) => {
    await ctx.enqueue(reconcileProviders, {}, { key: 'reconcile-providers:now' })
    await ctx.emit('reconciliation.asked', { type: 'user', id: ctx.user.userId })
    return { queued: true as const }
  },
})

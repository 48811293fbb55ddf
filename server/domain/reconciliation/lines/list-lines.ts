import { z } from 'zod'
import type { BankLine as LineRow } from '../../../../prisma/generated/client.ts'
import type { SystemDb } from '../../../core/db.ts'
import { defineList } from '../../../core/listing.ts'
import { query } from '../../../core/operation.ts'
import { toMoney } from '../../../contract/money.ts'
import { pageOf } from '../../../contract/page.ts'
import { BankLine, LINE_STATES } from '../../../contract/reconciliation.ts'
import { toInstantOrNull } from '../../../contract/time.ts'
import { storedVerdict } from './stored-verdict.ts'

const list = defineList({
  name: 'admin.bank_lines', sort: '-booked_on', search: ['text', 'payer', 'payerAccount', 'bankRef'],
  fields: {
    bank_statement_id: { kind: 'text', column: 'statementId', filter: true }, bank_account_id: { kind: 'text', column: 'accountId', filter: true },
    state: { kind: 'enum', column: 'state', values: LINE_STATES, filter: true }, currency: { kind: 'text', column: 'currency', filter: true },
    amount: { kind: 'bigint', column: 'amount', range: true, sort: true }, booked_on: { kind: 'text', column: 'bookedOn', sort: true }, line: { kind: 'int', column: 'lineNo', sort: true },
  },
})

export const linesWire = async (db: SystemDb, rows: readonly LineRow[]): Promise<(row: LineRow) => BankLine> => {
  const verdicts = new Map(rows.map((row) => [row.id, storedVerdict(row)]))
  const ids = [...verdicts.values()].flatMap(({ proposals }) => proposals.flatMap((proposal) => proposal.shares.map((share) => share.invoiceId)))
  const invoices = new Map((await db.invoice.findMany({ where: { id: { in: [...new Set(ids)] } }, select: { id: true, number: true,
    orgId: true } })).map((one) => [one.id, one]))
  const orgs = new Map((await db.organization.findMany({ where: { id: { in: [...invoices.values()].map((one) => one.orgId) } }, select: { id: true,
    name: true } })).map((one) => [one.id, one.name]))
  const held = new Set((await db.suspenseItem.findMany({ where: { id: { in: rows.flatMap((row) => row.suspenseIds) }, state: 'open' }, select: { id: true } })).map((one) => one.id))
  return (row) => {
    const { reason, proposals } = verdicts.get(row.id) ?? storedVerdict(row)
    return {
      id: row.id, statement_id: row.statementId, bank_account_id: row.accountId, line: row.lineNo, booked_on: row.bookedOn, amount: toMoney(row.amount,
        row.currency), payer: row.payer,
      payer_account: row.payerAccount, bank_reference: row.bankRef, text: row.text, state: LINE_STATES.find((one) => one === row.state) ?? 'new', reason,
      proposals: proposals.map(({ rule, confidence, shares, credit }) => ({
        rule, confidence, credit: toMoney(credit, row.currency),
        shares: shares.map((share) => ({
          invoice_id: share.invoiceId, number: invoices.get(share.invoiceId)?.number ?? null, organization_name: orgs.get(invoices.get(share.invoiceId)?.orgId ?? '') ?? '',
          amount: toMoney(share.amount, row.currency),
        })),
      })),
      suspense_ids: row.suspenseIds, decided: row.state !== 'new' && row.suspenseIds.every((id) => !held.has(id)), booked_at: toInstantOrNull(row.bookedAt),
    }
  }
}

export const listLines = query({
  name: 'admin.bank_lines', summary: 'Lines of bank statements, with what the rules propose for those a person must decide', scope: 'staff',
  input: z.strictObject(list.input), output: pageOf(BankLine), rest: { method: 'GET', path: '/admin/bank-lines', tag: 'Reconciliation' },
  run: async (ctx, input) => {
    const page = list.page(ctx, input)
    const rows = await ctx.db.bankLine.findMany({ where: page.where, orderBy: page.orderBy, take: page.take })
    return page.of(rows, await linesWire(ctx.db, rows))
  },
})

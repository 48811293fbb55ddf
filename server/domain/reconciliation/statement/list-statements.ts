import { z } from 'zod'
import { notFound } from '../../../core/error.ts'
import { defineList } from '../../../core/listing.ts'
import { query } from '../../../core/operation.ts'
import { pageOf } from '../../../contract/page.ts'
import { BankStatement, STATEMENT_STATES } from '../../../contract/reconciliation.ts'
import { statementsWire } from './statement-wire.ts'

const list = defineList({
  name: 'admin.bank_statements', sort: '-imported_at', search: ['fileName'],
  fields: {
    bank_account_id: { kind: 'text', column: 'accountId', filter: true }, state: { kind: 'enum', column: 'state', values: STATEMENT_STATES, filter: true },
    imported_at: { kind: 'time', column: 'importedAt', range: true, sort: true },
  },
})

export const listStatements = query({
  name: 'admin.bank_statements', summary: 'Imported bank statements, newest first', scope: 'staff',
  input: z.strictObject(list.input), output: pageOf(BankStatement), rest: { method: 'GET', path: '/admin/bank-statements', tag: 'Reconciliation' },
  run: async (ctx, input) => {
    const page = list.page(ctx, input)
    const rows = await ctx.db.bankStatement.findMany({ where: page.where, orderBy: page.orderBy, take: page.take })
    return page.of(rows, await statementsWire(ctx.db, rows))
  },
})

export const getStatement = query({
  name: 'admin.bank_statement', summary: 'One imported bank statement', scope: 'staff', input: z.strictObject({ bank_statement_id: z.string().max(60) }), output: BankStatement,
  rest: { method: 'GET', path: '/admin/bank-statements/{bank_statement_id}', tag: 'Reconciliation' },
  run: async ({ db }, { bank_statement_id: id }) => {
    const row = await db.bankStatement.findUnique({ where: { id } })
    if (!row) throw notFound('bank statement')
    return (await statementsWire(db, [row]))(row)
  },
})

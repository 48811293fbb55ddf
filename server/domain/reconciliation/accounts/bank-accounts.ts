import { z } from 'zod'
import { Prisma, type BankAccount as AccountRow } from '../../../../prisma/generated/client.ts'
import { violatedUnique, type SystemDb } from '../../../core/db.ts'
import { notFound, ruleViolated } from '../../../core/error.ts'
import { etagOf } from '../../../core/etag.ts'
import { newId } from '../../../core/id.ts'
import { command, query } from '../../../core/operation.ts'
import { CsvMapping } from '../../../contract/bank-statement.ts'
import { Currency } from '../../../contract/money.ts'
import { BankAccount } from '../../../contract/reconciliation.ts'
import { toInstant, toInstantOrNull } from '../../../contract/time.ts'
import { accountNumber } from '../statement/statement-line.ts'

const TAG = 'Reconciliation'

export const mappingOf = (row: Pick<AccountRow, 'mapping'>): CsvMapping | null => (row.mapping === null ? null : CsvMapping.parse(row.mapping))

const toAccounts = async (db: SystemDb, rows: readonly AccountRow[]): Promise<BankAccount[]> => {
  const entities = await db.legalEntity.findMany({ where: { id: { in: rows.map((row) => row.entityId) } }, select: { id: true, name: true } })
  const days = await db.bankStatement.groupBy({ by: ['accountId'], where: { accountId: { in: rows.map((row) => row.id) } }, _max: { lastDay: true } })
  return rows.map((row) => ({
    id: row.id, brand_id: row.brandId, entity_id: row.entityId, entity_name: entities.find((one) => one.id === row.entityId)?.name ?? row.entityId,
      name: row.name, number: row.number,
    currency: row.currency, mapping: mappingOf(row), last_day: days.find((one) => one.accountId === row.id)?._max.lastDay ?? null,
      archived_at: toInstantOrNull(row.archivedAt),
    created_at: toInstant(row.createdAt), etag: String(row.version),
  }))
}
const toAccount = async (db: SystemDb, row: AccountRow): Promise<BankAccount> => {
  const [account] = await toAccounts(db, [row])
  return BankAccount.parse(account)
}

export const lockAccount = async (db: SystemDb, id: string): Promise<AccountRow> => {
  await db.$queryRaw`SELECT id FROM bank_account WHERE id = ${id} FOR UPDATE`
  const row = await db.bankAccount.findUnique({ where: { id } })
  if (!row) throw notFound('bank account')
  return row
}

const taken = (error: unknown): never => {
  throw violatedUnique(error) === null ? error : ruleViolated('/number', 'taken', 'This seller has that account in that currency already.')
}
const name = z.string().trim().min(1).max(100)
const json = (mapping: CsvMapping | null) => (mapping === null ? Prisma.DbNull : mapping)

export const listBankAccounts = query({
  name: 'admin.bank_accounts', summary: 'Accounts at banks whose statements are imported', scope: 'staff', input: z.strictObject({}), output: z.object({ data: z.array(BankAccount) }),
  rest: { method: 'GET', path: '/admin/bank-accounts', tag: TAG },
  run: async ({ db }) => ({ data: await toAccounts(db, await db.bankAccount.findMany({ orderBy: [{ name: 'asc' }, { id: 'asc' }] })) }),
})

export const getBankAccount = query({
  name: 'admin.bank_account', summary: 'One account at a bank', scope: 'staff', input: z.strictObject({ bank_account_id: z.string().max(60) }), output: BankAccount,
  rest: { method: 'GET', path: '/admin/bank-accounts/{bank_account_id}', tag: TAG }, etag: etagOf,
  run: async ({ db }, { bank_account_id: id }) => {
    const row = await db.bankAccount.findUnique({ where: { id } })
    if (!row) throw notFound('bank account')
    return toAccount(db, row)
  },
})

export const createBankAccount = command({
  name: 'admin.create_bank_account', summary: 'Add an account at a bank; what arrives on it belongs to that seller', scope: 'staff',
  input: z.strictObject({
    entity_id: z.string().max(60), name, number: z.string().trim().min(4).max(50).describe('IBAN or account number'), currency: Currency, mapping: CsvMapping.nullable().default(null),
  }),
  output: BankAccount, rest: { method: 'POST', path: '/admin/bank-accounts', status: 201, tag: TAG },
  run: async (ctx, input) => {
    const entity = await ctx.db.legalEntity.findUnique({ where: { id: input.entity_id } })
    if (!entity) throw notFound('legal entity')
    const row = await ctx.db.bankAccount.create({
      data: {
        id: newId('bankAccount'), brandId: entity.brandId, entityId: entity.id, name: input.name, number: accountNumber(input.number), currency: input.currency, mapping: json(input.mapping),
      },
    }).catch(taken)
    await ctx.emit('bank_account.created', { type: 'bank_account', id: row.id }, { entity_id: entity.id, currency: row.currency })
    return toAccount(ctx.db, row)
  },
})

export const updateBankAccount = command({
  name: 'admin.update_bank_account', summary: 'Change an account\'s name or how its CSV files are read, or archive it', scope: 'staff',
  input: z.strictObject({ bank_account_id: z.string().max(60), name, mapping: CsvMapping.nullable(), archived: z.boolean() }),
  output: BankAccount, rest: { method: 'PUT', path: '/admin/bank-accounts/{bank_account_id}', tag: TAG }, ifMatch: true, etag: etagOf,
  run: async (ctx, { bank_account_id: id, archived, mapping, name: called }) => {
    const row = await lockAccount(ctx.db, id)
    ctx.expectVersion(String(row.version))
    const changed = await ctx.db.bankAccount.update({
      where: { id }, data: { name: called, mapping: json(mapping), archivedAt: archived ? row.archivedAt ?? ctx.now : null, version: { increment: 1 } },
    })
    await ctx.emit('bank_account.updated', { type: 'bank_account', id }, {})
    return toAccount(ctx.db, changed)
  },
})

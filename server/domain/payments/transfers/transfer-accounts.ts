import { z } from 'zod'
import type { TransferAccount as AccountRow } from '../../../../prisma/generated/client.ts'
import { violatedUnique, type SystemDb } from '../../../core/db.ts'
import { notFound, ruleViolated } from '../../../core/error.ts'
import { etagOf, versionOf } from '../../../core/etag.ts'
import { newId } from '../../../core/id.ts'
import { command, query } from '../../../core/operation.ts'
import { CurrencyCode, isCurrency } from '../../../contract/money.ts'
import { accountNumberFault, bicFault, plainNumber } from './account-number.ts'

const fields = {
  bank_name: z.string().trim().min(1).max(100), account_name: z.string().trim().min(1).max(140), account_number: z.string().trim().min(1).max(60).describe('IBAN, or the account number where there is none'),
  bic: z.string().trim().max(20).nullable(), note: z.string().trim().max(300).describe('Shown to the payer beside the account'),
}
type Fields = z.output<z.ZodObject<typeof fields>>
const TransferAccount = z.object({ id: z.string(), brand_id: z.string(), entity_id: z.string(), currency: z.string(), ...fields, etag: z.string() })
const Id = z.strictObject({ transfer_account_id: z.string().max(60) })

const toAccount = (row: AccountRow): z.infer<typeof TransferAccount> => {
  const own = {
    id: row.id, brand_id: row.brandId, entity_id: row.entityId, currency: row.currency, bank_name: row.bankName, account_name: row.accountName,
    account_number: row.accountNumber, bic: row.bic, note: row.note,
  }
  return { ...own, etag: versionOf(own) }
}

const columnsOf = ({ bank_name: bankName, account_name: accountName, account_number: number, bic, note }: Fields) => {
  const fault = accountNumberFault(number)
  if (fault) throw ruleViolated('/account_number', 'malformed', fault)
  const code = bic ? plainNumber(bic) : null
  if (code !== null && bicFault(code)) throw ruleViolated('/bic', 'malformed', 'A BIC has 8 or 11 letters and digits, as DEUTDEFF500.')
  return { bankName, accountName, accountNumber: plainNumber(number), bic: code, note }
}

const find = async (db: SystemDb, id: string): Promise<AccountRow> => {
  const row = await db.transferAccount.findUnique({ where: { id } })
  if (!row) throw notFound('transfer account')
  return row
}

export const listTransferAccounts = query({
  name: 'admin.transfer_accounts', summary: 'Where customers transfer to, by seller and currency', scope: 'staff',
  input: z.strictObject({ brand_id: z.string().max(60).optional() }), output: z.object({ data: z.array(TransferAccount) }),
  rest: { method: 'GET', path: '/admin/transfer-accounts', tag: 'Billing' },
  run: async ({ db }, { brand_id: brandId }) => ({
    data: (await db.transferAccount.findMany({ where: brandId ? { brandId } : {}, orderBy: [{ entityId: 'asc' }, { currency: 'asc' }] })).map(toAccount),
  }),
})

export const getTransferAccount = query({
  name: 'admin.transfer_account', summary: 'One account that customers transfer to', scope: 'staff', input: Id, output: TransferAccount,
  rest: { method: 'GET', path: '/admin/transfer-accounts/{transfer_account_id}', tag: 'Billing' }, etag: etagOf,
  run: async ({ db }, { transfer_account_id: id }) => toAccount(await find(db, id)),
})

export const createTransferAccount = command({
  name: 'admin.create_transfer_account', summary: 'Let customers of a seller pay by bank transfer in a currency', scope: 'staff',
  input: z.strictObject({ legal_entity_id: z.string().max(60), currency: CurrencyCode, ...fields, bic: fields.bic.default(null), note: fields.note.default('') }),
  output: TransferAccount, rest: { method: 'POST', path: '/admin/transfer-accounts', status: 201, tag: 'Billing' },
  run: async (ctx, { legal_entity_id: entityId, currency, ...input }) => {
    const entity = await ctx.db.legalEntity.findUnique({ where: { id: entityId } })
    if (!entity) throw notFound('legal entity')
    if (!isCurrency(currency)) throw ruleViolated('/currency', 'unknown_currency', 'This is no currency of ISO 4217.')
    const taken = () => ruleViolated('/currency', 'taken', 'This seller has an account for this currency. Change that one.')
    if (await ctx.db.transferAccount.findUnique({ where: { entityId_currency: { entityId, currency } } })) throw taken()
    const row = await ctx.db.transferAccount.create({ data: { id: newId('transferAccount'), brandId: entity.brandId, entityId, currency, ...columnsOf(input) } })
      .catch((error: unknown) => { throw violatedUnique(error) === null ? error : taken() })
    await ctx.emit('transfer_account.created', { type: 'transfer_account', id: row.id }, { entity_id: entityId, currency })
    return toAccount(row)
  },
})

export const updateTransferAccount = command({
  name: 'admin.update_transfer_account', summary: 'Change where the next transfers of a seller go', scope: 'staff',
  input: Id.extend(fields), output: TransferAccount,
  rest: { method: 'PUT', path: '/admin/transfer-accounts/{transfer_account_id}', tag: 'Billing' }, ifMatch: true, etag: etagOf,
  run: async (ctx, { transfer_account_id: id, ...input }) => {
    await ctx.db.$queryRaw`SELECT id FROM transfer_account WHERE id = ${id} FOR UPDATE`
    ctx.expectVersion(toAccount(await find(ctx.db, id)).etag)
    const row = await ctx.db.transferAccount.update({ where: { id }, data: columnsOf(input) })
    await ctx.emit('transfer_account.updated', { type: 'transfer_account', id }, { entity_id: row.entityId, currency: row.currency })
    return toAccount(row)
  },
})

export const deleteTransferAccount = command({
  name: 'admin.delete_transfer_account', summary: 'Take bank transfer in a currency off a seller\'s ways to pay', scope: 'staff', input: Id, output: z.object({}),
  rest: { method: 'DELETE', path: '/admin/transfer-accounts/{transfer_account_id}', tag: 'Billing' },
  run: async (ctx, { transfer_account_id: id }) => {
    const row = await find(ctx.db, id)
    await ctx.db.transferAccount.delete({ where: { id } })
    await ctx.emit('transfer_account.deleted', { type: 'transfer_account', id }, { entity_id: row.entityId, currency: row.currency })
    return {}
  },
})

export const transferOperations = [listTransferAccounts, getTransferAccount, createTransferAccount, updateTransferAccount, deleteTransferAccount]

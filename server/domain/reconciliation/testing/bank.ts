import type { CsvMapping } from '../../../contract/bank-statement.ts'
import { newId } from '../../../core/id.ts'
import { runtime } from '../../../core/runtime.ts'
import type { Caller } from '../../../testing/actors.ts'
import { makeCustomer } from '../../billing/testing/books.ts'
import { createBankAccount, importStatement } from '../index.ts'

export const MAPPING: CsvMapping = {
  delimiter: ',', skip_rows: 0, date_format: 'YYYY-MM-DD', decimal_mark: '.',
  columns: { date: 'Date', amount: 'Amount', payer: 'From', payer_account: 'Account', text: ['Text'], reference: 'Ref' },
}
export const HEAD = 'Date,Amount,From,Account,Text,Ref\n'

let made = 0

/** An account of the platform's seller. */
export const makeAccount = async (staff: Caller, currency = 'USD') => {
  made += 1
  const { id: entityId } = await runtime().databases.asSystem('job', (db) => db.legalEntity.findFirstOrThrow({ where: { brandId: staff.brand.id, isDefault: true } }))
  return staff.call(createBankAccount, { entity_id: entityId, name: `Bank ${made}`, number: `DE${String(made).padStart(20, '0')}`, currency, mapping: MAPPING })
}

/** Issued invoices of one customer, as far as paying needs them. */
export const makeInvoices = async (sums: readonly number[]): Promise<{ orgId: string; invoices: { id: string; number: string }[] }> => {
  const { organization: { id: orgId } } = await makeCustomer()
  return { orgId, invoices: await addInvoices(orgId, sums) }
}

export const addInvoices = (orgId: string, sums: readonly number[]): Promise<{ id: string; number: string }[]> =>
  runtime().databases.asSystem('job', async (db) => {
    const org = await db.organization.findUniqueOrThrow({ where: { id: orgId } })
    const { id: entityId } = await db.legalEntity.findFirstOrThrow({ where: { brandId: org.brandId, isDefault: true } })
    const rows = sums.map((sum, index) => {
      made += 1
      const at = new Date(Date.UTC(2026, 9, 1) + index * 60_000)
      return {
        id: newId('invoice'), number: `TST-2026-${String(made).padStart(6, '0')}`, orgId, brandId: org.brandId, entityId, kind: 'one_off', state: 'finalised', currency: org.currency, periodStart: at,
        periodEnd: at, subtotal: BigInt(sum), tax: 0n, total: BigInt(sum), dueAt: at, issuedAt: at, snapshot: { buyer: { name: `${org.name} Ltd` } },
      }
    })
    await db.invoice.createMany({ data: rows })
    return rows.map(({ id, number }) => ({ id, number }))
  })

export const csvLine = (over: Partial<Record<'day' | 'amount' | 'payer' | 'account' | 'text' | 'ref', string>> = {}): string => {
  const { day = '2026-11-20', amount = '10.00', payer = 'Somebody', account = '', text = '', ref = newId('request') } = over
  return `${[day, amount, payer, account, `"${text}"`, ref].join(',')}\n`
}

export const importLines = (staff: Caller, accountId: string, lines: readonly string[], fileName = 'november.csv') =>
  staff.call(importStatement, { bank_account_id: accountId, file_name: fileName, content: HEAD + lines.join('') })

export const invoice = (id: string) => runtime().databases.asSystem('job', (db) => db.invoice.findUniqueOrThrow({ where: { id } }))

/** Of one account of the ledger, over everything. */
export const balance = async (account: string): Promise<bigint> => {
  const { rows } = await runtime().databases.systemPool.query<{ sum: string }>('SELECT coalesce(sum(amount), 0)::text AS sum FROM ledger_entry WHERE account = $1', [account])
  return BigInt(rows[0]?.sum ?? '0')
}

import { newId } from '../core/id.ts'
import { runtime } from '../core/runtime.ts'
import { createBankAccount, importStatement, listLines } from '../domain/reconciliation/index.ts'
import { makeUser } from './actors.ts'

const columns = { date: 'Date', amount: 'Amount', text: ['Text'] }

/** Where customers transfer to, a statement of the operator's bank with one line, and something to decide about that customer. */
export const makeBank = async (entityId: string, orgId: string, marker: string) => {
  const staff = await makeUser({ staff: true })
  const account = await staff.call(createBankAccount, {
    entity_id: entityId, name: marker, number: marker, currency: 'USD', mapping: { delimiter: ',', skip_rows: 0, date_format: 'YYYY-MM-DD', decimal_mark: '.', columns },
  })
  const statement = await staff.call(importStatement, { bank_account_id: account.id, file_name: marker, content: `Date,Amount,Text\n2026-01-02,1.00,${marker}\n` })
  const { data: [line] } = await staff.call(listLines, { filter: { bank_statement_id: statement.id } })
  const workItemId = newId('workItem')
  await runtime().databases.asSystem('job', (db) => db.workItem.create({
    data: { id: workItemId, kind: 'refund_failed', key: marker, subjectType: 'refund', subjectId: marker, customerId: orgId, title: marker, createdAt: new Date('2026-01-01T00:00:00Z') },
  }))
  const transferAccount = await runtime().databases.asSystem('job', async (db) => {
    const { brandId } = await db.legalEntity.findUniqueOrThrow({ where: { id: entityId } })
    const currency = 'USD'
    return db.transferAccount.upsert({
      where: { entityId_currency: { entityId, currency } }, update: {},
      create: { id: newId('transferAccount'), brandId, entityId, currency, bankName: marker, accountName: marker, accountNumber: '0123456789' },
    })
  })
  return { transfer_account_id: transferAccount.id, bank_account_id: account.id, bank_statement_id: statement.id, bank_line_id: line?.id ?? '', work_item_id: workItemId }
}

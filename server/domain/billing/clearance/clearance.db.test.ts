import { beforeAll, expect, test } from 'vitest'
import { runtime } from '../../../core/runtime.ts'
import { makeUser } from '../../../testing/actors.ts'
import { withRuntime } from '../../../testing/runtime.ts'
import { issueSale } from '../invoices/issue-sale.ts'
import { readAnyInvoice } from '../invoices/read-any-invoice.ts'
import { makeCustomer, setPlainMail } from '../testing/books.ts'
import { clearDocument } from './clear-document.ts'
import { setClearanceProvider, type ClearanceAnswer } from './ports.ts'
import { retryClearance } from './retry-clearance.ts'

withRuntime()

let answer: ClearanceAnswer = { state: 'pending' }
const handedIn: string[] = []
beforeAll(() => {
  setPlainMail()
  setClearanceProvider({ submit: ({ number }) => {
    handedIn.push(number)
    return Promise.resolve(answer)
  } })
})

const issue = async () => {
  const [owner, staff] = [await makeCustomer({ joinedAt: new Date('2031-01-01T00:00:00Z') }), await makeUser({ staff: true })]
  await runtime().databases.asSystem('job', (db) => db.legalEntity.updateMany({ where: { brandId: owner.brand.id }, data: { clearanceServiceId: 'ABCD1234' } }))
  const invoice = await runtime().databases.asSystem('job', (db) => issueSale(db, {
    orgId: owner.organization.id, kind: 'one_off', now: new Date('2031-01-02T00:00:00Z'), actor: { type: 'job', name: 'test' },
    lines: [{ kind: 'one_off', source: 'x', description: 'Work', quantity: '1', unit: '', unitAmount: null, amount: 500n, product: 'services' }],
  }))
  const state = async () => (await staff.call(readAnyInvoice, { invoice_id: invoice.id })).clearance
  return { staff, owner, invoice, state, handIn: () => clearDocument.run({ document_id: invoice.id }) }
}

test('what the authority rejected is handed in again when somebody asks, and only then; cleared is cleared', async () => {
  const { staff, invoice, state, handIn } = await issue()
  answer = { state: 'pending' }
  await expect(handIn()).rejects.toThrow(/has not cleared/)
  await expect(staff.call(retryClearance, { invoice_id: invoice.id })).rejects.toMatchObject({ code: 'state_conflict' })
  answer = { state: 'rejected', detail: 'Unknown service' }
  await handIn()
  const tries = handedIn.length
  await handIn()
  expect(handedIn).toHaveLength(tries)
  expect(await state()).toMatchObject({ state: 'rejected', detail: 'Unknown service' })
  expect(await staff.call(retryClearance, { invoice_id: invoice.id })).toEqual({ invoice_id: invoice.id, documents: 1 })
  expect(await state()).toMatchObject({ state: 'pending', detail: null })
  answer = { state: 'cleared', csid: 'stamp', qr: 'code' }
  await Promise.all([handIn(), handIn()])
  expect(await state()).toMatchObject({ state: 'cleared', csid: 'stamp' })
  await expect(staff.call(retryClearance, { invoice_id: invoice.id })).rejects.toMatchObject({ code: 'state_conflict' })
  await expect(staff.call(retryClearance, { invoice_id: 'inv_none' })).rejects.toMatchObject({ code: 'not_found' })
  expect((await staff.call(readAnyInvoice, { invoice_id: invoice.id })).history.map((entry) => entry.type)).toEqual(
    ['invoice.finalised', 'invoice.clearance_rejected', 'invoice.clearance_retried', 'invoice.clearance_cleared'])
})

import { beforeEach, expect, test } from 'vitest'
import { createMpesaProvider } from '../adapters/mpesa/mpesa-provider.ts'
import { runtime } from '../core/runtime.ts'
import { createInvoice } from '../domain/billing/invoices/create-invoice.ts'
import { makeCustomer } from '../domain/billing/testing/books.ts'
import { getInvoice, payInvoice, setProviders } from '../domain/payments/index.ts'
import { checkoutId, run, settled, withInvoice, withPayments } from '../domain/payments/testing/paying.ts'
import { rails } from '../domain/payments/testing/rails.ts'
import { makeUser } from '../testing/actors.ts'
import { completeSandboxCheckout, getSandboxCheckout } from './checkout.ts'
import { listSandboxPrompts } from './phones.ts'
import { sandboxAdapterConfig } from './provider-settings.ts'

withPayments(24_478)
beforeEach(() => setProviders([...rails(), createMpesaProvider(sandboxAdapterConfig(runtime().env).mpesa)]))

test('the phone shows what is asked, and its answer pays the invoice', async () => {
  const owner = await makeCustomer({ joinedAt: new Date('2050-01-01T00:00:00Z') })
  await runtime().databases.systemPool.query("UPDATE organization SET currency = 'KES', country = 'KE' WHERE id = $1", [owner.organization.id])
  const staff = await makeUser({ staff: true })
  const { id } = await staff.call(createInvoice, { organization_id: owner.organization.id, lines: [{ description: 'Work', unit_amount: '500' }] })
  expect((await run(owner, listSandboxPrompts, {})).data).toEqual([])
  await run(owner, payInvoice, { invoice_id: id, provider: 'mpesa', phone: '0711 000 001' })
  const { data: [prompt] } = await run(owner, listSandboxPrompts, {})
  expect(prompt).toMatchObject({ phone: '+254711000001', amount: { amount: 50_000, currency: 'KES' }, state: 'waiting' })
  const at = { provider: 'mpesa' as const, session_id: prompt?.session_id ?? '' }
  expect(await run(owner, getSandboxCheckout, at)).toMatchObject({ status: 'open', payable: true, amount: { amount: 50_000, currency: 'KES' } })
  await run(owner, completeSandboxCheckout, { ...at, card: '2001' })
  await settled()
  expect((await owner.call(getInvoice, { invoice_id: id })).payments).toMatchObject([{ status: 'failed', failure_code: 'authentication_required' }])
  await run(owner, payInvoice, { invoice_id: id, provider: 'mpesa', phone: '0711 000 001' })
  const { data: [second] } = await run(owner, listSandboxPrompts, {})
  await run(owner, completeSandboxCheckout, { ...at, session_id: second?.session_id ?? '', outcome: 'success' })
  await settled()
  expect((await owner.call(getInvoice, { invoice_id: id })).state).toBe('paid')
  expect((await run(owner, listSandboxPrompts, {})).data).toEqual([])
})

test('a page that its provider knows nothing of yet shows what is asked; 3-D Secure waits for an answer', async () => {
  const { owner, invoice, read } = await withInvoice('NGN')
  const { checkout_url: url } = await run(owner, payInvoice, { invoice_id: invoice.id, provider: 'flutterwave' })
  const at = { provider: 'flutterwave' as const, session_id: checkoutId(url) }
  expect(await run(owner, getSandboxCheckout, at)).toMatchObject({ status: 'open', payable: true, amount: { amount: Number(invoice.total), currency: 'NGN' } })
  expect(await run(owner, completeSandboxCheckout, { ...at, card: '5590131743294314' })).toMatchObject({ status: 'challenge', return_url: null })
  expect(await run(owner, completeSandboxCheckout, { ...at, authentication: 'pass' })).toMatchObject({ status: 'paid', return_url: expect.stringContaining('tx_ref=') })
  await settled()
  expect((await read())?.state).toBe('paid')
})

import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import { afterAll, beforeAll, beforeEach } from 'vitest'
import type { z } from 'zod'
import type { CompositeOperation } from '../../../core/composite.ts'
import { runtime } from '../../../core/runtime.ts'
import type { Payer } from '../../../sandbox/providers/fake-provider.ts'
import { CALM } from '../../../sandbox/providers/webhook-sender.ts'
import { sandboxProviders, startSandbox } from '../../../sandbox/start-sandbox.ts'
import { metaFor, type Caller } from '../../../testing/actors.ts'
import { drainJobs, withRuntime } from '../../../testing/runtime.ts'
import { handleHook } from '../../../transport/inbound/hooks.ts'
import { findViolations } from '../../billing/index.ts'
import { closePeriodsOf } from '../../billing/periods/close-period.ts'
import { addSegment, invoicesOf, makeCustomer, setPlainMail } from '../../billing/testing/books.ts'
import { listMethods, payInvoice, setProviders, startSetup } from '../index.ts'
import { rails } from './rails.ts'

/** A runtime with the stand-ins of the providers and the portal's own routes for their webhooks, on two ports from `port` on. */
export const withPayments = (port: number): void => {
  withRuntime({ PORT: port, SHELLWEGO_SANDBOX_PORT: port + 1 })
  let sandbox: { stop(): Promise<void> } | null = null
  let portal: Server | null = null
  beforeAll(async () => {
    setPlainMail()
    sandbox = await startSandbox()
    portal = createServer((req, res) => void handleHook(req, res)).listen(port, '127.0.0.1')
    await once(portal, 'listening')
  })
  beforeEach(() => {
    setProviders(rails())
    sandboxProviders().setKnobs(CALM)
  })
  afterAll(async () => {
    portal?.close()
    await sandbox?.stop()
  })
}

export const violations = () => runtime().databases.asSystem('staff', findViolations)

/** Every webhook delivered and every job done. */
export const settled = async (): Promise<void> => {
  for (let round = 0; round < 3; round += 1) {
    await sandboxProviders().idle()
    await drainJobs()
  }
}

let year = 2050
export type Currency = 'USD' | 'NGN'

/** A customer with one open invoice. */
export const withInvoice = async (currency: Currency = 'USD') => {
  year += 1
  const own = year
  const owner = await makeCustomer({ currency, joinedAt: new Date(`${own}-01-01T00:00:00Z`) })
  const orgId = owner.organization.id
  /** Closes a month with some usage. */
  const close = async (month: number): Promise<void> => {
    const at = (m: number) => `${own + Math.floor((m - 1) / 12)}-${String((m - 1) % 12 + 1).padStart(2, '0')}-01T00:00:00Z`
    await addSegment(orgId, { startedAt: at(month), endedAt: at(month + 1) })
    await closePeriodsOf([orgId], new Date(at(month + 1)))
  }
  await close(1)
  const [invoice] = await invoicesOf(orgId)
  if (!invoice) throw new Error('no invoice')
  return { owner, orgId, invoice, close, read: (nth = 0) => invoicesOf(orgId).then((all) => all[nth]) }
}
export type Customer = Awaited<ReturnType<typeof withInvoice>>

/** A composite as its owner calls it. */
export const run = <I extends z.ZodObject, O extends z.ZodType>(caller: Caller, operation: CompositeOperation<I, O>, input: object): Promise<z.output<O>> =>
  operation.handle(metaFor(caller.actor, caller.brand), input)

/** The provider's name for what its page shows. */
export const checkoutId = (url: string | null): string => decodeURIComponent(url?.split('/').at(-1) ?? '')

export const pay = async ({ owner, invoice }: Pick<Customer, 'owner' | 'invoice'>, provider: 'stripe' | 'paystack' | 'flutterwave', payer: Payer, more: object = {}) => {
  const started = await run(owner, payInvoice, { invoice_id: invoice.id, provider, ...more })
  const done = await sandboxProviders().completeCheckout(provider, checkoutId(started.checkout_url), payer)
  return { ...started, done, checkout: checkoutId(started.checkout_url) }
}

export const CARDS = {
  good: '4242424242424242', asksOnce: '4000002500003155', asksAlways: '4000002760003184', declinesSaved: '4000000000000341', expired: '4000000000000069',
  refundLater: '4000000000007726', refundFails: '4000000000005126', disputed: '4000000000000259', second: '5555555555554444',
} as const

/** Stores a card at the provider's own page, as a customer would. */
export const saveCard = async (owner: Caller, card: string, autoPay = true): Promise<string> => {
  const { url } = await run(owner, startSetup, { provider: 'stripe', auto_pay: autoPay })
  const result = await sandboxProviders().completeCheckout('stripe', checkoutId(url), { card, authentication: 'pass' })
  if (!result.ok) throw new Error(`the page was not completed: ${result.reason}`)
  await settled()
  const { data } = await owner.call(listMethods, {})
  return data[0]?.id ?? ''
}

export const ledgerOf = async (orgId: string | null): Promise<Record<string, bigint>> => {
  const { rows } = await runtime().databases.systemPool.query<{ account: string; balance: string }>(
    'SELECT account, sum(amount)::text AS balance FROM ledger_entry WHERE org_id IS NOT DISTINCT FROM $1 GROUP BY account HAVING sum(amount) <> 0', [orgId])
  return Object.fromEntries(rows.map(({ account, balance }) => [account, BigInt(balance)]))
}

export const attemptsOf = (orgId: string) =>
  runtime().databases.asSystem('job', (db) => db.paymentAttempt.findMany({ where: { orgId }, orderBy: { createdAt: 'asc' } }))

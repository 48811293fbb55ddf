import { z } from 'zod'
import type { MethodSetup } from '../../../../prisma/generated/client.ts'
import type { CompositeOperation } from '../../../core/composite.ts'
import type { SystemDb } from '../../../core/db.ts'
import { DomainError, ruleViolated } from '../../../core/error.ts'
import { recordEvent } from '../../../core/event.ts'
import { newId } from '../../../core/id.ts'
import { log } from '../../../core/log.ts'
import { call, command } from '../../../core/operation.ts'
import { runtime } from '../../../core/runtime.ts'
import { consoleOrigin } from '../../mail/index.ts'
import { ProviderName } from '../payment-wire.ts'
import { PaymentProviderError } from '../ports.ts'
import { findProvider, provider } from '../registry.ts'
import { KEY_LIFETIME_MS } from '../observe-attempt.ts'
import { orNull } from './auto-pay.ts'
import { storeMethod } from './store-method.ts'

const Input = z.strictObject({ provider: ProviderName, auto_pay: z.boolean().optional().describe('Pay invoices with it from now on') })
const Output = z.object({ setup_id: z.string(), url: z.string() })

const createSetup = command({
  name: 'payment_methods.create_setup',
  summary: 'Record the intention to store a method',
  scope: 'org',
  permission: 'billing:pay',
  input: Input,
  output: z.object({ setup_id: z.string() }),
  run: async (ctx, input) => {
    const rail = findProvider(input.provider)
    if (!rail) throw ruleViolated('/provider', 'not_available', `Payments by ${input.provider} are not set up here.`)
    if (!rail.startSetup || !rail.capabilities.savesMethods) throw ruleViolated('/provider', 'not_supported', `${rail.label} stores a method with a payment only: pay an invoice and choose to keep it.`)
    const id = newId('methodSetup')
    await ctx.db.methodSetup.create({ data: { id, orgId: ctx.orgId, provider: rail.name, autoPay: input.auto_pay ?? false, startedBy: ctx.userId } })
    await ctx.emit('payment_method.setup_started', { type: 'payment_method_setup', id }, { provider: rail.name })
    return { setup_id: id }
  },
})

/** Under the setup's id as key: a repeated call opens the same page. */
const openSetup = async (id: string): Promise<string> => {
  const { setup, request } = await runtime().databases.asSystem('job', async (db) => {
    const found = await db.methodSetup.findUniqueOrThrow({ where: { id } })
    const org = await db.organization.findUniqueOrThrow({ where: { id: found.orgId } })
    const known = await db.paymentMethod.findFirst({ where: { orgId: org.id, provider: found.provider, customerRef: { not: null } }, orderBy: { createdAt: 'asc' } })
    const page = `${await consoleOrigin(db, org.brandId)}/${org.slug}/billing/methods`
    return {
      setup: found,
      request: { id, customerRef: known?.customerRef ?? null, customerEmail: org.billingEmail, currency: org.currency, successUrl: `${page}?setup=${id}`, cancelUrl: page },
    }
  })
  const rail = provider(setup.provider)
  if (!rail.startSetup) throw new DomainError('unavailable', `${rail.label} does not store methods.`)
  try {
    const { url, providerRef } = await rail.startSetup(request)
    await runtime().databases.asSystem('job', (db) => db.methodSetup.updateMany({ where: { id, state: 'created' }, data: { url, providerRef, state: 'pending' } }))
    return url
  } catch (error) {
    if (!(error instanceof PaymentProviderError)) throw error
    log.warn({ setup: id, provider: rail.name, code: error.code }, 'storing a method was refused')
    throw new DomainError('provider_failed', 'The payment provider did not open its page. Try again in a moment.', { cause: error })
  }
}

export const startSetup: CompositeOperation<typeof Input, typeof Output> = {
  kind: 'composite',
  keepsAnswer: true,
  name: 'payment_methods.start_setup',
  summary: 'Store a card or account without a payment: send the customer to url',
  scope: 'org',
  permission: 'billing:pay',
  input: Input,
  output: Output,
  rest: { method: 'POST', path: '/payment-methods', status: 201, tag: 'Payment methods' },
  handle: async (meta, raw) => {
    const { setup_id: id } = await call(createSetup, meta, raw)
    return { setup_id: id, url: await openSetup(id) }
  },
}
export const setupOperations = [createSetup]

/** Reads at the provider what became of a visit; runs at once on its webhook, and each minute. */
export const settleSetup = async (setup: MethodSetup): Promise<string> => {
  const rail = findProvider(setup.provider)
  const observed = setup.providerRef && rail?.fetchSetup ? await rail.fetchSetup(setup.providerRef) : null
  if (observed && observed.setupId !== null && observed.setupId !== setup.id) return 'unknown_reference'
  const isOver = Date.now() - setup.createdAt.getTime() > KEY_LIFETIME_MS
  if (observed?.status === 'succeeded' && observed.method) {
    const facts = observed.method
    await runtime().databases.asSystem('job', async (db) => {
      const { count } = await db.methodSetup.updateMany({ where: { id: setup.id, state: { in: ['created', 'pending'] } }, data: { state: 'succeeded' } })
      if (count === 0) return
      const method = await storeMethod(db, { attempt: setup, facts })
      await db.methodSetup.update({ where: { id: setup.id }, data: { methodId: method.id } })
      if (setup.autoPay) await turnOn(db, setup)
    })
    return 'stored'
  }
  const state = observed?.status === 'failed' ? 'failed' : isOver ? 'expired' : null
  if (!state) return 'pending'
  await runtime().databases.asSystem('job', (db) => db.methodSetup.updateMany({ where: { id: setup.id, state: { in: ['created', 'pending'] } }, data: { state } }))
  return state
}

/** The same news as of the settings page: who reads the audit trail sees that invoices are paid by themselves from now on. The row is locked. */
const turnOn = async (db: SystemDb, { id, orgId, provider: name }: MethodSetup): Promise<void> => {
  const { autoPay, topUpBelow, topUpAmount } = await db.organization.findUniqueOrThrow({ where: { id: orgId } })
  if (autoPay) return
  await db.organization.update({ where: { id: orgId }, data: { autoPay: true } })
  await recordEvent(db, {
    orgId, type: 'organization.payment_settings_changed', subject: { type: 'organization', id: orgId }, requestId: null, actor: { type: 'provider', provider: name },
    data: { auto_pay: true, top_up_below: orNull(topUpBelow), top_up_amount: orNull(topUpAmount), setup_id: id },
  })
}

export const openSetups = (): Promise<MethodSetup[]> => runtime().databases.asSystem('job', (db) =>
  db.methodSetup.findMany({ where: { state: { in: ['created', 'pending'] } }, orderBy: { updatedAt: 'asc' }, take: 500 }))

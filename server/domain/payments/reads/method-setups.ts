import { z } from 'zod'
import type { CompositeOperation } from '../../../core/composite.ts'
import { notFound } from '../../../core/error.ts'
import { log } from '../../../core/log.ts'
import { call, query } from '../../../core/operation.ts'
import { runtime } from '../../../core/runtime.ts'
import type { MethodSetup } from '../../../../prisma/generated/client.ts'
import { settleSetup } from '../methods/setup-method.ts'
import { ProviderName } from '../payment-wire.ts'
import { findProvider, providersFor } from '../registry.ts'

const SetupId = z.strictObject({ setup_id: z.string().max(60) })
const STATES = ['pending', 'succeeded', 'failed', 'expired'] as const
const Setup = z.object({ setup_id: z.string(), state: z.enum(STATES), payment_method_id: z.string().nullable() })

export const listMethodProviders = query({
  name: 'payment_methods.providers', summary: 'Providers that store a card or account without a payment', scope: 'org', permission: 'billing:read',
  input: z.strictObject({}), output: z.object({ data: z.array(z.object({ provider: ProviderName, name: z.string() })) }),
  rest: { method: 'GET', path: '/payment-methods/providers', tag: 'Payment methods' },
  run: async ({ db, orgId }) => {
    const { currency } = await db.organization.findUniqueOrThrow({ where: { id: orgId }, select: { currency: true } })
    const rails = providersFor(currency).flatMap((name) => findProvider(name) ?? [])
    return { data: rails.filter((rail) => rail.startSetup && rail.capabilities.savesMethods).map(({ name, label }) => ({ provider: name, name: label })) }
  },
})

const storedSetup = query({
  name: 'payment_methods.stored_setup', summary: 'One visit to store a method', scope: 'org', permission: 'billing:read', input: SetupId, output: z.custom<MethodSetup>(),
  run: async ({ db }, { setup_id: id }) => {
    const row = await db.methodSetup.findFirst({ where: { id } })
    if (!row) throw notFound('setup')
    return row
  },
})

const OPEN = ['created', 'pending']

/** Somebody came back from the provider and waits: it is asked now, not when its news comes. */
export const checkSetup: CompositeOperation<typeof SetupId, typeof Setup> = {
  kind: 'composite', name: 'payment_methods.check_setup', summary: 'Ask the provider now what became of storing a method', scope: 'org', repeatable: true, permission: 'billing:read',
  input: SetupId, output: Setup, rest: { method: 'POST', path: '/payment-methods/setups/{setup_id}/check', tag: 'Payment methods' },
  handle: async (meta, raw) => {
    const before = await call(storedSetup, meta, raw)
    if (OPEN.includes(before.state)) {
      await settleSetup(before).catch((error: unknown) => log.warn({ setup: before.id, error: String(error) }, 'a setup could not be checked'))
    }
    const { id, state, methodId } = await runtime().databases.asSystem('job', (db) => db.methodSetup.findUniqueOrThrow({ where: { id: before.id } }))
    return { setup_id: id, state: STATES.find((one) => one === state) ?? 'pending', payment_method_id: methodId }
  },
}

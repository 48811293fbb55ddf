import { z } from 'zod'
import type { ProviderAccount } from '../../../../prisma/generated/client.ts'
import type { CompositeOperation } from '../../../core/composite.ts'
import type { SystemDb } from '../../../core/db.ts'
import { DomainError, fromZod, notFound, ruleViolated } from '../../../core/error.ts'
import { etagOf, versionOf } from '../../../core/etag.ts'
import { call, command, query } from '../../../core/operation.ts'
import { Instant, toInstant } from '../../../contract/time.ts'
import { ProviderName } from '../payment-wire.ts'
import { PaymentProviderError, type PaymentProvider } from '../ports.ts'
import { allProviders, findProvider } from '../registry.ts'

const FeeShare = z.string().regex(/^(0(\.\d{1,6})?|1)$/, 'A fraction like 0.05.')
const BrandId = z.strictObject({ brand_id: z.string().max(60) })
const Key = BrandId.extend({ provider: ProviderName })

const Account = z.object({
  brand_id: z.string(), provider: ProviderName, account: z.string().describe('The provider\'s name of the account'),
  fee_share: z.string().describe('Part of each payment that stays with the platform'), created_at: Instant, updated_at: Instant, etag: z.string(),
})
const toAccount = (row: ProviderAccount): z.output<typeof Account> => ({
  brand_id: row.brandId, provider: row.provider, account: row.accountRef, fee_share: row.feeShare, created_at: toInstant(row.createdAt),
  updated_at: toInstant(row.updatedAt),
  etag: versionOf({ account: row.accountRef, fee: row.feeShare }),
})

/** The platform's own brand is paid to the platform's own account. */
const assertReseller = async (db: SystemDb, brandId: string): Promise<void> => {
  const brand = await db.brand.findUnique({ where: { id: brandId }, select: { parentId: true } })
  if (!brand) throw notFound('brand')
  if (brand.parentId === null) throw ruleViolated('/brand_id', 'not_a_reseller',
    'Only payments of a reseller are shared. What the platform itself sells comes to its own account.')
}

const load = async (db: SystemDb, { brand_id: brandId, provider }: z.output<typeof Key>): Promise<ProviderAccount> => {
  await db.$queryRaw`SELECT 1 FROM brand WHERE id = ${brandId} FOR UPDATE`
  const row = await db.providerAccount.findUnique({ where: { brandId_provider: { brandId, provider } } })
  if (!row) throw notFound('payment account')
  return row
}

export const listAccounts = query({
  name: 'payment_accounts.list',
  summary: 'Accounts a reseller\'s payments go to, and the providers that can share a payment',
  scope: 'staff',
  input: BrandId,
  output: z.object({ data: z.array(Account), providers: z.array(z.object({ name: ProviderName, label: z.string() })) }),
  rest: { method: 'GET', path: '/brands/{brand_id}/payment-accounts', tag: 'Brands' },
  run: async ({ db }, { brand_id: brandId }) => {
    if (!(await db.brand.findUnique({ where: { id: brandId }, select: { id: true } }))) throw notFound('brand')
    const rows = await db.providerAccount.findMany({ where: { brandId }, orderBy: { provider: 'asc' } })
    const providers = allProviders().filter((rail) => rail.capabilities.splits).map(({ name, label }) => ({ name, label }))
    return { data: rows.map(toAccount), providers }
  },
})

export const getAccount = query({
  name: 'payment_accounts.get',
  summary: 'The account a reseller\'s payments by one provider go to',
  scope: 'staff',
  input: Key,
  output: Account,
  rest: { method: 'GET', path: '/brands/{brand_id}/payment-accounts/{provider}', tag: 'Brands' },
  etag: etagOf,
  run: async ({ db }, { brand_id: brandId, provider }) => {
    const row = await db.providerAccount.findUnique({ where: { brandId_provider: { brandId, provider } } })
    if (!row) throw notFound('payment account')
    return toAccount(row)
  },
})

const AccountRef = z.string().trim().regex(/^[A-Za-z0-9_-]{4,80}$/, 'Letters, digits, `_` and `-`, as the provider shows it.')
const AddInput = Key.extend({ account: AccountRef, fee_share: FeeShare })

/** Second step of adding: the provider has said that the account can be paid. */
export const recordAccount = command({
  name: 'payment_accounts.record',
  summary: 'Write down the account a reseller\'s payments go to',
  scope: 'staff',
  input: AddInput,
  output: Account,
  run: async (ctx, { brand_id: brandId, provider, account, fee_share: feeShare }) => {
    await ctx.db.$queryRaw`SELECT 1 FROM brand WHERE id = ${brandId} FOR UPDATE`
    await assertReseller(ctx.db, brandId)
    const known = await ctx.db.providerAccount.findUnique({ where: { brandId_provider: { brandId, provider } } })
    if (known) throw new DomainError('state_conflict', 'This reseller has an account at this provider. Remove it before you add another one.')
    const row = await ctx.db.providerAccount.create({ data: { brandId, provider, accountRef: account, feeShare } })
    await ctx.emit('brand.payment_account_added', { type: 'brand', id: brandId }, { provider, account, fee_share: feeShare })
    return toAccount(row)
  },
})

const sharingRail = (name: string): PaymentProvider => {
  const rail = findProvider(name)
  if (!rail) throw ruleViolated('/provider', 'not_available', `Payments by ${name} are not set up here.`)
  if (!rail.capabilities.splits) throw ruleViolated('/provider', 'not_supported', `${rail.label} cannot share a payment between two accounts.`)
  return rail
}

const assertReady = async (rail: PaymentProvider, account: string): Promise<void> => {
  try {
    const state = await rail.checkAccount?.(account) ?? 'ready'
    if (state === 'unknown') throw ruleViolated('/account', 'unknown', `${rail.label} does not know this account, or it is not connected to yours.`)
    if (state === 'not_ready') {
      throw ruleViolated('/account', 'not_ready', `${rail.label} does not let this account take payments yet. Its owner has to finish the registration there.`)
    }
  } catch (error) {
    if (!(error instanceof PaymentProviderError)) throw error
    throw new DomainError('provider_failed', `${rail.label} did not answer. Try again in a moment.`, { cause: error })
  }
}

/** The provider is asked first, so that a slip of the pen is seen here and not by the first customer. */
export const addAccount: CompositeOperation<typeof AddInput, typeof Account> = {
  kind: 'composite',
  keepsAnswer: true,
  name: 'payment_accounts.add',
  summary: 'Let a reseller\'s payments go to its own account at a provider',
  scope: 'staff',
  input: AddInput,
  output: Account,
  rest: { method: 'POST', path: '/brands/{brand_id}/payment-accounts', status: 201, tag: 'Brands' },
  handle: async (meta, raw) => {
    // Who asks is looked at before what is asked.
    await call(listAccounts, { ...meta, idempotencyKey: null }, { brand_id: BrandId.strip().safeParse(raw).data?.brand_id ?? '' })
    const parsed = AddInput.safeParse(raw)
    if (!parsed.success) throw fromZod(parsed.error)
    await assertReady(sharingRail(parsed.data.provider), parsed.data.account)
    return call(recordAccount, meta, raw)
  },
}

export const updateAccount = command({
  name: 'payment_accounts.update',
  summary: 'Change the part of a reseller\'s payments that stays with the platform; payments already begun keep theirs',
  scope: 'staff',
  input: Key.extend({ fee_share: FeeShare }),
  output: Account,
  rest: { method: 'PATCH', path: '/brands/{brand_id}/payment-accounts/{provider}', tag: 'Brands' },
  ifMatch: true,
  etag: etagOf,
  run: async (ctx, { fee_share: feeShare, ...key }) => {
    const row = await load(ctx.db, key)
    ctx.expectVersion(toAccount(row).etag)
    const changed = await ctx.db.providerAccount.update({ where: { brandId_provider: { brandId: row.brandId, provider: row.provider } }, data: { feeShare } })
    await ctx.emit('brand.payment_account_changed', { type: 'brand', id: row.brandId }, { provider: row.provider, fee_share: feeShare })
    return toAccount(changed)
  },
})

export const removeAccount = command({
  name: 'payment_accounts.remove',
  summary: 'Let a reseller\'s payments come to the platform\'s account again; payments already begun go where they were sent',
  scope: 'staff',
  input: Key,
  output: z.object({}),
  rest: { method: 'DELETE', path: '/brands/{brand_id}/payment-accounts/{provider}', status: 204, tag: 'Brands' },
  run: async (ctx, key) => {
    const row = await load(ctx.db, key)
    await ctx.db.providerAccount.delete({ where: { brandId_provider: { brandId: row.brandId, provider: row.provider } } })
    await ctx.emit('brand.payment_account_removed', { type: 'brand', id: row.brandId }, { provider: row.provider, account: row.accountRef })
    return {}
  },
})

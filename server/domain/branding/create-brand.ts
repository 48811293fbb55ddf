import { violatedUnique, type SystemDb } from '../../core/db.ts'
import { DomainError } from '../../core/error.ts'
import { newId } from '../../core/id.ts'
import { command } from '../../core/operation.ts'
import { runtime } from '../../core/runtime.ts'
import { Brand, CreateBrand } from '../../contract/brand.ts'
import { forgetBrands } from './brands.ts'
import { brandVersion, toBrand, WITH_HOSTS } from './wire.ts'

export const createBrand = command({
  name: 'brands.create',
  summary: 'Create a reseller: a cloud under its own host name, name, logo, colours, prices and invoices',
  scope: 'staff',
  input: CreateBrand,
  output: Brand,
  rest: { method: 'POST', path: '/brands', status: 201, tag: 'Brands' },
  etag: brandVersion,
  run: async (ctx, input) => {
    const platform = await ctx.db.brand.findFirstOrThrow({ where: { parentId: null } })
    refuseReserved(input.hostname)
    await refuseCustomers(ctx.db, input.hostname)
    const id = newId('brand')
    try {
      await ctx.db.brand.create({
        data: {
          id, parentId: platform.id, name: input.name, accent: input.accent.toLowerCase(), logoUrl: input.logo_url, supportEmail: input.support_email,
          legalName: input.legal_name, legalAddress: input.legal_address, country: input.country, taxId: input.tax_id, taxRate: input.tax_rate,
          invoicePrefix: input.invoice_prefix, defaultCurrency: input.default_currency, hosts: { create: { hostname: input.hostname } },
        },
      })
    } catch (error) {
      throw takenField(error) ?? error
    }
    await ctx.emit('brand.created', { type: 'brand', id }, { hostname: input.hostname, starter_price: input.starter_price ?? null })
    forgetBrands()
    return toBrand(await ctx.db.brand.findUniqueOrThrow({ where: { id }, include: WITH_HOSTS }))
  },
})

const refuseReserved = (hostname: string): void => {
  const { SHELLWEGO_APPS_DOMAIN: apps } = runtime().env
  if (hostname === apps || hostname.endsWith(`.${apps}`)) {
    const message = 'Names below the apps domain belong to apps. Use a host name of the reseller.'
    throw new DomainError('rule_violated', message, { errors: [{ pointer: '/hostname', code: 'reserved', message }] })
  }
}

/** A customer proved the name, or all names it is one of; the answer tells staff alone. */
const refuseCustomers = async (db: SystemDb, hostname: string): Promise<void> => {
  const [row] = await db.$queryRaw<{ taken: boolean }[]>`SELECT console_conflict(${hostname}) AS taken`
  if (!row?.taken) return
  const message = 'A customer proved this name, or held it not long ago. Release it first, or use another.'
  throw new DomainError('hostname_taken', message, { errors: [{ pointer: '/hostname', code: 'taken', message }] })
}

const takenField = (error: unknown): DomainError | null => {
  const constraint = violatedUnique(error)
  if (!constraint) return null
  const prefix = constraint.includes('prefix')
  const message = prefix ? 'Another brand uses that invoice prefix.' : 'Another brand is served under that host name.'
  return new DomainError(prefix ? 'name_taken' : 'hostname_taken', message, { errors: [{ pointer: prefix ? '/invoice_prefix' : '/hostname', code: 'taken', message }] })
}

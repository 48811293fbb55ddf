import { z } from 'zod'
import { notFound } from '../../core/error.ts'
import { pageOf } from '../../contract/page.ts'
import { defineList } from '../../core/listing.ts'
import { query } from '../../core/operation.ts'
import { runtime } from '../../core/runtime.ts'
import { Brand, PublicBrand } from '../../contract/brand.ts'
import { brandVersion, toBrand, WITH_HOSTS } from './wire.ts'

export const currentBrand = query({
  name: 'brands.current', summary: 'The brand this host name shows', scope: 'public',
  input: z.strictObject({}), output: PublicBrand,
  rest: { method: 'GET', path: '/brand', tag: 'Brands' },
  run: async (ctx) => {
    const { env } = runtime()
    const { name, accent, logoUrl, supportEmail, parentId, defaultCurrency } = ctx.brand
    return { name, accent, logo_url: logoUrl, support_email: supportEmail, default_currency: defaultCurrency, mode: env.SHELLWEGO_MODE,
      apps_domain: env.SHELLWEGO_APPS_DOMAIN, platform: parentId === null }
  },
})

const list = defineList({
  name: 'brands',
  fields: {
    name: { kind: 'text', column: 'name', filter: true, sort: true },
    invoice_prefix: { kind: 'text', column: 'invoicePrefix', filter: true, sort: true },
    country: { kind: 'text', column: 'country', filter: true, sort: true },
    default_currency: { kind: 'text', column: 'defaultCurrency', filter: true },
    created_at: { kind: 'time', column: 'createdAt', range: true, sort: true },
  },
  search: ['name', 'legalName', 'invoicePrefix'], sort: 'created_at',
})

export const listBrands = query({
  name: 'brands.list', summary: 'Brands of this installation, oldest first', scope: 'staff',
  input: z.strictObject(list.input), output: pageOf(Brand),
  rest: { method: 'GET', path: '/brands', tag: 'Brands' },
  run: async (ctx, input) => {
    const page = list.page(ctx, input)
    return page.of(await ctx.db.brand.findMany({ where: page.where, include: WITH_HOSTS, orderBy: page.orderBy, take: page.take }), toBrand)
  },
})

export const getBrand = query({
  name: 'brands.get', summary: 'One brand', scope: 'staff',
  input: z.strictObject({ brand_id: z.string().max(60) }), output: Brand,
  rest: { method: 'GET', path: '/brands/{brand_id}', tag: 'Brands' }, etag: brandVersion,
  run: async (ctx, input) => {
    const row = await ctx.db.brand.findUnique({ where: { id: input.brand_id }, include: WITH_HOSTS })
    if (!row) throw notFound('brand')
    return toBrand(row)
  },
})

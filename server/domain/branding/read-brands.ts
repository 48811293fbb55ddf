import { z } from 'zod'
import { notFound } from '../../core/error.ts'
import { query } from '../../core/operation.ts'
import { runtime } from '../../core/runtime.ts'
import { Brand, PublicBrand } from '../../contract/brand.ts'
import { toBrand, WITH_HOSTS } from './wire.ts'

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

export const listBrands = query({
  name: 'brands.list', summary: 'Every brand of this installation', scope: 'staff',
  input: z.strictObject({}), output: z.object({ data: z.array(Brand) }),
  rest: { method: 'GET', path: '/brands', tag: 'Brands' },
  run: async (ctx) => ({ data: (await ctx.db.brand.findMany({ include: WITH_HOSTS, orderBy: { createdAt: 'asc' }, take: 500 })).map(toBrand) }),
})

export const getBrand = query({
  name: 'brands.get', summary: 'One brand', scope: 'staff',
  input: z.strictObject({ brand_id: z.string().max(60) }), output: Brand,
  rest: { method: 'GET', path: '/brands/{brand_id}', tag: 'Brands' },
  run: async (ctx, input) => {
    const row = await ctx.db.brand.findUnique({ where: { id: input.brand_id }, include: WITH_HOSTS })
    if (!row) throw notFound('brand')
    return toBrand(row)
  },
})

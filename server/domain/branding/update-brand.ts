import { z } from 'zod'
import { notFound } from '../../core/error.ts'
import { command } from '../../core/operation.ts'
import { Accent, Brand, LogoUrl } from '../../contract/brand.ts'
import { Email } from '../../contract/user.ts'
import { forgetBrands } from './brands.ts'
import { brandVersion, toBrand, WITH_HOSTS } from './wire.ts'

export const updateBrand = command({
  name: 'brands.update', summary: 'Change how a brand looks and what its invoices say', scope: 'staff',
  input: z.strictObject({
    brand_id: z.string().max(60), name: z.string().trim().min(1).max(60).optional(), accent: Accent.optional(), logo_url: LogoUrl.nullable().optional(),
    support_email: Email.optional(), legal_name: z.string().trim().min(1).max(120).optional(), legal_address: z.string().trim().max(300).optional(),
    tax_rate: z.string().regex(/^(0(\.\d{1,6})?|1)$/, 'A fraction like 0.075.').optional(),
  }),
  output: Brand,
  rest: { method: 'PATCH', path: '/brands/{brand_id}', tag: 'Brands' }, ifMatch: true, etag: brandVersion,
  run: async (ctx, input) => {
    await ctx.db.$executeRaw`SELECT 1 FROM brand WHERE id = ${input.brand_id} FOR UPDATE`
    const present = await ctx.db.brand.findUnique({ where: { id: input.brand_id }, include: WITH_HOSTS })
    if (!present) throw notFound('brand')
    ctx.expectVersion(brandVersion(toBrand(present)))
    await ctx.db.brand.update({
      where: { id: input.brand_id },
      data: {
        ...(input.name ? { name: input.name } : {}), ...(input.accent ? { accent: input.accent } : {}),
        ...(input.logo_url !== undefined ? { logoUrl: input.logo_url } : {}), ...(input.support_email ? { supportEmail: input.support_email } : {}),
        ...(input.legal_name ? { legalName: input.legal_name } : {}), ...(input.legal_address !== undefined ? { legalAddress: input.legal_address } : {}),
        ...(input.tax_rate ? { taxRate: input.tax_rate } : {}),
      },
    })
    await ctx.emit('brand.updated', { type: 'brand', id: input.brand_id })
    forgetBrands()
    return toBrand(await ctx.db.brand.findUniqueOrThrow({ where: { id: input.brand_id }, include: WITH_HOSTS }))
  },
})

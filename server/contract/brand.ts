import { z } from 'zod'
import { Instant } from './time.ts'
import { Email } from './user.ts'

export const Hostname = z.string().trim().toLowerCase().max(253)
  .regex(/^(?=.{1,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])?$/, 'Enter a host name like cloud.example.com.')
export const Accent = z.string().regex(/^#[0-9a-f]{6}$/i, 'Enter a colour like #2563eb.')
/** Raster or SVG as a data URI; shown with <img>, so scripts inside never run. */
export const LogoUrl = z.string().max(200_000).regex(/^data:image\/(png|svg\+xml|webp|jpeg);base64,[A-Za-z0-9+/=]+$/, 'Upload a PNG, SVG, WebP or JPEG.')

/** What anybody who opens the host may see. */
export const PublicBrand = z.object({
  name: z.string(), accent: z.string(), logo_url: z.string().nullable(), support_email: z.string(), default_currency: z.string(), mode: z.enum(['sandbox', 'production']),
  apps_domain: z.string(), platform: z.boolean(),
})
export type PublicBrand = z.infer<typeof PublicBrand>

export const Brand = z.object({
  id: z.string(), name: z.string(), accent: z.string(), logo_url: z.string().nullable(), support_email: z.string(), hostnames: z.array(z.string()),
  legal_name: z.string(), legal_address: z.string(), country: z.string(), tax_id: z.string().nullable(), tax_rate: z.string(), tax_label: z.string(),
  invoice_prefix: z.string(), default_currency: z.string(), platform: z.boolean(), organizations: z.number().int(), created_at: Instant,
})
export type Brand = z.infer<typeof Brand>

export const CreateBrand = z.strictObject({
  name: z.string().trim().min(1).max(60),
  hostname: Hostname,
  accent: Accent.default('#2563eb'),
  logo_url: LogoUrl.nullable().default(null),
  support_email: Email,
  legal_name: z.string().trim().min(1).max(120),
  legal_address: z.string().trim().max(300).default(''),
  country: z.string().regex(/^[A-Z]{2}$/, 'Two capital letters, ISO 3166.').default('NG'),
  tax_id: z.string().trim().max(40).nullable().default(null),
  tax_rate: z.string().regex(/^(0(\.\d{1,6})?|1)$/, 'A fraction like 0.075.').default('0'),
  invoice_prefix: z.string().regex(/^[A-Z0-9]{2,8}$/, 'Two to eight capital letters or digits.'),
  default_currency: z.enum(['USD', 'NGN', 'KES']).default('USD'),
  /** Own price of the starter plan, per month, in the default currency; the platform's meter prices apply unless given. */
  starter_price: z.string().regex(/^\d{1,9}(\.\d{1,12})?$/, 'A decimal amount like 7.50.').optional(),
})

import { z } from 'zod'
import { parseAllowList } from '../contract/address-rules.ts'
import { KEY_SETTINGS, readKeySettings, type KeySettings } from './key-settings.ts'

const isAllowList = (list: string): boolean => {
  try { return parseAllowList(list).length > 0 } catch { return false }
}
const port = z.coerce.number().int().min(1).max(65535)
const text = z.string().min(1)
const secret = z.string().min(32, 'must hold at least 32 characters')

const Env = z.object({
  SHELLWEGO_MODE: z.enum(['sandbox', 'production']).default('sandbox'),
  ROLE: z.enum(['portal', 'worker', 'all']).default('all'),
  PORT: port,
  DATABASE_URL_APP: text,
  DATABASE_URL_SYSTEM: text,
  SHELLWEGO_DATA: text,
  SHELLWEGO_DOMAIN: text.default('console.localhost'),
  SHELLWEGO_APPS_DOMAIN: text.default('apps.localhost'),
  SHELLWEGO_HTTPS_PORT: port.default(443),
  SHELLWEGO_SANDBOX_PORT: port.optional(),
  /** How many portals serve this console; each allows its share of the rate limits. */
  SHELLWEGO_PORTALS: z.coerce.number().int().min(1).max(1000).optional(),
  /** Where new instances go among nodes that have room: evenly unless set. */
  SHELLWEGO_PLACEMENT: z.enum(['spread', 'pack']).optional(),
  /** Where the built-in images lie, `host:port`; nodes on other machines read them through the portal. */
  SHELLWEGO_BUILTIN_REGISTRY: z.string().regex(/^[^:/\s]+:\d+$/, 'must be host:port').optional(),
  SHELLWEGO_SMTP_URL: z.url().optional(),
  /** Name servers that prove domains, `address:port` with commas; the machine's own unless set. */
  SHELLWEGO_DNS_SERVERS: z.string().regex(/^[0-9a-fA-F.:[\]]+(,[0-9a-fA-F.:[\]]+)*$/, 'must be addresses with commas').optional(),
  /** Certificates for wildcards: who asks the authority, which one (Let's Encrypt unless set), and whom to trust for it. */
  SHELLWEGO_ACME_EMAIL: z.email().optional(),
  SHELLWEGO_ACME_CA: z.url({ protocol: /^https$/ }).optional(),
  SHELLWEGO_ACME_CA_ROOT: text.optional(),
  /** Zone at Cloudflare in which customers' `_acme-challenge` ends. */
  SHELLWEGO_DNS_ZONE: z.string().regex(/^([a-z0-9-]+\.)+[a-z0-9-]+$/, 'must be a domain').optional(),
  CLOUDFLARE_ZONE_ID: text.optional(),
  CLOUDFLARE_API_TOKEN: text.optional(),
  /** Private networks that customers' webhooks and sign-in providers may be on: `CIDR` or `CIDR:port`, separated by commas. */
  SHELLWEGO_WEBHOOK_ALLOW: text.refine(isAllowList, 'must be CIDR or CIDR:port entries separated by commas').optional(),
  SHELLWEGO_AUTH_SECRET: secret,
  ...KEY_SETTINGS,
  STRIPE_SECRET_KEY: text.optional(),
  STRIPE_WEBHOOK_SECRET: text.optional(),
  PAYSTACK_SECRET_KEY: text.optional(),
  FLUTTERWAVE_SECRET_KEY: text.optional(),
  /** As set on its dashboard; an old one stays behind a comma while it is replaced. */
  FLUTTERWAVE_SECRET_HASH: text.optional(),
  MPESA_CONSUMER_KEY: text.optional(),
  MPESA_CONSUMER_SECRET: text.optional(),
  MPESA_SHORTCODE: z.string().regex(/^\d{5,7}$/, 'must be 5 to 7 digits').optional(),
  MPESA_PASSKEY: text.optional(),
  /** Of a till ("Buy Goods"): the number customers know; the shortcode is then the head office's. */
  MPESA_TILL: z.string().regex(/^\d{5,7}$/, 'must be 5 to 7 digits').optional(),
  LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error']).default('info'),
})
export type Env = Omit<z.infer<typeof Env>, keyof typeof KEY_SETTINGS> & { keys: KeySettings; setup: { email: string; password: string } | null }

/** Reads and checks the environment once; throws one message that names every bad variable. */
export const readEnv = (source: NodeJS.ProcessEnv = process.env): Env => {
  const parsed = Env.safeParse(Object.fromEntries(Object.entries(source).filter(([, v]) => v !== '')))
  if (!parsed.success) throw new Error(`Cannot start: ${parsed.error.issues.map((i) => `${i.path.join('.')} ${i.message}`).join('; ')}`)
  const env = parsed.data
  if (env.SHELLWEGO_MODE === 'production') assertProduction(env)
  else if (!env.SHELLWEGO_SANDBOX_PORT) throw new Error('Cannot start: SHELLWEGO_SANDBOX_PORT is required in sandbox mode')
  delete source.SHELLWEGO_KEY_PASSPHRASE
  return { ...withoutKeySettings(env), keys: readKeySettings(env), setup: takeSetup(env.SHELLWEGO_MODE, source) }
}

const assertProduction = (env: z.infer<typeof Env>): void => {
  const missing = (['SHELLWEGO_SMTP_URL'] as const).filter((k) => !env[k])
  if (env.SHELLWEGO_DOMAIN.endsWith('localhost')) throw new Error('Cannot start: SHELLWEGO_DOMAIN must be a public domain in production mode')
  if (missing.length > 0) throw new Error(`Cannot start: ${missing.join(', ')} must be set in production mode`)
  assertRails(env)
}

/** A provider with half of its keys is a mistake, and one has to be there. */
const RAILS: Readonly<Record<string, readonly (keyof z.infer<typeof Env>)[]>> = {
  stripe: ['STRIPE_SECRET_KEY', 'STRIPE_WEBHOOK_SECRET'], paystack: ['PAYSTACK_SECRET_KEY'], flutterwave: ['FLUTTERWAVE_SECRET_KEY', 'FLUTTERWAVE_SECRET_HASH'],
  mpesa: ['MPESA_CONSUMER_KEY', 'MPESA_CONSUMER_SECRET', 'MPESA_SHORTCODE', 'MPESA_PASSKEY'],
}
const assertRails = (env: z.infer<typeof Env>): void => {
  const sets = Object.values(RAILS)
  const half = sets.filter((names) => names.some((name) => env[name]) && !names.every((name) => env[name]))
  if (half.length > 0) throw new Error(`Cannot start: set ${half.map((names) => names.join(' and ')).join('; ')} together`)
  if (sets.some((names) => names.every((name) => env[name]))) return
  throw new Error(`Cannot start: set the keys of a payment provider in production mode: ${sets.map((names) => names.join(' and ')).join(', or ')}`)
}

/** Passphrases live in `keys` alone: what is logged or handed on of the rest holds none. */
const withoutKeySettings = (env: z.infer<typeof Env>): Omit<z.infer<typeof Env>, keyof typeof KEY_SETTINGS> =>
  Object.fromEntries(Object.entries(env).filter(([name]) => !(name in KEY_SETTINGS))) as Omit<z.infer<typeof Env>, keyof typeof KEY_SETTINGS>

const takeSetup = (mode: string, source: NodeJS.ProcessEnv): Env['setup'] => {
  const value = source.SHELLWEGO_SETUP
  delete source.SHELLWEGO_SETUP
  if (!value) return null
  if (mode === 'production') throw new Error('Cannot start: SHELLWEGO_SETUP is refused in production mode')
  const at = value.indexOf(':')
  if (at < 1) throw new Error('Cannot start: SHELLWEGO_SETUP must be email:password')
  return { email: value.slice(0, at), password: value.slice(at + 1) }
}

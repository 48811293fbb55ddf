import { z } from 'zod'
import { EnvName } from './app.ts'
import { Etag } from './etag.ts'
import { pageOf } from './page.ts'
import { Instant } from './time.ts'

export const MAX_SECRET_BYTES = 65_536
/** Secrets of one app, or of the organization itself. */
export const MAX_SECRETS = 100
/** What an app's secrets may come to together: Linux starts no process with more than 2 MiB of environment. */
export const MAX_SECRETS_BYTES = 524_288
export const KEPT_VERSIONS = 10
/** From so many days before its expiry a secret is called expiring. */
export const EXPIRY_NOTICE_DAYS = 7

const bytesOf = (text: string): number => new TextEncoder().encode(text).length
export const secretBytes = bytesOf

/** It becomes an environment variable. */
export const SecretName = EnvName.refine((name) => !/^SHELLWEGO_/i.test(name), 'Names that begin with SHELLWEGO_ are ours.')
  .refine((name) => name !== '__proto__', 'Choose another name.')
export const SecretValue = z.string().min(1, 'Enter a value.').max(MAX_SECRET_BYTES, 'A secret may hold at most 64 KB.')
  .refine((value) => bytesOf(value) <= MAX_SECRET_BYTES, 'A secret may hold at most 64 KB.')
  .refine((value) => !value.includes('\0'), 'A secret may not hold NUL characters.')

export const SECRET_SCOPES = ['organization', 'app'] as const
export const SECRET_STATES = ['active', 'expiring', 'expired'] as const

export const SecretVersion = z.object({
  version: z.number().int(), current: z.boolean(), created_at: Instant, created_by: z.string().nullable(),
})
export type SecretVersion = z.infer<typeof SecretVersion>

export const SecretUse = z.object({
  app_id: z.string(), app_name: z.string(),
  delivered_version: z.number().int().nullable().describe('What its present release holds'),
  redeploy_needed: z.boolean().describe('It runs with another version than the newest'),
})

/** Everything about a secret but its value. */
export const Secret = z.object({
  id: z.string(), name: z.string(), scope: z.enum(SECRET_SCOPES), app_id: z.string().nullable(), version: z.number().int(),
  versions: z.array(SecretVersion), status: z.enum(SECRET_STATES), expires_at: Instant.nullable(),
  last_used: Instant.nullable().describe('When it was last handed to an instance'),
  used_by: z.array(SecretUse), created_by: z.string().nullable(), created_at: Instant, updated_at: Instant, etag: Etag,
})
export type Secret = z.infer<typeof Secret>

const ExpiresAt = Instant.nullable().optional().describe('When to remind you to change it; it goes on working')
const Redeploy = z.boolean().default(false).describe('Roll out the running apps that use it')

export const SecretId = z.string().max(60)
const AppId = z.string().max(60)

export const CreateSecret = z.strictObject({
  name: SecretName, value: SecretValue, scope: z.enum(SECRET_SCOPES).optional(), app_id: AppId.optional(), expires_at: ExpiresAt, redeploy: Redeploy,
})
export const SetAppSecret = z.strictObject({ app_id: AppId, name: SecretName, value: SecretValue, expires_at: ExpiresAt, redeploy: Redeploy })
export const RotateSecret = z.strictObject({ secret_id: SecretId, value: SecretValue, expires_at: ExpiresAt, redeploy: Redeploy })
export const RollBackSecret = z.strictObject({ secret_id: SecretId, version: z.number().int().min(1).max(2_147_483_647), redeploy: Redeploy })
export const UpdateSecret = z.strictObject({ secret_id: SecretId, expires_at: Instant.nullable() })
export const DeleteSecret = z.strictObject({ secret_id: SecretId, redeploy: z.stringbool().or(z.boolean()).default(false) })
export const ImportSecrets = z.strictObject({
  text: z.string().min(1, 'Paste lines like NAME=value.').max(1_048_576, 'Paste at most 1 MB.').describe('Lines of a .env file'),
  app_id: AppId.optional(), redeploy: Redeploy,
})
export const ImportedSecrets = z.object({ created: z.array(z.string()), rotated: z.array(z.string()) })

export const SecretList = pageOf(Secret)
export const AppSecretList = pageOf(Secret).extend({ redeploy_needed: z.boolean().describe('Its instances run with other secrets than it would get now') })

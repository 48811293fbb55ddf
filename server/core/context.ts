import type { MemberRole, Permission, Standing } from '../contract/permission.ts'
import type { SystemDb, TenantDb } from './db.ts'
import type { EnqueueOptions, JobDefinition } from './job.ts'
import type { Precondition } from './etag.ts'
import type { z } from 'zod'

export interface BrandContext {
  id: string
  parentId: string | null
  name: string
  accent: string
  logoUrl: string | null
  supportEmail: string
  defaultCurrency: string
  /** `https://host[:port]` of the console the caller used; links in mails are made from it. */
  origin: string
}

/** What a token takes away from what its holder may do. */
export interface TokenLimits {
  tokenId: string
  kind: 'sess' | 'pat' | 'sat' | 'temp'
  /** Empty = everything its holder may do. */
  scopes: Permission[]
  /** Empty = every app its holder may see. */
  appIds: string[]
  /** Set: works in this organization only. */
  orgId: string | null
  /** When a person made it; absent: a session. */
  madeAt?: Date
}

export type UserActor = {
  type: 'user'; userId: string; sessionId: string; email: string; name: string; staff: boolean; verified: boolean; brandId: string
  /** A second factor stands behind this session or token. */
  mfa: boolean
  /** When the person last proved who they are; only a session's counts. */
  provenAt: Date
  /** Null for a session of the console. */
  token: TokenLimits | null
  /** The operator at work in this account, within one organization. */
  impersonator?: { impersonationId: string; userId: string; name: string; orgId: string; reason: string; until: Date }
}
/** A machine of one organization; it works by tokens only. */
export type ServiceAccountActor = { type: 'service_account'; serviceAccountId: string; orgId: string; brandId: string; name: string; token: TokenLimits }

export type Actor =
  | UserActor
  | ServiceAccountActor
  | { type: 'anonymous' }
  | { type: 'job'; name: string }
  | { type: 'node'; nodeId: string }
  | { type: 'provider'; provider: string }

/** What a transport knows about one call before any operation runs. */
export interface RequestMeta {
  requestId: string
  actor: Actor
  brand: BrandContext
  ip: string | null
  userAgent: string | null
  /** Header `ShellWeGo-Organization`. */
  organizationHeader: string | null
  idempotencyKey: string | null
  /** Set by an operation: a new session token for the cookie, or null to clear it. */
  cookie: { session?: string | null }
  /** What must hold before a spec is changed; absent where the transport demands nothing. */
  precondition?: Precondition
  /** Told by the core: this answer was given before, under the same Idempotency-Key. */
  told?: { replayed?: boolean }
  /** Asked once the organization is known; refuses when it has had its share of requests. */
  admit?(orgId: string): Promise<void>
}

export interface BaseContext {
  actor: Actor
  brand: BrandContext
  requestId: string
  meta: RequestMeta
  /** Business time. */
  now: Date
  emit(type: string, subject: { type: string; id: string }, data?: Record<string, string | number | boolean | null>, orgId?: string): Promise<void>
  /** Of an operation with `ifMatch`: the present version of what it changes, told under the row's lock. A stale caller is refused. */
  expectVersion(version: string): void
  enqueue<P extends z.ZodType>(job: JobDefinition<P>, payload: z.input<P>, options?: EnqueueOptions): Promise<void>
}

export interface OrgContext extends BaseContext {
  orgId: string
  role: MemberRole
  /** The person's id, or the service account's. */
  userId: string
  db: TenantDb
  /** What the caller may do here in all, as answers about the organization say it. */
  standing: Standing
  /** Beyond the operation's own permission; without `appId` in the whole organization. */
  may(permission: Permission, appId?: string): boolean
  /** For sums over the whole organization (quotas): what runs in here sees apps hidden from a restricted caller. Show nothing of it. */
  acrossApps<T>(run: () => Promise<T>): Promise<T>
}

export interface UserContext extends BaseContext {
  user: UserActor
  db: SystemDb
}

export interface SystemContext extends BaseContext {
  db: SystemDb
}

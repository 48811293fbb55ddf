import type { Role } from '../contract/permission.ts'
import type { SystemDb, TenantDb } from './db.ts'
import type { EnqueueOptions, JobDefinition } from './job.ts'
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

export type Actor =
  | { type: 'user'; userId: string; sessionId: string; email: string; name: string; staff: boolean; verified: boolean; brandId: string }
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
}

export interface BaseContext {
  actor: Actor
  brand: BrandContext
  requestId: string
  meta: RequestMeta
  /** Business time. */
  now: Date
  emit(type: string, subject: { type: string; id: string }, data?: Record<string, string | number | boolean | null>, orgId?: string): Promise<void>
  enqueue<P extends z.ZodType>(job: JobDefinition<P>, payload: z.input<P>, options?: EnqueueOptions): Promise<void>
}

export interface OrgContext extends BaseContext {
  orgId: string
  role: Role
  userId: string
  db: TenantDb
}

export interface UserContext extends BaseContext {
  user: Extract<Actor, { type: 'user' }>
  db: SystemDb
}

export interface SystemContext extends BaseContext {
  db: SystemDb
}

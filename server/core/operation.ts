import type { z } from 'zod'
import { may, type Permission } from '../contract/permission.ts'
import { forgetAccess } from './access-cache.ts'
import { authorizeApp, authorizeOrg, onlySomeApps, requireStaff, requireUser } from './authorize.ts'
import type { BaseContext, OrgContext, RequestMeta, SystemContext, UserContext } from './context.ts'
import { acrossApps, violatesPolicy, type SystemDb, type SystemPurpose, type TenantDb } from './db.ts'
import { DomainError, fromZod } from './error.ts'
import { requireVersion } from './etag.ts'
import { recordEvent } from './event.ts'
import { once } from './idempotency.ts'
import { enqueue } from './job.ts'
import { whileRecovering } from './recovery.ts'
import { runtime } from './runtime.ts'
import { isStorable, unstorable } from './storable.ts'

/** `org`: one organization's data as the app role. `user`: the signed-in person. `staff`: the operator. `public`: nobody yet. */
export type Scope = 'org' | 'user' | 'staff' | 'public'
interface ContextOf { org: OrgContext; user: UserContext; staff: UserContext; public: SystemContext }

export interface RestRoute {
  method: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE'
  /** Below /v1; `{name}` takes the input field of that name. */
  path: string
  status?: 200 | 201 | 202 | 204
  tag: string
  /** Moves money: refused without an Idempotency-Key. */
  keyed?: boolean
  /** A body that is a JSON list is this input field. */
  list?: string
  /** Media types of bodies beside application/json, and whether they hold the input or the list. */
  alsoTypes?: Readonly<Record<string, 'object' | 'list'>>
  /** A status of its own for some answers. */
  other?: { status: 200 | 201 | 202; description: string; when(output: never): boolean }
}

export interface OperationDefinition<S extends Scope, I extends z.ZodObject, O extends z.ZodType> {
  name: string
  summary: string
  scope: S
  /** Needed in scope `org`: what the caller's role must grant. */
  permission?: S extends 'org' ? Permission : never
  input: I
  output: O
  rest?: RestRoute
  /** Version of the spec in its answer: part of the ETag, and what `If-Match` is compared with. */
  etag?(output: never): string
  /** Changes a spec: REST demands `If-Match`, and `run` tells the present version by `expectVersion`. */
  ifMatch?: boolean
  /** Days as `2026-12-31`: since when it should not be used, when it goes, and what to use instead. */
  deprecated?: { since: string; sunset: string; instead: string }
  /** Outside organizations: how long its transaction may stay open where half a minute is not enough. */
  patienceMs?: number
  /** A command must emit an event, or say here why there is nothing to tell. */
  quiet?: string
  /** The answer holds a secret: it is never kept for a replay, so an Idempotency-Key has no effect. */
  answersSecret?: boolean
  /** Carried out twice it does no harm, so the console may send it again though no answer is kept. */
  repeatable?: boolean
  /** Open to people whose e-mail is not verified yet. */
  unverified?: boolean
  /** A session must have proven its person in the last 15 minutes. Tokens were made on purpose and are exempt. */
  sensitive?: boolean
  /** Only for a person who signed in, never for a token: what concerns the security of the account. */
  sessionOnly?: boolean
  /** Who lacks the permission is told what a stranger is told: that there is no such thing. */
  hidden?: boolean
  /** In scope `user`: also for tokens limited to scopes, apps or an organization, which else open nothing of the account. */
  limitedTokens?: boolean
  /** In scope `user`: also for service accounts. It says the same to everybody: `ctx.user` is not there for them. */
  machines?: boolean
  /** A change that an organization takes even while it waits for its deletion. */
  whileDeleting?: boolean
  /** Work for an organization that must not wait inside the transaction; after the caller was authorised. */
  before?(scope: { orgId: string }): Promise<void>
  run(context: ContextOf[S], input: z.output<I>): Promise<z.input<O>>
}

export interface Operation<S extends Scope = Scope, I extends z.ZodObject = z.ZodObject, O extends z.ZodType = z.ZodType>
  extends OperationDefinition<S, I, O> {
  kind: 'query' | 'command'
}

/** Any operation, for lists that only need names, schemas and routes. */
export type AnyOperation = Omit<Operation, 'run' | 'permission'> & { permission?: Permission; run(context: never, input: never): Promise<unknown> }

export const query = <S extends Scope, I extends z.ZodObject, O extends z.ZodType>(d: OperationDefinition<S, I, O>): Operation<S, I, O> => ({ ...d, kind: 'query' })
export const command = <S extends Scope, I extends z.ZodObject, O extends z.ZodType>(d: OperationDefinition<S, I, O>): Operation<S, I, O> => ({ ...d, kind: 'command' })

const PURPOSE: Record<Exclude<Scope, 'org'>, SystemPurpose> = { user: 'identity', staff: 'staff', public: 'identity' }

/** The one way in: decode, authorise, transaction, run, event, encode. Returns the wire value; throws {@link DomainError}. */
export const call = async <S extends Scope, I extends z.ZodObject, O extends z.ZodType>(
  operation: Operation<S, I, O>, meta: RequestMeta, raw: unknown,
): Promise<z.output<O>> => {
  try {
    return await decide(operation, meta, raw)
  } finally {
    if (operation.kind === 'command') forgetAccess()
  }
}

const decide = async <S extends Scope, I extends z.ZodObject, O extends z.ZodType>(
  operation: Operation<S, I, O>, meta: RequestMeta, raw: unknown,
): Promise<z.output<O>> => {
  const { organizationId, rest } = takeOrganization(operation, raw)
  const decode = () => decodeInput(operation.input, rest)
  if (operation.scope === 'org') return callInOrg(operation as never, meta, decode, organizationId)
  const faceless = operation.scope === 'public' || (operation.scope === 'user' && operation.machines && meta.actor.type === 'service_account')
  const actor = faceless ? null : requireUser(meta.actor, operation)
  if (operation.scope === 'staff') requireStaff(meta.actor)
  const input = decode()
  return runtime().databases.asSystem(PURPOSE[operation.scope], (db) =>
    perform(operation, meta, db, { scopeKey: actor?.userId ?? `anonymous:${meta.ip}`, orgId: null }, input,
      (base) => ({ ...base, db, user: actor }) as unknown as ContextOf[S]), operation.patienceMs)
}

const callInOrg = async <I extends z.ZodObject, O extends z.ZodType>(
  operation: Operation<'org', I, O>, meta: RequestMeta, decode: () => z.output<I>, organizationId: string | null,
): Promise<z.output<O>> => {
  const member = await authorizeOrg(meta, organizationId, operation)
  if (operation.kind === 'command' && runtime().recovery.active) throw whileRecovering()
  await meta.admit?.(member.orgId)
  const input = decode()
  await authorizeApp(member, operation, input, Object.keys(operation.input.shape))
  await operation.before?.(member)
  const { orgId, userId, standing, appIds } = member
  const contextIn = (db: TenantDb) => (base: BaseContext): OrgContext => ({
    ...base, db, orgId, userId, standing, role: standing.role,
    may: (permission, appId) => may(standing, permission, appId), acrossApps: (run) => acrossApps(db, appIds, run),
  })
  try {
    return await runtime().databases.inTenant(member, (db) => perform(operation, meta, db, { scopeKey: member.principal, orgId }, input, contextIn(db)))
  } catch (error) {
    throw appIds !== null && violatesPolicy(error) ? onlySomeApps() : error
  }
}

/**
 * Under an Idempotency-Key its answer is given again, and nothing is done again. Not of a public command: the answer may be a secret, and its
 * caller is not known well enough to be given it twice.
 */
export const keepsAnswer = (operation: Pick<AnyOperation, 'kind' | 'scope' | 'answersSecret'>): boolean =>
  operation.kind === 'command' && operation.scope !== 'public' && !operation.answersSecret

const perform = async <S extends Scope, I extends z.ZodObject, O extends z.ZodType>(
  operation: Operation<S, I, O>, meta: RequestMeta, db: SystemDb | TenantDb, who: { scopeKey: string; orgId: string | null },
  input: z.output<I>, contextOf: (base: BaseContext) => ContextOf[S],
): Promise<z.output<O>> => {
  let emitted = 0
  let compared = false
  const base: BaseContext = {
    actor: meta.actor, brand: meta.brand, requestId: meta.requestId, meta, now: runtime().clock.now(),
    emit: async (type, subject, data, orgId) => {
      emitted += 1
      await recordEvent(db, { orgId: orgId ?? who.orgId, type, subject, actor: meta.actor, requestId: meta.requestId, from: meta, ...(data ? { data } : {}) })
    },
    enqueue: (job, payload, options) => enqueue(db, job, payload, options),
    expectVersion: (version) => {
      compared = true
      requireVersion(meta.precondition, version)
    },
  }
  const act = async (): Promise<z.output<O>> => {
    const output = operation.output.parse(await operation.run(contextOf(base), input))
    if (operation.ifMatch && !compared) throw new Error(`${operation.name} declares ifMatch and compares nothing`)
    if (operation.kind === 'command' && emitted === 0 && !operation.quiet && runtime().env.SHELLWEGO_MODE === 'sandbox') {
      throw new Error(`${operation.name} changed something and told nobody: emit an event or declare quiet`)
    }
    return output
  }
  if (!keepsAnswer(operation) || meta.idempotencyKey === null) return act()
  const { response, replayed } = await once(db, { scope: `${who.orgId ?? 'account'}:${who.scopeKey}:${operation.name}`, key: meta.idempotencyKey, request: input }, act)
  if (meta.told && replayed) meta.told.replayed = true
  return response as z.output<O>
}

/** The schema's own faults first; then text that no column could hold. */
const decodeInput = <I extends z.ZodObject>(schema: I, raw: unknown): z.output<I> => {
  const parsed = schema.safeParse(raw)
  if (!parsed.success) throw fromZod(parsed.error)
  const errors = unstorable(raw)
  if (errors.length > 0) throw new DomainError('invalid_request', errors.map((e) => `${e.pointer}: ${e.message}`).join(' '), { errors })
  return parsed.data
}

const takeOrganization = (operation: { scope: Scope; input: z.ZodObject }, raw: unknown): { organizationId: string | null; rest: unknown } => {
  if (operation.scope !== 'org' || typeof raw !== 'object' || raw === null || 'organization_id' in operation.input.shape) return { organizationId: null, rest: raw ?? {} }
  const { organization_id: organizationId, ...rest } = raw as Record<string, unknown>
  if (organizationId !== undefined && (typeof organizationId !== 'string' || !isStorable(organizationId))) {
    throw new DomainError('invalid_request', 'organization_id must be text.', { errors: [{ pointer: '/organization_id', code: 'invalid_type', message: 'Must be text.' }] })
  }
  return { organizationId: organizationId ?? null, rest }
}

import { KEPT_VERSIONS, MAX_SECRETS, MAX_SECRETS_BYTES, secretBytes } from '../../contract/secret.ts'
import type { OrgContext } from '../../core/context.ts'
import { violatedUnique } from '../../core/db.ts'
import { DomainError, ruleViolated } from '../../core/error.ts'
import { newId } from '../../core/id.ts'
import { runtime } from '../../core/runtime.ts'
import { placeOf } from './place.ts'

export type SecretsContext = Pick<OrgContext, 'db' | 'orgId' | 'userId' | 'emit' | 'now'>

export interface NewValue {
  appId: string | null
  name: string
  value: string
  /** Undefined keeps what it has. */
  expiresAt?: Date | null | undefined
}

interface Known { id: string; version: number }
interface Demands {
  mustBeNew?: boolean
  /** Told under the lock what is there now. */
  present?(row: Known & { expiresAt: Date | null } | null): void
}

/** Writes of one scope come one after the other, so that its limits hold and no version is lost. */
export const lockScope = (ctx: SecretsContext, appId: string | null) =>
  ctx.db.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`secrets ${ctx.orgId} ${appId ?? ''}`}, 0))`

export const refusePast = (now: Date, expiresAt: Date | null | undefined): void => {
  if (expiresAt && expiresAt <= now) throw ruleViolated('/expires_at', 'past', 'Choose a time in the future.')
}

const nameTaken = (name: string): DomainError => new DomainError('name_taken', `There is a secret ${name} already. Set a new version of it instead.`,
  { errors: [{ pointer: '/name', code: 'taken', message: `There is a secret ${name} already.` }] })

/** A plain setting of that name would hide behind the secret. */
const refusePlainTwin = async (ctx: SecretsContext, { appId, name }: NewValue): Promise<void> => {
  if (!appId) return
  const app = await ctx.db.app.findFirst({ where: { id: appId }, select: { env: true } })
  const twin = (app?.env as Record<string, { value?: string }> | undefined)?.[name]
  if (twin?.value !== undefined) {
    throw new DomainError('name_taken', `${name} is a plain variable of this app. Remove it from its environment first.`,
      { errors: [{ pointer: '/name', code: 'taken', message: `${name} is a plain variable of this app.` }] })
  }
}

/** Ciphertext is a third longer than its text; that is near enough for a limit. */
const refuseTooMuch = async (ctx: SecretsContext, { appId, name, value }: NewValue, isNew: boolean): Promise<void> => {
  const others = { appId, deletedAt: null, name: { not: name } }
  if (isNew && await ctx.db.secret.count({ where: others }) >= MAX_SECRETS) {
    throw new DomainError('quota_exceeded', `${appId ? 'An app' : 'An organization'} may have at most ${MAX_SECRETS} secrets. Delete some first.`)
  }
  const [row] = await ctx.db.$queryRaw<{ bytes: number }[]>`
    SELECT coalesce(sum(length(v.ciphertext)), 0)::int AS bytes FROM secret s
      JOIN secret_version v ON v.org_id = s.org_id AND v.secret_id = s.id AND v.version = s.version
    WHERE s.org_id = ${ctx.orgId} AND s.app_id IS NOT DISTINCT FROM ${appId}::text AND s.deleted_at IS NULL AND s.name <> ${name}`
  if ((row?.bytes ?? 0) * 0.75 + secretBytes(value) > MAX_SECRETS_BYTES) {
    throw ruleViolated('/value', 'too_big', `All secrets of ${appId ? 'an app' : 'an organization'} may hold at most 512 KB together.`)
  }
}

const insertVersion = async (ctx: SecretsContext, { appId, name, value }: NewValue, secretId: string, version: number): Promise<void> => {
  const { text, keyId } = await runtime().keys.seal(ctx.orgId, value, placeOf({ orgId: ctx.orgId, appId, secretId, name, version }))
  await ctx.db.secretVersion.create({ data: { orgId: ctx.orgId, secretId, version, ciphertext: text, keyId, createdBy: ctx.userId } })
}

const insertSecret = async (ctx: SecretsContext, input: NewValue): Promise<Known> => {
  const id = newId('secret')
  try {
    await ctx.db.secret.create({
      data: { id, orgId: ctx.orgId, appId: input.appId, name: input.name, expiresAt: input.expiresAt ?? null, createdBy: ctx.userId },
    })
  } catch (error) {
    throw violatedUnique(error) ? nameTaken(input.name) : error
  }
  await insertVersion(ctx, input, id, 1)
  return { id, version: 1 }
}

const addVersion = async (ctx: SecretsContext, input: NewValue, { id, version }: Known): Promise<Known> => {
  const next = version + 1
  await insertVersion(ctx, input, id, next)
  await ctx.db.secret.update({
    where: { id }, data: { version: next, ...(input.expiresAt === undefined ? {} : { expiresAt: input.expiresAt, notice: null }) },
  })
  return { id, version: next }
}

/** The one way a value comes in: a new secret, or the next version of the one of that name. */
export const setSecret = async (ctx: SecretsContext, input: NewValue, options: Demands = {}): Promise<Known & { created: boolean }> => {
  refusePast(ctx.now, input.expiresAt)
  await lockScope(ctx, input.appId)
  const where = { appId: input.appId, name: input.name, deletedAt: null }
  const known = await ctx.db.secret.findFirst({ where, select: { id: true, version: true, expiresAt: true } })
  options.present?.(known)
  if (known && options.mustBeNew) throw nameTaken(input.name)
  await refusePlainTwin(ctx, input)
  await refuseTooMuch(ctx, input, !known)
  const set = known ? await addVersion(ctx, input, known) : await insertSecret(ctx, input)
  await ctx.emit(known ? 'secret.rotated' : 'secret.created', { type: 'secret', id: set.id }, { name: input.name, version: set.version, app_id: input.appId })
  return { ...set, created: !known }
}

/** Versions beyond the newest ten are not offered for a rollback any more. */
export const oldestOffered = (version: number): number => Math.max(1, version - KEPT_VERSIONS + 1)

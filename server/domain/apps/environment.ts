import type { z } from 'zod'
import type { App, EnvPatch } from '../../contract/app.ts'
import type { OrgContext } from '../../core/context.ts'
import { DomainError } from '../../core/error.ts'
import { deleteSecretsOf, missingSecrets, setSecret } from '../secrets/index.ts'

/** Plain settings, and names of secrets whose value comes in when an instance is made; the app's own secrets are not listed. */
export type StoredEnv = Record<string, { value: string } | { from: string }>
/** `referred`: variables that now take a secret of the organization and did not before. */
export interface EnvChange { env: StoredEnv; secrets: { name: string; value: string }[]; removed: string[]; referred: string[] }

/** Adds and replaces what is named; null removes. A value marked secret becomes a secret of the app. */
export const changeEnv = (current: StoredEnv, patch: z.output<typeof EnvPatch>): EnvChange => {
  const env = new Map(Object.entries(current))
  const change: Omit<EnvChange, 'env'> = { secrets: [], removed: [], referred: [] }
  for (const [name, v] of Object.entries(patch)) {
    const before = current[name]
    env.delete(name)
    if (v === null) change.removed.push(name)
    else if (typeof v === 'string') env.set(name, { value: v })
    else if ('from_secret' in v) {
      env.set(name, { from: v.from_secret })
      if (!before || !('from' in before) || before.from !== v.from_secret) change.referred.push(name)
    }
    else if (v.secret) change.secrets.push({ name, value: v.value })
    else env.set(name, { value: v.value })
  }
  return { env: Object.fromEntries(env), ...change }
}

const fault = (name: string, code: string, message: string) => ({ pointer: `/env/${name}`, code, message })

/** A plain setting cannot take the place of a secret: it would lose its versions unseen. */
export const refuseTwins = (secretNames: readonly string[], patch: z.output<typeof EnvPatch>): void => {
  const errors = Object.entries(patch)
    .filter(([name, v]) => secretNames.includes(name) && v !== null && (typeof v === 'string' || ('value' in v && !v.secret)))
    .map(([name]) => fault(name, 'taken', `${name} is a secret of this app. Delete the secret first.`))
  if (errors.length > 0) throw new DomainError('name_taken', errors.map((e) => e.message).join(' '), { errors })
}

/** After the app's row holds the new environment: sets and deletes its secrets, and checks that every reference leads somewhere. */
export const applySecrets = async (ctx: OrgContext, app: { id: string; orgId: string }, { env, secrets, removed, referred }: EnvChange): Promise<void> => {
  refuseReferences(ctx, referred)
  if (secrets.length > 0 && !ctx.may('secrets:write', app.id)) {
    throw new DomainError('forbidden', 'You may change this app, but not its secrets. Ask for secrets:write.')
  }
  for (const { name, value } of secrets) {
    try {
      await setSecret(ctx, { appId: app.id, name, value })
    } catch (error) {
      throw atVariable(error, name)
    }
  }
  if (removed.length > 0 && ctx.may('secrets:write', app.id)) await deleteSecretsOf(ctx, app.id, removed)
  const missing = await missingSecrets(ctx.db, app.orgId, { id: app.id, env })
  if (missing.length > 0) {
    const errors = missing.map(({ name, from }) => ({ ...fault(name, 'unknown_secret', `There is no secret ${from}. Create it first.`), pointer: `/env/${name}/from_secret` }))
    throw new DomainError('rule_violated', errors.map((e) => e.message).join(' '), { errors })
  }
}

/** Whoever runs an app can make it print what it is given: who may not see the organization's secrets may not hand them to one app. */
export const refuseReferences = (ctx: OrgContext, names: readonly string[]): void => {
  if (names.length === 0 || ctx.may('secrets:read')) return
  const message = 'Only who may read the secrets of the whole organization may give one to an app. Ask an admin to do it.'
  throw new DomainError('forbidden', message, { errors: names.map((name) => ({ ...fault(name, 'forbidden', message), pointer: `/env/${name}/from_secret` })) })
}

const atVariable = (error: unknown, name: string): unknown =>
  error instanceof DomainError && error.errors.length > 0
    ? new DomainError(error.code, error.message, { errors: error.errors.map((e) => ({ ...e, pointer: `/env/${name}${e.pointer === '/value' ? '/value' : ''}` })), cause: error })
    : error

interface PublicValue { value: string | null; secret: boolean; from_secret?: string }
/** What may leave by an API: secrets by name only. */
export const publicEnv = (env: StoredEnv, secretNames: readonly string[]): z.input<typeof App>['env'] => Object.fromEntries<PublicValue>([
  ...secretNames.map((name) => [name, { value: null, secret: true }] as const),
  ...Object.entries(env).map(([name, v]) => [name, 'from' in v ? { value: null, secret: true, from_secret: v.from } : { value: v.value, secret: false }] as const),
])

/** Plain settings alone; what is secret comes apart. */
export const plainEnv = (env: StoredEnv): Record<string, string> =>
  Object.fromEntries(Object.entries(env).flatMap(([name, v]) => ('value' in v ? [[name, v.value] as const] : [])))

import { readDotenv } from '../../contract/dotenv.ts'
import type { FieldProblem } from '../../contract/problem.ts'
import {
  CreateSecret, ImportedSecrets, ImportSecrets, MAX_SECRETS, RotateSecret, Secret, SecretName, SecretValue, SetAppSecret, UpdateSecret,
} from '../../contract/secret.ts'
import type { OrgContext } from '../../core/context.ts'
import { DomainError, ruleViolated } from '../../core/error.ts'
import { etagOf } from '../../core/etag.ts'
import { command } from '../../core/operation.ts'
import { askRollout, warmKeys } from './rollout.ts'
import { lockScope, refusePast, setSecret } from './set-secret.ts'
import { loadAppId, loadSecret, secretVersion, wireSecret } from './wire.ts'

const instantOf = (text: string | null | undefined): Date | null | undefined => (typeof text === 'string' ? new Date(text) : text)

export const createSecret = command({
  name: 'secrets.create', summary: 'Keep a secret for one app, or for every app that refers to it', scope: 'org', permission: 'secrets:write',
  input: CreateSecret, output: Secret, before: warmKeys,
  rest: { method: 'POST', path: '/secrets', status: 201, tag: 'Secrets' },
  run: async (ctx, input) => {
    if (input.scope === 'app' && !input.app_id) throw ruleViolated('/app_id', 'required', 'Say which app.')
    if (input.scope === 'organization' && input.app_id) throw ruleViolated('/app_id', 'not_allowed', 'A secret of the organization belongs to no app.')
    const appId = input.app_id ? await loadAppId(ctx, input.app_id) : null
    const { id } = await setSecret(ctx, { appId, name: input.name, value: input.value, expiresAt: instantOf(input.expires_at) }, { mustBeNew: true })
    if (input.redeploy) await askRollout(ctx, [id])
    return wireSecret(ctx, id)
  },
})

export const setAppSecret = command({
  name: 'secrets.set', summary: 'Set a secret of an app: the next version of the one there is, or with If-Match "new" one there is not yet', scope: 'org', permission: 'secrets:write',
  input: SetAppSecret, output: Secret, before: warmKeys,
  rest: { method: 'PUT', path: '/apps/{app_id}/secrets/{name}', tag: 'Secrets' }, ifMatch: true, etag: etagOf,
  run: async (ctx, input) => {
    const appId = await loadAppId(ctx, input.app_id)
    const { id } = await setSecret(ctx, { appId, name: input.name, value: input.value, expiresAt: instantOf(input.expires_at) },
      { present: (known) => ctx.expectVersion(known ? secretVersion(known) : 'new') })
    if (input.redeploy) await askRollout(ctx, [id])
    return wireSecret(ctx, id)
  },
})

export const rotateSecret = command({
  name: 'secrets.rotate', summary: 'Give a secret a new value as its next version', scope: 'org', permission: 'secrets:write',
  input: RotateSecret, output: Secret, before: warmKeys,
  rest: { method: 'POST', path: '/secrets/{secret_id}/versions', status: 201, tag: 'Secrets' },
  run: async (ctx, input) => {
    const { appId, name } = await loadSecret(ctx, input.secret_id)
    const { id } = await setSecret(ctx, { appId, name, value: input.value, expiresAt: instantOf(input.expires_at) })
    if (input.redeploy) await askRollout(ctx, [id])
    return wireSecret(ctx, id)
  },
})

export const updateSecret = command({
  name: 'secrets.update', summary: 'Change when a secret expires', scope: 'org', permission: 'secrets:write',
  input: UpdateSecret, output: Secret,
  rest: { method: 'PATCH', path: '/secrets/{secret_id}', tag: 'Secrets' }, ifMatch: true, etag: etagOf,
  run: async (ctx, input) => {
    await lockScope(ctx, (await loadSecret(ctx, input.secret_id)).appId)
    const present = await loadSecret(ctx, input.secret_id)
    ctx.expectVersion(secretVersion(present))
    const { id, name, appId } = present
    const expiresAt = input.expires_at === null ? null : new Date(input.expires_at)
    refusePast(ctx.now, expiresAt)
    await ctx.db.secret.update({ where: { id }, data: { expiresAt, notice: null } })
    await ctx.emit('secret.updated', { type: 'secret', id }, { name, app_id: appId, expires_at: input.expires_at })
    return wireSecret(ctx, id)
  },
})

const MAX_LINES = 10_000

/** Every fault of the text at once, by line or by name; never a value. */
const readImport = (text: string): { name: string; value: string }[] => {
  if (text.split('\n', MAX_LINES + 1).length > MAX_LINES) throw ruleViolated('/text', 'too_many', `Paste at most ${MAX_LINES} lines.`)
  const { entries, badLines } = readDotenv(text)
  const fault = (code: string, message: string): FieldProblem => ({ pointer: '/text', code, message })
  const faults = [
    ...badLines.slice(0, 20).map((line) => fault('bad_line', `Line ${line} is not NAME=value.`)),
    ...entries.flatMap(({ name, value }) => [...SecretName.safeParse(name).error?.issues ?? [], ...SecretValue.safeParse(value).error?.issues ?? []]
      .map((issue) => fault('invalid_value', `${name}: ${issue.message}`))).slice(0, 100),
    ...(entries.length === 0 && badLines.length === 0 ? [fault('empty', 'Paste lines like NAME=value.')] : []),
    ...(entries.length > MAX_SECRETS ? [fault('too_many', `At most ${MAX_SECRETS} secrets.`)] : []),
  ]
  if (faults.length > 0) throw new DomainError('rule_violated', faults.map((f) => f.message).join(' '), { errors: faults })
  return entries
}

/** Names its line in the pasted text, whatever field a single secret would blame. */
const setOne = (ctx: OrgContext, appId: string | null, entry: { name: string; value: string }) =>
  setSecret(ctx, { appId, ...entry }).catch((error: unknown) => {
    if (!(error instanceof DomainError) || error.errors.length === 0) throw error
    throw new DomainError(error.code, `${entry.name}: ${error.message}`, { errors: error.errors.map((e) => ({ ...e, pointer: '/text', message: `${entry.name}: ${e.message}` })), cause: error })
  })

export const importSecrets = command({
  name: 'secrets.import', summary: 'Set many secrets from the lines of a .env file: all of them, or none', scope: 'org', permission: 'secrets:write',
  input: ImportSecrets, output: ImportedSecrets, before: warmKeys,
  rest: { method: 'POST', path: '/secrets/import', tag: 'Secrets' },
  run: async (ctx, input) => {
    const entries = readImport(input.text)
    const appId = input.app_id ? await loadAppId(ctx, input.app_id) : null
    const done: { id: string; name: string; created: boolean }[] = []
    for (const entry of entries) done.push({ name: entry.name, ...await setOne(ctx, appId, entry) })
    if (input.redeploy) await askRollout(ctx, done.map((d) => d.id))
    return { created: done.filter((d) => d.created).map((d) => d.name), rotated: done.filter((d) => !d.created).map((d) => d.name) }
  },
})

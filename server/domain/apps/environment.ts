import type { z } from 'zod'
import type { EnvInput, EnvPatch } from '../../contract/app.ts'
import { seal, unseal } from '../../core/crypto.ts'

/** As stored: the value of a secret is ciphertext bound to organization, app and name. */
export type StoredEnv = Record<string, { value: string; secret: boolean }>
export interface EnvPlace { orgId: string; appId: string }

const aad = (place: EnvPlace, name: string): string => `env/${place.orgId}/${place.appId}/${name}`

export const storeEnv = (key: Buffer, place: EnvPlace, input: z.output<typeof EnvInput>): StoredEnv =>
  Object.fromEntries(Object.entries(input).map(([name, v]) => [name, storeValue(key, place, name, v)]))

const storeValue = (key: Buffer, place: EnvPlace, name: string, v: string | { value: string; secret: boolean }): StoredEnv[string] => {
  if (typeof v === 'string') return { value: v, secret: false }
  return v.secret ? { value: seal(key, v.value, aad(place, name)), secret: true } : { value: v.value, secret: false }
}

/** Adds and replaces what is named; null removes. */
export const patchEnv = (key: Buffer, place: EnvPlace, current: StoredEnv, patch: z.output<typeof EnvPatch>): StoredEnv => {
  const next = { ...current }
  for (const [name, value] of Object.entries(patch)) {
    if (value === null) delete next[name]
    else next[name] = storeValue(key, place, name, value)
  }
  return next
}

/** What may leave by an API: secrets by name only. */
export const publicEnv = (env: StoredEnv): Record<string, { value: string | null; secret: boolean }> =>
  Object.fromEntries(Object.entries(env).map(([name, v]) => [name, { value: v.secret ? null : v.value, secret: v.secret }]))

/** Plain settings and opened secrets, for the agent only. */
export const openEnv = (key: Buffer, place: EnvPlace, env: StoredEnv): { plain: Record<string, string>; secrets: Record<string, string> } => {
  const of = (secret: boolean) => Object.entries(env).filter(([, v]) => v.secret === secret)
  return {
    plain: Object.fromEntries(of(false).map(([name, v]) => [name, v.value])),
    secrets: Object.fromEntries(of(true).map(([name, v]) => [name, unseal(key, v.value, aad(place, name))])),
  }
}

import { z } from 'zod'
import { Unreadable } from '../../../core/envelope.ts'
import { notFound } from '../../../core/error.ts'
import { recordEvent } from '../../../core/event.ts'
import { defineJob } from '../../../core/job.ts'
import { log } from '../../../core/log.ts'
import { command } from '../../../core/operation.ts'
import { runtime } from '../../../core/runtime.ts'
import { sealedObjectPlace } from '../../nodes/index.ts'
import { backupKeysPlace, backupSecretPlace, placeOf, volumeKeyPlace } from '../place.ts'

const ACTOR = { type: 'job', name: 'keys.replace_data_key' } as const
const BATCH = 100

interface SealedRow { text: string; place: string; update: { sql: string; values: unknown[] } }

const VERSIONS = `SELECT v.org_id, v.secret_id, v.version, v.ciphertext, s.app_id, s.name FROM secret_version v
    JOIN secret s ON s.org_id = v.org_id AND s.id = v.secret_id JOIN data_key k ON k.id = v.key_id
  WHERE k.owner = $1 AND k.replaced_at IS NOT NULL AND (v.secret_id, v.version) > ($2, $3) ORDER BY v.secret_id, v.version LIMIT ${BATCH}`
const OBJECTS = `SELECT n.node_id, n.kind, n.id, n.sealed_secrets FROM node_object n JOIN data_key k ON k.id = n.key_id
  WHERE k.owner = $1 AND k.replaced_at IS NOT NULL AND (n.node_id, n.kind, n.id) > ($2, $3, $4) ORDER BY n.node_id, n.kind, n.id LIMIT ${BATCH}`

/** Tables with one such text per row. */
const PLAIN_TABLES = [
  { table: 'volume', column: 'sealed_key', placeOf: volumeKeyPlace },
  { table: 'backup_set', column: 'sealed_keys', placeOf: backupKeysPlace },
  { table: 'backup_target', column: 'sealed_secret', placeOf: backupSecretPlace },
] as const
interface PlainRow { org_id: string; id: string; text: string }
interface VersionRow { org_id: string; secret_id: string; version: number; ciphertext: string; app_id: string | null; name: string }
interface ObjectRow { node_id: string; kind: string; id: string; sealed_secrets: string }

/** A text that was changed meanwhile is left to whoever changed it. */
const reseal = async (owner: string, { text, place, update }: SealedRow): Promise<void> => {
  const { keys, databases } = runtime()
  try {
    const fresh = await keys.seal(owner, await keys.open(owner, text, place), place)
    await databases.systemPool.query(update.sql, [fresh.text, fresh.keyId, text, ...update.values])
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error
    log.error({ owner, place, reason: error.message }, 'a secret cannot be decrypted, so it stays under its old key: restore its row from a backup')
  }
}

const resealVersions = async (owner: string): Promise<void> => {
  let last: [string, number] = ['', 0]
  for (;;) {
    const { rows } = await runtime().databases.systemPool.query<VersionRow>(VERSIONS, [owner, ...last])
    for (const r of rows) {
      await reseal(owner, {
        text: r.ciphertext, place: placeOf({ orgId: r.org_id, appId: r.app_id, secretId: r.secret_id, name: r.name, version: r.version }),
        update: { sql: 'UPDATE secret_version SET ciphertext = $1, key_id = $2 WHERE ciphertext = $3 AND org_id = $4 AND secret_id = $5 AND version = $6', values: [r.org_id, r.secret_id, r.version] },
      })
      last = [r.secret_id, r.version]
    }
    if (rows.length < BATCH) return
  }
}

const resealObjects = async (owner: string): Promise<void> => {
  let last: [string, string, string] = ['', '', '']
  for (;;) {
    const { rows } = await runtime().databases.systemPool.query<ObjectRow>(OBJECTS, [owner, ...last])
    for (const r of rows) {
      await reseal(owner, {
        text: r.sealed_secrets, place: sealedObjectPlace(r.node_id, r.id),
        update: { sql: 'UPDATE node_object SET sealed_secrets = $1, key_id = $2 WHERE sealed_secrets = $3 AND node_id = $4 AND kind = $5 AND id = $6', values: [r.node_id, r.kind, r.id] },
      })
      last = [r.node_id, r.kind, r.id]
    }
    if (rows.length < BATCH) return
  }
}

const resealTable = async (owner: string, { table, column, placeOf: place }: (typeof PLAIN_TABLES)[number]): Promise<void> => {
  let last = ''
  for (;;) {
    const { rows } = await runtime().databases.systemPool.query<PlainRow>(
      `SELECT v.org_id, v.id, v.${column} AS text FROM ${table} v JOIN data_key k ON k.id = v.key_id
        WHERE k.owner = $1 AND k.replaced_at IS NOT NULL AND v.id > $2 ORDER BY v.id LIMIT ${BATCH}`, [owner, last])
    for (const r of rows) {
      await reseal(owner, {
        text: r.text, place: place(r.org_id, r.id), update: { sql: `UPDATE ${table} SET ${column} = $1, key_id = $2 WHERE ${column} = $3 AND id = $4`, values: [r.id] },
      })
      last = r.id
    }
    if (rows.length < BATCH) return
  }
}

const newestOf = async (owner: string): Promise<string | null> =>
  (await runtime().databases.systemPool.query<{ id: string }>('SELECT id FROM data_key WHERE owner = $1 AND replaced_at IS NULL', [owner])).rows[0]?.id ?? null

/** Run twice it replaces once: `before` is the key that was to go. */
export const replaceDataKeyJob = defineJob({
  name: 'keys.replace_data_key',
  payload: z.object({ org_id: z.string(), before: z.string().nullable() }),
  run: async ({ org_id: orgId, before }) => {
    if (await newestOf(orgId) === before) await runtime().keys.replace(orgId)
    await resealVersions(orgId)
    await resealObjects(orgId)
    for (const table of PLAIN_TABLES) await resealTable(orgId, table)
    await runtime().databases.asSystem('job', (db) =>
      recordEvent(db, { orgId, type: 'keys.data_key_replaced', subject: { type: 'organization', id: orgId }, actor: ACTOR, requestId: null }))
  },
})

export const replaceDataKey = command({
  name: 'keys.replace_data_key', summary: 'Give an organization a new data key and encrypt its secrets again', scope: 'staff', sensitive: true,
  input: z.strictObject({ organization_id: z.string().max(60) }), output: z.object({ ok: z.literal(true) }),
  rest: { method: 'POST', path: '/admin/keys/organizations/{organization_id}', status: 202, tag: 'Operator' },
  run: async (ctx, { organization_id: orgId }) => {
    if (!(await ctx.db.organization.findFirst({ where: { id: orgId, deletedAt: null }, select: { id: true } }))) throw notFound('organization')
    const newest = await ctx.db.dataKey.findFirst({ where: { owner: orgId, replacedAt: null }, select: { id: true } })
    await ctx.enqueue(replaceDataKeyJob, { org_id: orgId, before: newest?.id ?? null }, { key: `keys.replace:${orgId}` })
    await ctx.emit('keys.data_key_replacement_asked', { type: 'organization', id: orgId }, {}, orgId)
    return { ok: true as const }
  },
})

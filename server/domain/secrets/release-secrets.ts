import type { SystemDb, TenantDb } from '../../core/db.ts'
import { Unreadable } from '../../core/envelope.ts'
import { DomainError } from '../../core/error.ts'
import { log } from '../../core/log.ts'
import { runtime } from '../../core/runtime.ts'
import { placeOf } from './place.ts'
import { resolveDeliveries } from './resolve.ts'

/** Freezes which version of which secret a release gets: its instances all hold the same, whatever is set later. */
export const freezeSecrets = async (db: SystemDb | TenantDb, release: { id: string; orgId: string; appId: string }, env: unknown): Promise<void> => {
  const deliveries = (await resolveDeliveries(db, release.orgId, [{ id: release.appId, env }])).get(release.appId) ?? []
  if (deliveries.length === 0) return
  await db.releaseSecret.createMany({ data: deliveries.map((d) => ({ orgId: release.orgId, releaseId: release.id, ...d })) })
}

interface HeldRow { name: string; secret_id: string; secret_name: string; app_id: string | null; version: number; ciphertext: string }

const heldBy = async (orgId: string, releaseId: string): Promise<HeldRow[]> =>
  (await runtime().databases.systemPool.query<HeldRow>({
    name: 'release-secrets',
    text: `SELECT r.name, r.secret_id, s.name AS secret_name, s.app_id, r.version, v.ciphertext FROM release_secret r
        JOIN secret s ON s.org_id = r.org_id AND s.id = r.secret_id
        JOIN secret_version v ON v.org_id = r.org_id AND v.secret_id = r.secret_id AND v.version = r.version
      WHERE r.org_id = $1 AND r.release_id = $2 ORDER BY r.name`,
    values: [orgId, releaseId],
  })).rows

const openOne = async (orgId: string, row: HeldRow): Promise<string> => {
  try {
    return await runtime().keys.open(orgId, row.ciphertext,
      placeOf({ orgId, appId: row.app_id, secretId: row.secret_id, name: row.secret_name, version: row.version }))
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error
    log.error({ orgId, secretId: row.secret_id, name: row.secret_name, version: row.version, reason: error.message },
      'a secret cannot be decrypted: its row was damaged or moved. Restore secret_version from a backup, or ask the owner to set the secret again')
    throw new DomainError('secret_unreadable', `Version ${row.version} of the secret ${row.secret_name} cannot be decrypted. Set it again, then redeploy.`, { cause: error })
  }
}

/** For the agent only. Rejects with `secret_unreadable`, or `unavailable` while the key provider is silent. */
export const openReleaseSecrets = async (orgId: string, releaseId: string): Promise<Record<string, string>> => {
  const rows = await heldBy(orgId, releaseId)
  return Object.fromEntries(await Promise.all(rows.map(async (row) => [row.name, await openOne(orgId, row)] as const)))
}

/** What of it can be read, to find it in what the app writes; a damaged one was reported when it was to be delivered. */
export const readableSecrets = async (orgId: string, releaseId: string): Promise<string[]> => {
  const values: string[] = []
  for (const row of await heldBy(orgId, releaseId)) {
    try {
      values.push(await openOne(orgId, row))
    } catch (error) {
      if (!(error instanceof DomainError && error.code === 'secret_unreadable')) throw error
    }
  }
  return values
}

/** Handed to an instance just now. */
export const markDelivered = async (db: SystemDb, orgId: string, releaseId: string): Promise<void> => {
  await db.$executeRaw`UPDATE secret SET last_used_at = now() WHERE org_id = ${orgId}
    AND id IN (SELECT secret_id FROM release_secret WHERE org_id = ${orgId} AND release_id = ${releaseId})`
}

import { z } from 'zod'
import { INSTALL_STATES, InstallStep, type Install } from '../../contract/install.ts'
import { toInstant, toInstantOrNull } from '../../contract/time.ts'
import type { TenantDb } from '../../core/db.ts'
import { notFound } from '../../core/error.ts'
import { originOf } from '../branding/index.ts'

interface Row {
  id: string; manifestId: string; version: string; name: string; state: string; services: unknown; errorDetail: string | null;
    createdAt: Date; finishedAt: Date | null
}

export const stepsOf = (row: { services: unknown }): InstallStep[] => z.array(InstallStep).parse(row.services)

export const toInstall = (row: Row, hostname: string | null): Install => ({
  id: row.id, catalog_id: row.manifestId, version: row.version, name: row.name, state: INSTALL_STATES.find((s) => s === row.state) ?? 'failed',
  steps: stepsOf(row), url: hostname ? originOf(hostname) : null, error_detail: row.errorDetail, created_at: toInstant(row.createdAt),
  finished_at: toInstantOrNull(row.finishedAt),
})

export const wireInstall = async (db: TenantDb, id: string): Promise<Install> => {
  const row = await db.catalogInstall.findFirst({ where: { id } })
  if (!row) throw notFound('install')
  return toInstall(row, (await hostnamesOf(db, [row])).get(id) ?? null)
}

/** A host name of each install, by its id. */
export const hostnamesOf = async (db: TenantDb, rows: readonly { id: string; services: unknown }[]): Promise<Map<string, string>> => {
  const installOf = new Map(rows.flatMap((row) => stepsOf(row).map((s) => [s.app_id, row.id] as const)))
  const found = await db.hostname.findMany({ where: { appId: { in: [...installOf.keys()] }, releasedAt: null }, select: { hostname: true, appId: true } })
  return new Map(found.map((h) => [installOf.get(h.appId) ?? '', h.hostname]))
}

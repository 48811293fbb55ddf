import { z } from 'zod'
import { EXPIRY_NOTICE_DAYS } from '../../contract/secret.ts'
import type { SystemDb } from '../../core/db.ts'
import { recordEvent } from '../../core/event.ts'
import { defineJob } from '../../core/job.ts'
import { runtime } from '../../core/runtime.ts'
import { consoleOrigin, queueMail } from '../mail/index.ts'

const ACTOR = { type: 'job', name: 'secrets.warn_expiring' } as const
const DAY_MS = 86_400_000

interface DueRow {
  id: string; org_id: string; app_id: string | null; name: string; version: number; expires_at: Date; notice: string | null
  brand_id: string; organization: string; slug: string; app_name: string | null
}

const DUE = `SELECT s.id, s.org_id, s.app_id, s.name, s.version, s.expires_at, s.notice, o.brand_id, o.name AS organization, o.slug, a.name AS app_name
  FROM secret s JOIN organization o ON o.id = s.org_id LEFT JOIN app a ON a.org_id = s.org_id AND a.id = s.app_id
  WHERE s.deleted_at IS NULL AND o.deleted_at IS NULL AND a.deleted_at IS NULL
    AND ((s.expires_at <= $1 AND s.notice IS DISTINCT FROM 'expired') OR (s.expires_at <= $2 AND s.notice IS NULL)) ORDER BY s.expires_at LIMIT 500`

/** Those who may change it everywhere. */
const readers = async (db: SystemDb, orgId: string): Promise<string[]> =>
  (await db.membership.findMany({ where: { orgId, role: { in: ['owner', 'admin'] }, suspendedAt: null }, select: { user: { select: { email: true } } } })).map((m) => m.user.email)

const warn = (row: DueRow, now: Date): Promise<void> => runtime().databases.asSystem('job', async (db) => {
  const notice = row.expires_at <= now ? 'expired' : 'expiring'
  const { count } = await db.secret.updateMany({ where: { id: row.id, notice: row.notice, expiresAt: row.expires_at }, data: { notice } })
  if (count === 0) return
  await recordEvent(db, {
    orgId: row.org_id, type: `secret.${notice}`, subject: { type: 'secret', id: row.id }, actor: ACTOR, requestId: null,
    data: { name: row.name, app_id: row.app_id, expires_at: row.expires_at.toISOString() },
  })
  const origin = await consoleOrigin(db, row.brand_id)
  const url = row.app_name ? `${origin}/${row.slug}/apps/${row.app_name}/settings` : `${origin}/${row.slug}/settings/secrets`
  for (const to of await readers(db, row.org_id)) {
    await queueMail(db, {
      brandId: row.brand_id, to, template: 'secret-expiring', dedupeKey: `secret-${notice}:${row.id}:${row.expires_at.toISOString()}:${to}`,
      props: { organization: row.organization, name: row.name, app: row.app_name ?? '', expires_on: row.expires_at.toISOString().slice(0, 10), state: notice, url },
    })
  }
})

/** Business time. One notice a week before, one on the day; a new expiry begins again. */
export const warnExpiring = defineJob({
  name: 'secrets.warn_expiring',
  payload: z.object({}),
  run: async () => {
    const now = runtime().clock.now()
    const { rows } = await runtime().databases.systemPool.query<DueRow>(DUE, [now, new Date(now.getTime() + EXPIRY_NOTICE_DAYS * DAY_MS)])
    for (const row of rows) await warn(row, now)
  },
})

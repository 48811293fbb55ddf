import type { LogDrain } from '../../../../prisma/generated/client.ts'
import type { SystemDb } from '../../../core/db.ts'
import { recordEvent } from '../../../core/event.ts'
import { runtime } from '../../../core/runtime.ts'
import { consoleOrigin, queueMail, type MailProps } from '../../mail/index.ts'
import type { Outcome } from './send.ts'

/** Then every half hour. */
const DELAYS_S = [5, 15, 60, 300, 900]
const LAST_DELAY_S = 1_800
const HOUR_MS = 3_600_000
const WARNED_AFTER_MS = HOUR_MS
const GIVEN_UP_AFTER_MS = 72 * HOUR_MS
const ACTOR = { type: 'job', name: 'logs.drain' } as const

/** How far an app's lines were taken. `outcome` null: there was nothing that fits. */
export const recordSuccess = async (drain: LogDrain, appId: string, upTo: bigint, outcome: Outcome | null): Promise<void> => {
  await runtime().databases.asSystem('job', async (db) => {
    // Deleted meanwhile: there is nobody left to note it for.
    if (await db.logDrain.count({ where: { id: drain.id } }) === 0) return
    const key = { orgId: drain.orgId, drainId: drain.id, appId }
    await db.logDrainPosition.upsert({ where: { orgId_drainId_appId: key }, create: { ...key, lastId: upTo }, update: { lastId: upTo } })
    if (outcome === null) return
    await db.logDrain.updateMany({
      where: { id: drain.id }, data: { failingSince: null, warnedAt: null, tries: 0, lastSentAt: new Date(), lastStatus: outcome.status, lastError: null },
    })
  })
}

export const recordFailure = async (drain: LogDrain, outcome: Outcome): Promise<void> => {
  const now = Date.now()
  const failingSince = drain.failingSince ?? new Date(now)
  const delayS = Math.max(DELAYS_S[drain.tries] ?? LAST_DELAY_S, outcome.retryAfterS) * (0.9 + 0.2 * Math.random())
  await runtime().databases.asSystem('job', async (db) => {
    const { count } = await db.logDrain.updateMany({
      where: { id: drain.id, enabled: true, version: drain.version },
      data: { failingSince, tries: { increment: 1 }, lastStatus: outcome.status, lastError: outcome.error, nextAttemptAt: new Date(now + delayS * 1000) },
    })
    if (count === 0) return
    const failingMs = now - failingSince.getTime()
    if (failingMs >= GIVEN_UP_AFTER_MS) await giveUp(db, drain)
    else if (failingMs >= WARNED_AFTER_MS && drain.warnedAt === null) await warn(db, drain)
  })
}

const warn = async (db: SystemDb, drain: LogDrain): Promise<void> => {
  await db.logDrain.update({ where: { id: drain.id }, data: { warnedAt: new Date() } })
  await tell(db, drain, 'failing')
}

const giveUp = async (db: SystemDb, drain: LogDrain): Promise<void> => {
  await db.logDrain.update({ where: { id: drain.id }, data: { enabled: false, disabledReason: 'failing', version: { increment: 1 } } })
  await tell(db, drain, 'disabled')
}

/** An event, and a mail to those who may change it: owners and admins. */
const tell = async (db: SystemDb, drain: LogDrain, trouble: MailProps['drain-trouble']['trouble']): Promise<void> => {
  const data = drain.appId === null ? {} : { app_id: drain.appId }
  await recordEvent(db, { orgId: drain.orgId, type: `log_drain.${trouble}`, subject: { type: 'log_drain', id: drain.id }, actor: ACTOR, requestId: null, data })
  const org = await db.organization.findUniqueOrThrow({ where: { id: drain.orgId }, select: { name: true, slug: true, brandId: true } })
  const members = await db.membership.findMany({
    where: { orgId: drain.orgId, role: { in: ['owner', 'admin'] }, suspendedAt: null, user: { emailVerifiedAt: { not: null } } },
    include: { user: { select: { email: true } } },
  })
  const url = `${await consoleOrigin(db, org.brandId)}/${org.slug}/settings/log-drains`
  for (const { userId, user } of members) {
    await queueMail(db, {
      brandId: org.brandId, to: user.email, template: 'drain-trouble', dedupeKey: `drain-trouble:${trouble}:${drain.id}:${drain.failingSince?.getTime() ?? 0}:${userId}`,
      props: { organization: org.name, drain: drain.name, address: drain.url, trouble, url },
    })
  }
}

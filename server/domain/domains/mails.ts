import type { SystemDb } from '../../core/db.ts'
import { consoleOrigin, queueMail, type MailProps } from '../mail/index.ts'
import { unicodeOf } from './rules/hostname.ts'

type Trouble = MailProps['domain-trouble']['trouble']

/** To those who may change it everywhere. One mail per trouble and day it began. */
export const mailAboutDomain = async (db: SystemDb, domainId: string, trouble: Trouble): Promise<void> => {
  const { app, ...domain } = await db.domain.findUniqueOrThrow({
    where: { id: domainId }, include: { app: { select: { org: { select: { id: true, name: true, slug: true, brandId: true } } } } },
  })
  const members = await db.membership.findMany({
    where: { orgId: app.org.id, role: { in: ['owner', 'admin'] }, suspendedAt: null, user: { emailVerifiedAt: { not: null } } }, include: { user: { select: { email: true } } },
  })
  const origin = await consoleOrigin(db, app.org.brandId)
  const began = (trouble.startsWith('certificate') ? domain.certificateUntil : domain.missingSince ?? domain.lostAt)?.toISOString() ?? ''
  for (const { userId, user } of members) {
    await queueMail(db, {
      brandId: app.org.brandId, to: user.email, template: 'domain-trouble', dedupeKey: `domain-trouble:${trouble}:${domain.id}:${began}:${userId}`,
      props: { organization: app.org.name, domain: unicodeOf(domain.hostname), trouble, url: `${origin}/${app.org.slug}/domains/${domain.id}` },
    })
  }
}

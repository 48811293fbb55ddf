import type { SystemDb } from '../../core/db.ts'
import { consoleOrigin, queueMail, type MailProps } from '../mail/index.ts'

type Trouble = MailProps['webhook-trouble']['trouble']

/** To those who may change it: owners and admins. */
export const mailAboutEndpoint = async (db: SystemDb, endpointId: string, trouble: Trouble): Promise<void> => {
  const { org, ...endpoint } = await db.webhookEndpoint.findUniqueOrThrow({
    where: { id: endpointId },
    select: { id: true, url: true, version: true, failingSince: true, org: { select: { id: true, name: true, slug: true, brandId: true } } },
  })
  const members = await db.membership.findMany({
    where: { orgId: org.id, role: { in: ['owner', 'admin'] }, suspendedAt: null, user: { emailVerifiedAt: { not: null } } },
    include: { user: { select: { email: true } } },
  })
  const origin = await consoleOrigin(db, org.brandId)
  for (const { userId, user } of members) {
    await queueMail(db, {
      brandId: org.brandId, to: user.email, template: 'webhook-trouble',
      dedupeKey: `webhook-trouble:${trouble}:${endpoint.id}:${endpoint.version}:${endpoint.failingSince?.getTime() ?? 0}:${userId}`,
      props: { organization: org.name, endpoint: endpoint.url, trouble, url: `${origin}/${org.slug}/settings/webhooks/${endpoint.id}` },
    })
  }
}

import type { SystemDb } from '../../../core/db.ts'
import { consoleOrigin, queueMail, type MailProps } from '../../mail/index.ts'

interface Trouble { id: string; volumeId: string; trouble: MailProps['backup-trouble']['trouble']; detail: string }

/** To those who may change it everywhere. One mail per backup or drill that failed. */
export const mailBackupTrouble = async (db: SystemDb, { id, volumeId, trouble, detail }: Trouble): Promise<void> => {
  const { orgId, name } = await db.volume.findUniqueOrThrow({ where: { id: volumeId }, select: { orgId: true, name: true } })
  const org = await db.organization.findUniqueOrThrow({ where: { id: orgId }, select: { name: true, slug: true, brandId: true } })
  const members = await db.membership.findMany({
    where: { orgId, role: { in: ['owner', 'admin'] }, suspendedAt: null, user: { emailVerifiedAt: { not: null } } }, include: { user: { select: { email: true } } },
  })
  const origin = await consoleOrigin(db, org.brandId)
  for (const { userId, user } of members) {
    await queueMail(db, {
      brandId: org.brandId, to: user.email, template: 'backup-trouble', dedupeKey: `backup-trouble:${id}:${userId}`,
      props: { organization: org.name, volume: name, trouble, detail, url: `${origin}/${org.slug}/volumes/${volumeId}` },
    })
  }
}

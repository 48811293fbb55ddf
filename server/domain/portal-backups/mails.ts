import type { SystemDb } from '../../core/db.ts'
import { consoleOrigin, queueMail, type MailProps } from '../mail/index.ts'

type Trouble = MailProps['portal-backup-trouble']['trouble']

/** To each operator, once for each `key`. */
export const mailOperators = async (db: SystemDb, { trouble, detail, key }: { trouble: Trouble; detail: string; key: string }): Promise<void> => {
  for (const user of await db.user.findMany({ where: { staff: true }, orderBy: { id: 'asc' } })) {
    await queueMail(db, {
      brandId: user.brandId, to: user.email, template: 'portal-backup-trouble', dedupeKey: `portal-backup-${trouble}:${key}:${user.id}`,
      props: { trouble, detail, url: `${await consoleOrigin(db, user.brandId)}/admin/backups` },
    })
  }
}

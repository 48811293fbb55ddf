import type { SystemDb, TenantDb } from '../../core/db.ts'
import { enqueue } from '../../core/job.ts'
import { sendMail } from './send-mail.ts'
import type { MailProps, MailTemplate } from './templates.ts'

export interface MailRequest<T extends MailTemplate> {
  brandId: string
  to: string
  template: T
  props: MailProps[T]
  /** One mail per key, however often it is asked for. */
  dedupeKey: string
}

/** Queues the mail in the caller's transaction: it leaves if and only if that commits. */
export const queueMail = async <T extends MailTemplate>(db: SystemDb | TenantDb, mail: MailRequest<T>): Promise<void> => {
  await enqueue(db, sendMail, {
    brand_id: mail.brandId, to: mail.to, template: mail.template, props: { ...mail.props }, dedupe_key: mail.dedupeKey,
  }, { key: `mail:${mail.dedupeKey}` })
}

import { z } from 'zod'
import type { SystemDb } from '../../core/db.ts'
import { newId } from '../../core/id.ts'
import { defineJob } from '../../core/job.ts'
import { runtime } from '../../core/runtime.ts'
import { consoleOrigin } from './console-origin.ts'
import { mailPorts, type MailBrand, type RenderedMail } from './ports.ts'
import { MAIL_TEMPLATES, type MailProps, type MailTemplate } from './templates.ts'

const Payload = z.object({
  brand_id: z.string(), to: z.string(), template: z.enum(MAIL_TEMPLATES), props: z.record(z.string(), z.string()), dedupe_key: z.string(),
})
type Payload = z.output<typeof Payload>

/** Renders, stores once per key, sends. The row keeps the key after sending; in production its text is then dropped. */
export const sendMail = defineJob({
  name: 'send-mail',
  payload: Payload,
  run: async (payload) => {
    const { databases, env } = runtime()
    const { transport } = mailPorts()
    const { known, brand } = await databases.asSystem('job', async (db) => (
      { known: await db.mail.findUnique({ where: { dedupeKey: payload.dedupe_key } }), brand: await brandOf(db, payload.brand_id) }))
    if (known?.sentAt) return
    // Without a transport it is where people read it as soon as it is stored.
    const mail = known ?? await store(payload, await render(payload, brand), transport ? null : new Date())
    if (mail.sentAt) return
    if (transport) {
      const host = brand.supportEmail.split('@')[1] ?? env.SHELLWEGO_DOMAIN
      await transport.send({
        to: mail.to, subject: mail.subject, text: mail.text, html: mail.html,
        from: { name: brand.name, address: brand.supportEmail }, messageId: `<${mail.id}@${host}>`,
      })
    }
    const drop = env.SHELLWEGO_MODE === 'production' ? { text: '', html: '' } : {}
    await databases.asSystem('job', (db) => db.mail.update({ where: { id: mail.id }, data: { sentAt: new Date(), ...drop } }))
  },
})

/** The props were checked by the type of queueMail; a job's payload only went through JSON. */
const render = (payload: Payload, brand: MailBrand): Promise<RenderedMail> =>
  mailPorts().render(payload.template, brand, payload.props as unknown as MailProps[MailTemplate])

const store = (payload: Payload, rendered: RenderedMail, sentAt: Date | null) =>
  runtime().databases.asSystem('job', async (db) => {
    await db.mail.createMany({
      data: { id: newId('mail'), brandId: payload.brand_id, to: payload.to, dedupeKey: payload.dedupe_key, sentAt, ...rendered }, skipDuplicates: true,
    })
    return db.mail.findUniqueOrThrow({ where: { dedupeKey: payload.dedupe_key } })
  })

const brandOf = async (db: SystemDb, brandId: string): Promise<MailBrand> => {
  const brand = await db.brand.findUniqueOrThrow({ where: { id: brandId } })
  return { name: brand.name, accent: brand.accent, logoUrl: brand.logoUrl, supportEmail: brand.supportEmail, origin: await consoleOrigin(db, brandId) }
}

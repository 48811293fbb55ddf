import { z } from 'zod'
import type { SystemDb } from '../../../core/db.ts'
import { defineJob } from '../../../core/job.ts'
import { runtime } from '../../../core/runtime.ts'
import { formatMoney } from '../../../contract/money.ts'
import { failureWords, methodName } from '../../../contract/payment-words.ts'
import { queueMail } from '../../mail/index.ts'
import { factsOf, methodsUrl, paymentOf, Subject } from './subject.ts'

const MONTHS = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December']
const BATCH = 200
const Settings = z.object({ auto_pay: z.boolean() })

const orgOf = (db: SystemDb, id: string) => db.organization.findUniqueOrThrow({ where: { id } })

/** Cards whose last month has begun, told once. Business time; a card is good until the end of that month. */
export const warnExpiringCards = defineJob({
  name: 'warn-expiring-cards',
  payload: z.unknown(),
  run: () => runtime().databases.asSystem('job', async (db) => {
    const now = runtime().clock.now()
    const [month, year] = [now.getUTCMonth() + 1, now.getUTCFullYear()]
    const methods = await db.paymentMethod.findMany({ where: { state: 'active', expMonth: month, expYear: year }, orderBy: { id: 'asc' }, take: BATCH * 10 })
    const told = await db.mail.findMany({ where: { dedupeKey: { in: methods.map(({ id }) => `card-expiring:${id}:${year}`) } }, select: { dedupeKey: true } })
    const known = new Set(told.map(({ dedupeKey }) => dedupeKey))
    for (const method of methods.filter(({ id }) => !known.has(`card-expiring:${id}:${year}`)).slice(0, BATCH)) {
      const org = await orgOf(db, method.orgId)
      if (org.deletedAt) continue
      await queueMail(db, {
        brandId: org.brandId, to: org.billingEmail, template: 'card-expiring', dedupeKey: `card-expiring:${method.id}:${year}`,
        props: { organization: org.name, method: methodName(method), expires: `${MONTHS[month - 1] ?? ''} ${year}`, auto_pay: org.autoPay && method.isDefault ? 'yes' : 'no', url: await methodsUrl(db, org) },
      })
    }
  }),
})

/** A payment that topped credit up. */
export const mailTopUp = defineJob({
  name: 'mail-credit-topped-up',
  payload: Subject,
  run: ({ subject_id: id }) => runtime().databases.asSystem('job', async (db) => {
    const payment = await paymentOf(db, id)
    if (payment?.reason !== 'top_up' || payment.state !== 'succeeded') return
    const { org } = payment
    await queueMail(db, {
      brandId: org.brandId, to: org.billingEmail, template: 'credit-topped-up', dedupeKey: `credit-topped-up:${id}`,
      props: { ...factsOf(payment), threshold: formatMoney(org.topUpBelow ?? 0n, org.currency), url: await methodsUrl(db, org) },
    })
  }),
})

type Org = Awaited<ReturnType<typeof orgOf>>
const mailOff = async (db: SystemDb, org: Org, { key, reason }: { key: string; reason: string }): Promise<void> => {
  await queueMail(db, {
    brandId: org.brandId, to: org.billingEmail, template: 'auto-pay-off', dedupeKey: `auto-pay-off:${key}`, props: { organization: org.name, reason, url: await methodsUrl(db, org) },
  })
}

/** A stored method cannot be charged any more, and no other takes its place: what was paid by itself no longer is. */
export const mailMethodLost = defineJob({
  name: 'mail-method-lost',
  payload: Subject,
  run: ({ subject_id: id }) => runtime().databases.asSystem('job', async (db) => {
    const method = await db.paymentMethod.findUnique({ where: { id } })
    if (!method || method.state === 'active') return
    const org = await orgOf(db, method.orgId)
    const another = await db.paymentMethod.count({ where: { orgId: org.id, state: 'active', isDefault: true } })
    if (org.deletedAt || another > 0 || (!org.autoPay && org.topUpBelow === null)) return
    const why = method.state === 'broken' ? `${methodName(method)} cannot be charged, because ${failureWords(method.failureCode).reason}` : `${methodName(method)} was removed`
    await mailOff(db, org, { key: `${id}:${method.updatedAt.getTime()}`, reason: why })
  }),
})

/** A person turned it off: whoever reads the mails of money should know. */
export const mailAutoPayOff = defineJob({
  name: 'mail-auto-pay-off',
  payload: Subject,
  run: ({ subject_id: orgId }) => runtime().databases.asSystem('job', async (db) => {
    const [last, before] = await db.event.findMany({ where: { orgId, type: 'organization.payment_settings_changed' }, orderBy: { seq: 'desc' }, take: 2 })
    const wasOn = Settings.safeParse(before?.data).data?.auto_pay ?? false
    const org = await orgOf(db, orgId)
    if (!last || org.autoPay || !wasOn || org.deletedAt) return
    await mailOff(db, org, { key: last.id, reason: 'somebody of your organization switched it off' })
  }),
})

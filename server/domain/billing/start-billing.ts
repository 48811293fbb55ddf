import { z } from 'zod'
import { defineJob } from '../../core/job.ts'
import { runtime } from '../../core/runtime.ts'
import { seedPriceLists } from './prices/seed-price-lists.ts'
import { recutFirstPeriod, startSubscription } from './subscription.ts'

const Subject = z.object({ subject_id: z.string(), org_id: z.string().nullable() })

/** A new organization is billed from its first moment. */
export const subscribeOrganization = defineJob({
  name: 'subscribe-organization',
  payload: Subject,
  run: async ({ subject_id: id }) => {
    await runtime().databases.asSystem('job', async (db) => {
      await startSubscription(db, await db.organization.findUniqueOrThrow({ where: { id } }), runtime().clock.now())
    })
  },
})

export const followTimezone = defineJob({
  name: 'follow-timezone',
  payload: Subject,
  run: async ({ subject_id: id }) => {
    await runtime().databases.asSystem('job', async (db) => recutFirstPeriod(db, await db.organization.findUniqueOrThrow({ where: { id } })))
  },
})

/** A new brand sells from its first moment; what the operator asked for the plan is in the event. */
export const priceBrand = defineJob({
  name: 'price-brand',
  payload: Subject,
  run: async ({ subject_id: id }) => {
    await runtime().databases.asSystem('job', async (db) => {
      const event = await db.event.findFirst({ where: { type: 'brand.created', subjectId: id }, orderBy: { seq: 'desc' } })
      const { starter_price: starterPrice } = z.object({ starter_price: z.string().nullish() }).parse(event?.data ?? {})
      await seedPriceLists(db, id, { starterPrice: starterPrice ?? null })
    })
  },
})

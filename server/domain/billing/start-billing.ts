import { z } from 'zod'
import type { SystemDb } from '../../core/db.ts'
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
      const org = await db.organization.findUniqueOrThrow({ where: { id } })
      if (!await db.plan.findFirst({ where: { brandId: org.brandId } })) await seedBrand(db, org.brandId)
      await startSubscription(db, org, runtime().clock.now())
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

/** What the operator asked for the plan of a new brand is in the event. */
const seedBrand = async (db: SystemDb, brandId: string): Promise<void> => {
  const event = await db.event.findFirst({ where: { type: 'brand.created', subjectId: brandId }, orderBy: { seq: 'desc' } })
  const { starter_price: starterPrice } = z.object({ starter_price: z.string().nullish() }).parse(event?.data ?? {})
  await seedPriceLists(db, brandId, { starterPrice: starterPrice ?? null })
}

/** A new brand sells from its first moment. */
export const priceBrand = defineJob({
  name: 'price-brand',
  payload: Subject,
  run: async ({ subject_id: id }) => {
    await runtime().databases.asSystem('job', (db) => seedBrand(db, id))
  },
})

import type { SystemDb } from '../../core/db.ts'
import { runtime } from '../../core/runtime.ts'
import { lockOrganization } from '../quotas/index.ts'
import { actingJob } from './acting.ts'
import { tryCharge, type Charge } from './charge.ts'
import { loadAccount, type Account } from './facts.ts'
import { dunningPlan, standingNow, type Step } from './plan.ts'
import { fingerprintOf } from './sweep-query.ts'
import { takeStep } from './take-step.ts'

/** A step changes what comes next; more rounds than there are kinds of steps would be a circle. */
const MOST_ROUNDS = 12

/** What was owed is read before the account: a payment that is booked in between makes the two differ, and somebody looks again. */
interface Look { seen: string; account: Account | null }
const lookAt = async (db: SystemDb, orgId: string, now: Date): Promise<Look> => {
  const seen = await fingerprintOf(db, orgId)
  return { seen, account: await loadAccount(db, orgId, now) }
}

const dueNow = (account: Account, now: Date): Step[] => dunningPlan(account.policy, account.facts).filter(({ at }) => at <= now)

/** Takes the due steps, plans again, until none is due. Money is only taken after the transaction. */
const takeDue = async (db: SystemDb, orgId: string, now: Date): Promise<Look & { charges: Charge[]; steps: number }> => {
  const [acting, charges] = [actingJob(db, orgId, now), [] as Charge[]]
  let look = await lookAt(db, orgId, now)
  let steps = 0
  for (let round = 0; look.account !== null; round += 1) {
    const due = dueNow(look.account, now)
    if (due.length === 0) break
    if (round === MOST_ROUNDS) throw new Error(`the plan of ${orgId} does not come to rest: ${due[0]?.key ?? ''}`)
    for (const step of due) {
      const charge = await takeStep(acting, look.account, step)
      if (charge) charges.push(charge)
      steps += 1
    }
    look = await lookAt(db, orgId, now)
  }
  return { ...look, charges, steps }
}

/** Writes how it stands and when to look again. */
const settle = async (db: SystemDb, orgId: string, now: Date, { org, policy, facts }: Account, seen: string): Promise<void> => {
  const standing = standingNow(facts)
  if (standing !== facts.standing) await db.organization.update({ where: { id: orgId }, data: { standing } })
  if (standing !== facts.standing) {
    await actingJob(db, orgId, now).emit('organization.standing_changed', { type: 'organization', id: orgId }, { from: facts.standing, to: standing })
  }
  const [next] = dunningPlan(policy, facts)
  await db.dunningCase.update({ where: { orgId }, data: { brandId: org.brandId, nextAt: next?.at ?? null, seen } })
}

/** Brings one organization to where its plan says it should be by now. Runs of the same organization wait for each other. Steps taken. */
export const advanceOrganization = async (orgId: string, now: Date): Promise<number> => {
  const { databases } = runtime()
  const { charges, steps } = await databases.asSystem('job', async (db) => {
    // Steps point at invoices: those first, as whoever books money locks the invoice before the organization.
    await db.$executeRaw`SELECT 1 FROM invoice WHERE org_id = ${orgId} AND state IN ('finalised', 'partially_paid') ORDER BY id FOR KEY SHARE`
    await lockOrganization(db, orgId)
    await openCase(db, orgId)
    const taken = await takeDue(db, orgId, now)
    if (taken.account) await settle(db, orgId, now, taken.account, taken.seen)
    return taken
  })
  if (charges.length === 0) return steps
  for (const charge of charges) await tryCharge(charge)
  return steps + await advanceOrganization(orgId, now)
}

/** A row for every organization that has anything to be planned; `brandId` follows with the plan. */
export const openCase = async (db: SystemDb, orgId: string): Promise<void> => {
  await db.$executeRaw`INSERT INTO dunning_case (org_id, brand_id) SELECT id, brand_id FROM organization WHERE id = ${orgId} ON CONFLICT DO NOTHING`
}

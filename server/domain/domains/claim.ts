import type { OrgContext } from '../../core/context.ts'
import { DomainError, ruleViolated } from '../../core/error.ts'

type Conflict = 'taken' | 'held' | 'look_alike' | 'console'

/** What another organization holds that this name would touch. The database looks, since nobody may see others' rows. */
export const conflictOf = async (ctx: Pick<OrgContext, 'db'>, hostname: string, skeleton: string | null): Promise<Conflict | null> =>
  (await ctx.db.$queryRaw<{ conflict: Conflict | null }[]>`SELECT domain_conflict(${hostname}, ${skeleton}) AS conflict`)[0]?.conflict ?? null

/** Takes the name for the organization of the transaction, or says what is in the way. */
export const claim = async (ctx: Pick<OrgContext, 'db'>, appId: string, hostname: string, skeleton: string | null): Promise<Conflict | null> =>
  (await ctx.db.$queryRaw<{ conflict: Conflict | null }[]>`SELECT claim_domain(${appId}, ${hostname}, ${skeleton}) AS conflict`)[0]?.conflict ?? null

const MESSAGES: Record<Exclude<Conflict, 'look_alike' | 'console'>, string> = {
  taken: 'Another organization serves this domain, one below it, or all of them by a wildcard. If it is yours, ask support.',
  held: 'Another organization gave this domain up not long ago, and it is kept for it for 30 days. If it is yours, ask support.',
}

export const refuseConflict = (conflict: Conflict): DomainError => {
  if (conflict === 'look_alike') return ruleViolated('/hostname', 'look_alike', 'It can be taken for a domain of another organization.')
  if (conflict === 'console') return ruleViolated('/hostname', 'platform_name', 'A console is served under this name, below it or above it.')
  const message = MESSAGES[conflict]
  return new DomainError('domain_taken', message, { errors: [{ pointer: '/hostname', code: conflict, message }] })
}

import { log } from '../../../core/log.ts'
import { runtime } from '../../../core/runtime.ts'
import type { LedgerFinding } from '../../../contract/ledger.ts'
import { INVARIANTS, type InvariantRule } from './invariant-rules.ts'

/** Of one rule: it reads every row there is. */
const PATIENCE_MS = 600_000

/** Each rule in a transaction of its own, so that none holds the others up; one that cannot be checked is a finding, not silence. */
const findingsOf = async ({ name: rule, find }: InvariantRule): Promise<LedgerFinding[]> => {
  try {
    return (await runtime().databases.asSystem('job', find, PATIENCE_MS)).map((row) => ({ rule, ...row }))
  } catch (error) {
    log.error({ rule, error: error instanceof Error ? error.message : String(error) }, 'a rule of the books could not be checked')
    return [{ rule, subject: 'the check itself', detail: 'could not be completed; see the log of the worker' }]
  }
}

/** What breaks any rule, over all rows there are. */
export const checkRules = async (rules: readonly InvariantRule[] = INVARIANTS): Promise<LedgerFinding[]> => {
  const findings: LedgerFinding[] = []
  for (const rule of rules) findings.push(...await findingsOf(rule))
  return findings
}

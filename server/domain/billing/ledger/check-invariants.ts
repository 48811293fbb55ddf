import { z } from 'zod'
import type { SystemDb } from '../../../core/db.ts'
import { query } from '../../../core/operation.ts'
import { LedgerFinding, LedgerRule } from '../../../contract/ledger.ts'
import { checkRules } from './check-rules.ts'
import { INVARIANTS } from './invariant-rules.ts'

/** All rules in one transaction, as tests of a few rows ask for them. */
export const findViolations = async (db: SystemDb): Promise<LedgerFinding[]> => {
  const findings: LedgerFinding[] = []
  for (const { name: rule, find } of INVARIANTS) findings.push(...(await find(db)).map((row) => ({ rule, ...row })))
  return findings
}

export const checkInvariants = query({
  name: 'admin.check_invariants',
  summary: 'Proves over all rows that the books hold: sums are zero, invoices match the ledger, numbers have no gaps',
  scope: 'staff',
  input: z.strictObject({}),
  output: z.object({ ok: z.boolean(), rules: z.array(LedgerRule), findings: z.array(LedgerFinding) }),
  rest: { method: 'GET', path: '/admin/invariants', tag: 'Ledger' },
  // Each rule is a transaction of its own: all of them in this one would be too long for large books.
  patienceMs: 1_800_000,
  run: async () => {
    const findings = await checkRules()
    return { ok: findings.length === 0, rules: INVARIANTS.map(({ name, meaning }) => ({ name, meaning })), findings }
  },
})

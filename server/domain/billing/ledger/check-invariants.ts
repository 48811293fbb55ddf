import { z } from 'zod'
import type { SystemDb } from '../../../core/db.ts'
import { query } from '../../../core/operation.ts'
import { LedgerFinding, LedgerRule } from '../../../contract/ledger.ts'
import { INVARIANTS } from './invariant-rules.ts'

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
  run: async ({ db }) => {
    const findings = await findViolations(db)
    return { ok: findings.length === 0, rules: INVARIANTS.map(({ name, meaning }) => ({ name, meaning })), findings }
  },
})

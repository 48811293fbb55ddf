import { z } from 'zod'
import { DomainError, notFound, ruleViolated } from '../../../core/error.ts'
import { command } from '../../../core/operation.ts'
import { BankLine } from '../../../contract/reconciliation.ts'
import { matchSuspense } from '../../payments/index.ts'
import { linesWire } from './list-lines.ts'
import { storedVerdict } from './stored-verdict.ts'

export const acceptProposal = command({
  name: 'admin.accept_proposal', summary: 'Match the money of a bank line as the rules propose', scope: 'staff',
  input: z.strictObject({
    bank_line_id: z.string().max(60), proposal: z.int().min(0).max(20).default(0).describe('Position in the line\'s proposals, from 0'),
    note: z.string().trim().min(3).max(300).default('As proposed'),
  }),
  output: BankLine, rest: { method: 'POST', path: '/admin/bank-lines/{bank_line_id}/accept', tag: 'Reconciliation' },
  run: async (ctx, { bank_line_id: id, proposal: position, note }) => {
    await ctx.db.$queryRaw`SELECT id FROM bank_line WHERE id = ${id} FOR UPDATE`
    const line = await ctx.db.bankLine.findUnique({ where: { id } })
    if (!line) throw notFound('bank line')
    if (line.state !== 'suspense') throw new DomainError('state_conflict', `Nothing of this line is in suspense: it is ${line.state}.`)
    const proposal = storedVerdict(line).proposals[position]
    if (!proposal) throw ruleViolated('/proposal', 'unknown_proposal', 'The rules propose nothing at that position.')
    if (proposal.shares.length !== line.suspenseIds.length) throw ruleViolated('/proposal', 'other_parts', 'The money waits in other parts than this proposal has. Match each part by itself.')
    for (const [part, suspenseId] of line.suspenseIds.entries()) {
      await matchSuspense.run(ctx, { suspense_id: suspenseId, invoice_id: proposal.shares[part]?.invoiceId ?? '', note })
    }
    return (await linesWire(ctx.db, [line]))(line)
  },
})

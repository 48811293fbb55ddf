import { z } from 'zod'
import { toWireAmount } from '../../../contract/money.ts'
import { daysAfter } from '../subscription.ts'
import type { ChangeRow } from './state.ts'
import type { PreparedChange } from './prepare-change.ts'

const DueLine = z.object({ description: z.string(), amount: z.number().int(), from: z.string(), to: z.string() })
type DueLine = z.infer<typeof DueLine>
const Kept = z.object({ due: z.array(DueLine).default([]) })

/** What a change that waits for its payment asked for, kept beside its quote. */
export const dueOf = (change: Pick<ChangeRow, 'quote'>): DueLine[] => Kept.parse(change.quote).due

/** What has to be paid before: all that is paid in advance, and the set-up fee. */
export const dueLines = ({ planned, setup, quote }: PreparedChange): DueLine[] => [
  ...planned.due.map(({ description, amount, from, to }) => ({ description, amount: toWireAmount(amount), from, to })),
  ...setup.map(({ description, amount }) => ({ description, amount: toWireAmount(amount), from: quote.effective_on, to: daysAfter(quote.effective_on, 1) })),
].filter((line) => line.amount !== 0)

export const payableFirst = (prepared: PreparedChange): number => dueLines(prepared).reduce((sum, line) => sum + line.amount, 0)

/** Wire truth of what is compared with the bank and the providers, and of what people have to decide. */
import { z } from 'zod'
import { CsvMapping, StatementFault } from './bank-statement.ts'
import { Etag } from './etag.ts'
import { Money } from './money.ts'
import { Instant } from './time.ts'

export const BankAccount = z.object({
  id: z.string(), brand_id: z.string(), entity_id: z.string(), entity_name: z.string(), name: z.string(), number: z.string(), currency: z.string(),
  mapping: CsvMapping.nullable(), last_day: z.string().nullable().describe('Last day of its statements'), archived_at: Instant.nullable(), created_at: Instant, etag: Etag,
})
export type BankAccount = z.infer<typeof BankAccount>

export const STATEMENT_FORMATS = ['csv', 'camt053'] as const
export const STATEMENT_STATES = ['booking', 'done'] as const
export const BankStatement = z.object({
  id: z.string(), bank_account_id: z.string(), bank_account_name: z.string(), format: z.enum(STATEMENT_FORMATS), file_name: z.string(),
    state: z.enum(STATEMENT_STATES),
  lines: z.int().describe('New lines'), duplicates: z.int().describe('Lines that were known already'),
  faults: z.array(StatementFault).describe('Rows that could not be read, the first 100'), fault_count: z.int(),
  first_day: z.string().nullable(), last_day: z.string().nullable(), imported_at: Instant, finished_at: Instant.nullable(),
  results: z.object({ new: z.int(), booked: z.int(), suspense: z.int(), payout: z.int(), outgoing: z.int() }).describe('Lines by what became of them'),
})
export type BankStatement = z.infer<typeof BankStatement>

export const LINE_STATES = ['new', 'booked', 'suspense', 'payout', 'outgoing'] as const
export const LineProposal = z.object({
  rule: z.enum(['reference', 'number', 'payer_and_amount', 'payer', 'amount']), confidence: z.enum(['certain', 'likely', 'possible']),
  shares: z.array(z.object({ invoice_id: z.string(), number: z.string().nullable(), organization_name: z.string(), amount: Money })),
  credit: Money.describe('Above the invoices'),
})
export const BankLine = z.object({
  id: z.string(), statement_id: z.string(), bank_account_id: z.string(), line: z.int(), booked_on: z.string(), amount: Money, payer: z.string(),
    payer_account: z.string(),
  bank_reference: z.string(), text: z.string(), state: z.enum(LINE_STATES), reason: z.string().nullable().describe('Why a person is asked'),
  proposals: z.array(LineProposal), suspense_ids: z.array(z.string()), decided: z.boolean().describe('Nothing of it is in suspense any more'), booked_at: Instant.nullable(),
})
export type BankLine = z.infer<typeof BankLine>

export const Payout = z.object({
  id: z.string(), provider: z.string(), reference: z.string(), amount: Money, payments: Money, fees: Money, refunds: Money.describe('Refunds and withheld money'),
  difference: Money.describe('Unexplained'), payment_count: z.int(), state: z.enum(['matched', 'mismatch']), bank_line_id: z.string().nullable().describe('Seen on a statement'),
  arrived_at: Instant,
})
export type Payout = z.infer<typeof Payout>

export const WORK_KINDS = [
  'unmatched_money', 'amount_mismatch', 'provider_only_payment', 'ledger_only_payment', 'dispute_due', 'refund_failed', 'provider_down', 'payout_mismatch',
] as const
export type WorkKind = (typeof WORK_KINDS)[number]
export const WORK_STATES = ['open', 'done', 'dismissed'] as const
export const WorkItem = z.object({
  id: z.string(), kind: z.enum(WORK_KINDS), subject: z.object({ type: z.string(), id: z.string() }), organization_id: z.string().nullable(), title: z.string(),
  facts: z.record(z.string(), z.union([z.string(), z.number(), z.null()])), state: z.enum(WORK_STATES), due_at: Instant.nullable(), note: z.string().nullable(),
  done_by: z.object({ id: z.string(), name: z.string() }).nullable().describe('Null: it settled by itself'), done_at: Instant.nullable(), created_at: Instant,
})
export type WorkItem = z.infer<typeof WorkItem>

export const ProviderHealth = z.object({
  provider: z.string(), label: z.string(), ok: z.boolean().nullable().describe('Null: not asked yet'), detail: z.string(), checked_at: Instant.nullable(), down_since: Instant.nullable(),
  compared_to: Instant.nullable().describe('Its payments are compared completely up to here'),
})
export type ProviderHealth = z.infer<typeof ProviderHealth>

export const ReconciliationRun = z.object({
  id: z.string(), state: z.enum(['running', 'done']), started_at: Instant, finished_at: Instant.nullable(), since: Instant, figures: z.record(z.string(), z.int()),
})
export type ReconciliationRun = z.infer<typeof ReconciliationRun>

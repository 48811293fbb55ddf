import type { SystemDb, TenantDb } from '../../../core/db.ts'
import { newId } from '../../../core/id.ts'

/** What may appear on an invoice beside the plan and usage. `carried_over`: from an invoice too small to be asked for. */
export const ITEM_KINDS = [
  'recurring', 'one_off', 'adjustment', 'proration', 'correction', 'setup_fee', 'commitment', 'credit_purchase', 'carried_over',
] as const
export type ItemKind = (typeof ITEM_KINDS)[number]

export interface NewInvoiceItem {
  orgId: string
  currency: string
  kind: ItemKind
  description: string
  /** Minor units before tax; negative for what is taken off. */
  amount: bigint
  /** Unique per organization: the same cause adds its item once. */
  key: string
  /** Decimal strings; `unitAmount` in major units per unit. */
  quantity?: string
  unitAmount?: string | null
  /** Product code the tax is looked up by; `services` unless said. */
  product?: string
  /** Local dates, end exclusive. */
  periodFrom?: string | null
  periodTo?: string | null
  reason?: string | null
}

/** Puts items on the next invoice of their organizations, each once by its key; tells how many were new. */
export const addInvoiceItems = async (db: SystemDb | TenantDb, items: readonly NewInvoiceItem[]): Promise<number> => {
  if (items.length === 0) return 0
  const { count } = await db.invoiceItem.createMany({ data: items.map((item) => ({ id: newId('invoiceItem'), ...item })), skipDuplicates: true })
  return count
}

/** Puts an item on the next invoice; false when its key was added before. */
export const addInvoiceItem = async (db: SystemDb | TenantDb, item: NewInvoiceItem): Promise<boolean> => (await addInvoiceItems(db, [item])) === 1

import type { LEDGER_CLASSES } from '../../../contract/ledger.ts'

type LedgerClass = (typeof LEDGER_CLASSES)[number]

const CLASS: Readonly<Record<string, LedgerClass>> = {
  receivable: 'asset', cash: 'asset', revenue: 'income', breakage: 'income', promotion_cost: 'expense', provider_fees: 'expense', write_off: 'expense',
  refunds: 'asset', disputes: 'asset', platform_fees: 'income',
}

/** What is owed to somebody is a liability: tax, credit, a reseller's share. Money on its way from a provider, or on a seller's account there, is ours. */
export const classOf = (account: string): LedgerClass => (/^(?:cash_in_transit|connected_account):/.test(account) ? 'asset' : CLASS[account] ?? 'liability')

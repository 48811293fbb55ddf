import { paths } from '../_lib/paths.ts'

export type NavItem = {
  href: string
  label: string
  icon: 'apps' | 'domains' | 'marketplace' | 'billing' | 'usage' | 'settings' | 'board' | 'resellers' | 'nodes' | 'organizations' | 'invoices' | 'catalogue'
    | 'accounts' | 'keys' | 'revenue' | 'ledger' | 'payments' | 'reconciliation' | 'coupons' | 'taxes' | 'dunning' | 'volumes' | 'terminals' | 'network' | 'backups'
  /** Current only at this very address, not below it. */
  exact?: boolean
}

export const portalNav = (org: string): NavItem[] => [
  { href: paths.apps(org), label: 'Apps', icon: 'apps' },
  { href: paths.volumes(org), label: 'Volumes', icon: 'volumes' },
  { href: paths.network(org), label: 'Network', icon: 'network' },
  { href: paths.domains(org), label: 'Domains', icon: 'domains' },
  { href: paths.marketplace(org), label: 'Marketplace', icon: 'marketplace' },
  { href: paths.billing(org), label: 'Billing', icon: 'billing' },
  { href: paths.settings(org), label: 'Settings', icon: 'settings' },
]

export const staffNav: NavItem[] = [
  { href: paths.admin, label: 'Board', icon: 'board', exact: true },
  { href: paths.adminOrganizations, label: 'Organizations', icon: 'organizations' },
  { href: paths.adminUsers, label: 'Accounts', icon: 'accounts' },
  { href: paths.adminResellers, label: 'Resellers', icon: 'resellers' },
  { href: paths.adminHeldDomains, label: 'Held domains', icon: 'domains' },
  { href: paths.adminNodes, label: 'Nodes', icon: 'nodes' },
  { href: paths.adminCatalogue, label: 'Catalogue', icon: 'catalogue' },
  { href: paths.adminInvoices, label: 'Invoices', icon: 'invoices' },
  { href: paths.adminDunning, label: 'Dunning', icon: 'dunning' },
  { href: paths.adminPayments, label: 'Payments', icon: 'payments' },
  { href: paths.adminReconciliation, label: 'Reconciliation', icon: 'reconciliation' },
  { href: paths.adminTaxes, label: 'Taxes', icon: 'taxes' },
  { href: paths.adminRevenue, label: 'Revenue', icon: 'revenue' },
  { href: paths.adminLedger, label: 'Ledger', icon: 'ledger' },
  { href: paths.adminCoupons, label: 'Coupons', icon: 'coupons' },
  { href: paths.adminTerminals, label: 'Terminals', icon: 'terminals' },
  { href: paths.adminBackups, label: 'Backups', icon: 'backups' },
  { href: paths.adminKeys, label: 'Keys', icon: 'keys' },
]

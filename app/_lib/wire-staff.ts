import type { Money } from './wire.ts'

/** Shapes of the operator's pages and of the sandbox. */
export type BoardException = { id: string; severity: 'bad' | 'attention'; title: string; detail: string; href: string | null; since: string }
export type Board = {
  as_of: string
  organizations: { total: number; new_30d: number }
  apps: { running: number; failing: number }
  nodes: { ready: number; total: number }
  revenue: Array<{ currency: string; this_month: Money; last_month: Money; outstanding: Money }>
  capacity: Array<{ name: string; unit: string; used: number; reserved: number; total: number }>
  exceptions: BoardException[]
}
export type Reseller = {
  id: string; name: string; host: string; logo_url: string | null; accent: string; support_email: string; currency: string
  customers: number; status: 'active' | 'suspended'; created_at: string
}
export type ResellerInput = { name: string; host: string; accent: string; support_email: string; logo_url: string | null; currency: string }
/** Rates as exact decimal strings in major units. */
export type PriceRow = { size_id: string; name: string; vcpu: number; memory_mib: number; platform_price: string; price: string }
export type PriceList = { brand_id: string; currency: string; rows: PriceRow[]; egress_gib_platform: string; egress_gib: string }
export type NodeRow = {
  id: string; name: string; status: 'ready' | 'unreachable' | 'draining' | 'lost' | 'joining'; isolation: 'hardware' | 'emulated'; accelerator: 'kvm' | 'tcg'
  agent_version: string; cpu: { total: number; reserved: number }; memory_mib: { total: number; reserved: number }; disk_mib: { total: number; used: number }
  instances: number; last_report_at: string | null; conditions: string[]
}
export type StaffOrganization = {
  id: string; slug: string; name: string; brand: string; owner_email: string; apps: number; spend: Money; status: 'active' | 'suspended'; trusted: boolean; created_at: string
}
export type SandboxMail = { id: string; to: string; subject: string; text: string; html: string; links: string[]; at: string }
export type SandboxCheckout = {
  id: string; provider: 'stripe' | 'paystack'; amount: Money; description: string; customer_email: string; merchant: string
  status: 'open' | 'paid' | 'declined' | 'pending' | 'expired'; return_url: string
}

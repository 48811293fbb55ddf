/** Shapes that the console reads and writes: the same snake_case values as REST /v1. Times are RFC 3339, money is integer minor units. */
import type { Money } from '../../server/contract/money.ts'
import type { Role } from '../../server/contract/permission.ts'

export type { Money, Role }
export type Page<T> = { data: T[]; pagination: { limit: number; has_more: boolean; next_cursor: string | null } }
export type PageInput = { cursor?: string; limit?: number }
export type OrgInput = { organization_id: string }

export type Organization = { id: string; slug: string; name: string; currency: string; role: Role }
export type Viewer = {
  user: { id: string; email: string; name: string; email_verified: boolean; staff: boolean }
  organizations: Organization[]
}

export type AppStatus = 'created' | 'deploying' | 'running' | 'degraded' | 'stopped' | 'stopping' | 'paused' | 'error' | 'deleting'
export type Size = { id: string; name: string; vcpu: number; memory_mib: number; disk_mib: number; price_month: Money }
export type EnvEntry = {
  name: string
  /** Null for a secret: its value is never sent back. */
  value: string | null
  secret: boolean
}
export type App = {
  id: string; organization_id: string; name: string; status: AppStatus; status_reason: string | null
  image: string; image_digest: string | null; url: string | null; internal_host: string; catalog_app: string | null
  size: Omit<Size, 'price_month'>; port: number | null; health_path: string | null
  replicas: { desired: number; current: number; healthy: number }
  release: number; deployment_id: string | null; created_at: string; updated_at: string
}
export type AppDetail = App & { env: EnvEntry[]; command: string[] | null; etag: string }

export type InstancePhase = 'pending' | 'pulling' | 'preparing' | 'booting' | 'running' | 'stopping' | 'stopped' | 'backoff' | 'failed' | 'lost'
export type Instance = {
  id: string; phase: InstancePhase; health: 'starting' | 'ok' | 'bad' | null; reason: string | null; release: number
  node_name: string; address: string | null; restarts: number; started_at: string | null; reported_at: string | null
}

export type StepName = 'queued' | 'pulling_image' | 'creating_instance' | 'booting' | 'health_check' | 'routing' | 'live'
export type StepState = 'pending' | 'running' | 'done' | 'failed' | 'skipped'
export type Step = { name: StepName; state: StepState; started_at: string | null; finished_at: string | null; detail: string | null }
export type DeploymentStatus = 'queued' | 'running' | 'live' | 'failed' | 'canceled' | 'superseded'
export type Deployment = {
  id: string; app_id: string; app_name: string; release: number; status: DeploymentStatus; image: string; actor: string; cause: string
  steps: Step[]; error: { code: string; message: string; first_line: string | null } | null
  created_at: string; finished_at: string | null
}

export type LogLevel = 'debug' | 'info' | 'warn' | 'error'
export type LogLine = { id: string; time: string; level: LogLevel | null; source: 'app' | 'system'; instance_id: string | null; text: string }
export type LogPage = { data: LogLine[]; next_cursor: string }

export type MetricsRange = '1h' | '6h' | '24h' | '7d'
export type MetricPoint = { time: string; cpu_percent: number | null; memory_mib: number | null; rx_bytes: number | null; tx_bytes: number | null }
export type Metrics = { as_of: string; step_s: number; memory_limit_mib: number; reporting: { instances: number; expected: number }; points: MetricPoint[] }

export type BillingOverview = {
  period: { start: string; end: string }; as_of: string; spend: Money; forecast: { low: Money; high: Money }; previous: Money | null
  balance_due: Money; daily: Array<{ date: string; amount: number }>
  by_app: Array<{ app_id: string | null; name: string; amount: Money; forecast: Money }>
}
export type InvoiceStatus = 'draft' | 'open' | 'paid' | 'partially_paid' | 'overdue' | 'void' | 'uncollectible'
export type InvoiceSummary = {
  id: string; number: string | null; status: InvoiceStatus; period: { start: string; end: string }
  total: Money; amount_due: Money; issued_at: string | null; due_at: string | null; organization_name: string
}
export type InvoiceLine = { id: string; description: string; app_id: string | null; quantity: string; unit: string; unit_price: string; amount: Money }
export type Invoice = InvoiceSummary & {
  seller: { name: string; address: string | null; tax_id: string | null; support_email: string | null }
  buyer: { name: string; email: string; address: string | null; tax_id: string | null }
  lines: InvoiceLine[]; subtotal: Money; tax: Money; credits_applied: Money
  payments: Array<{ id: string; provider: Provider; amount: Money; status: 'pending' | 'succeeded' | 'failed'; at: string; reference: string; reason: string | null }>
  providers: Provider[]; pdf_url: string | null
}
export type Provider = 'stripe' | 'paystack'

export type UsageMeter = 'vcpu_seconds' | 'memory_mib_seconds' | 'egress_bytes'
export type UsageRow = { app_id: string | null; app_name: string; meter: UsageMeter; quantity: string; unit: string; amount: Money }
export type UsageReport = { from: string; to: string; as_of: string; rows: UsageRow[]; daily: Array<{ date: string; amount: number }>; total: Money }

export type Member = { id: string; user_id: string; name: string; email: string; role: Role; joined_at: string }
export type SessionRow = { id: string; current: boolean; device: string; ip: string; created_at: string; last_seen_at: string }

export type JsonField = {
  type: 'string' | 'integer' | 'number' | 'boolean'; title?: string; description?: string; default?: string | number | boolean
  enum?: string[]; minLength?: number; maxLength?: number; minimum?: number; maximum?: number; pattern?: string; format?: string; writeOnly?: boolean
}
export type ParametersSchema = { type: 'object'; properties: Record<string, JsonField>; required?: string[] }
export type CatalogComponent = { name: string; image: string; size: string; vcpu: number; memory_mib: number; public: boolean }
export type CatalogEntry = {
  id: string; name: string; version: string; publisher: string; summary: string; description: string; categories: string[]; icon_url: string | null
  price_month: Money; components: CatalogComponent[]
}
export type CatalogDetail = CatalogEntry & { parameters: ParametersSchema }
export type InstallStatus = 'queued' | 'running' | 'healthy' | 'failed' | 'undoing' | 'undone'
export type Install = {
  id: string; catalog_id: string; name: string; status: InstallStatus; url: string | null; app_id: string | null
  steps: Array<{ name: string; state: StepState; started_at: string | null; finished_at: string | null; detail: string | null }>
  error: { code: string; message: string } | null; created_at: string
}

import type { TRPCBuiltRouter, TRPCMutationProcedure, TRPCQueryProcedure } from '@trpc/server'
import type * as W from './wire.ts'
import type * as S from './wire-staff.ts'
import type { Problem as WireProblem } from '../../server/contract/problem.ts'

/**
 * What the console expects of the portal's router. Once server/transport/trpc/router.ts exports `AppRouter`,
 * re-export that instead: the compiler then names every difference.
 */
type Query<I, O> = TRPCQueryProcedure<{ input: I; output: O; meta: unknown }>
type Command<I, O> = TRPCMutationProcedure<{ input: I; output: O; meta: unknown }>
type ErrorShape = { message: string; code: number; data: { code: string; httpStatus: number; path?: string; problem: WireProblem | null } }
type Root = { ctx: object; meta: object; errorShape: ErrorShape; transformer: false }
type Org = W.OrgInput
type AppInput = { app_id: string }
type Done = { ok: true }

export type AppSpecInput = {
  image: string; size: string; replicas: number; port: number | null; health_path: string | null; env: W.EnvEntry[]
}

type Auth = {
  signIn: Command<{ email: string; password: string }, W.Viewer>
  signUp: Command<{ name: string; email: string; password: string }, { user_id: string; email: string }>
  signOut: Command<void, Done>
  verifyEmail: Command<{ token: string }, { email: string }>
  resendVerification: Command<{ email: string }, Done>
  requestPasswordReset: Command<{ email: string }, Done>
  resetPassword: Command<{ token: string; password: string }, Done>
  setup: Command<{ code: string; name: string; email: string; password: string }, W.Viewer>
  me: Query<void, W.Viewer>
  updateProfile: Command<{ name: string }, Done>
  changePassword: Command<{ current_password: string; password: string }, Done>
  sessions: Query<void, { data: W.SessionRow[] }>
  revokeSession: Command<{ session_id: string }, Done>
  revokeOtherSessions: Command<void, { revoked: number }>
}
type Orgs = {
  create: Command<{ name: string; slug: string; currency: string }, W.Organization>
  update: Command<Org & { name: string }, W.Organization>
  remove: Command<Org, Done>
  members: Query<Org, { data: W.Member[] }>
}
type Apps = {
  sizes: Query<Org, { data: W.Size[]; apps_domain: string; builtin_images: Array<{ image: string; title: string; port: number }> }>
  list: Query<Org & W.PageInput & { status?: W.AppStatus; q?: string }, W.Page<W.App>>
  get: Query<Org & { name: string }, W.AppDetail>
  create: Command<Org & AppSpecInput & { name: string }, { app: W.App; deployment_id: string }>
  update: Command<AppInput & AppSpecInput & { etag: string }, { app: W.App; deployment_id: string | null }>
  scale: Command<AppInput & { replicas: number }, W.App>
  start: Command<AppInput, W.App>
  stop: Command<AppInput, W.App>
  redeploy: Command<AppInput & { image?: string }, { deployment_id: string }>
  remove: Command<AppInput, Done>
  instances: Query<AppInput, { as_of: string; data: W.Instance[] }>
  logs: Query<AppInput & { deployment_id?: string; instance_id?: string; level?: W.LogLevel; q?: string; after?: string; limit?: number }, W.LogPage>
  metrics: Query<AppInput & { range: W.MetricsRange }, W.Metrics>
}
type Deployments = {
  list: Query<AppInput & W.PageInput, W.Page<W.Deployment>>
  get: Query<{ deployment_id: string }, W.Deployment>
  cancel: Command<{ deployment_id: string }, W.Deployment>
  retry: Command<{ deployment_id: string }, { deployment_id: string }>
  rollback: Command<AppInput & { release: number }, { deployment_id: string }>
}
type Billing = {
  overview: Query<Org, W.BillingOverview>
  invoices: Query<Org & W.PageInput, W.Page<W.InvoiceSummary>>
  invoice: Query<Org & { invoice_id: string }, W.Invoice>
  pay: Command<Org & { invoice_id: string; provider: W.Provider; return_url: string }, { checkout_url: string }>
  usage: Query<Org & { from: string; to: string; app_id?: string }, W.UsageReport>
}
type Catalog = {
  list: Query<Org & { q?: string }, { data: W.CatalogEntry[] }>
  get: Query<Org & { catalog_id: string }, W.CatalogDetail>
  install: Command<Org & { catalog_id: string; name: string; parameters: Record<string, string | number | boolean> }, W.Install>
  installs: Query<Org, { data: W.Install[] }>
  installation: Query<{ install_id: string }, W.Install>
  retryInstall: Command<{ install_id: string }, W.Install>
}
type Staff = {
  board: Query<void, S.Board>
  resellers: Query<W.PageInput, W.Page<S.Reseller>>
  reseller: Query<{ brand_id: string }, S.Reseller>
  createReseller: Command<S.ResellerInput, S.Reseller>
  updateReseller: Command<S.ResellerInput & { brand_id: string }, S.Reseller>
  prices: Query<{ brand_id: string; currency: string }, S.PriceList>
  setPrices: Command<{ brand_id: string; currency: string; rows: Array<{ size_id: string; price: string }>; egress_gib: string }, S.PriceList>
  nodes: Query<void, { as_of: string; data: S.NodeRow[] }>
  createJoinToken: Command<{ name: string }, { token: string; command: string; expires_at: string }>
  organizations: Query<W.PageInput & { q?: string }, W.Page<S.StaffOrganization>>
  setTrusted: Command<Org & { trusted: boolean }, Done>
  invoices: Query<W.PageInput & { status?: W.InvoiceStatus }, W.Page<W.InvoiceSummary>>
}
type Sandbox = {
  mails: Query<{ to?: string }, { data: S.SandboxMail[] }>
  clock: Query<void, { now: string }>
  setClock: Command<{ now: string }, { now: string; jobs_run: number }>
  checkout: Query<{ checkout_id: string }, S.SandboxCheckout>
  settle: Command<{ checkout_id: string; outcome: 'pay' | 'decline' | 'delay' }, { status: S.SandboxCheckout['status']; return_url: string }>
}

export type AppRouter = TRPCBuiltRouter<Root, {
  auth: Auth; orgs: Orgs; apps: Apps; deployments: Deployments; billing: Billing; catalog: Catalog; staff: Staff; sandbox: Sandbox
}>

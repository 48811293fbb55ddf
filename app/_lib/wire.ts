import type { inferRouterOutputs } from '@trpc/server'
import type { AppRouter } from './router-type.ts'

/** What the console reads, named once: the contract's own shapes and the outputs of the router. */
export type { App, AppStatus, Instance } from '../../server/contract/app.ts'
export type { Brand as StaffBrand } from '../../server/contract/brand.ts'
export type { Deployment, DeploymentState, Release, ReleaseDiff, StepKey } from '../../server/contract/deployment.ts'
import type { CatalogEntry } from '../../server/contract/install.ts'
export type { CatalogEntry, Install } from '../../server/contract/install.ts'
export type { ManifestParameter } from '../../server/contract/manifest.ts'
export type { Money } from '../../server/contract/money.ts'
export type { Secret } from '../../server/contract/secret.ts'
export type { Role } from '../../server/contract/permission.ts'
import type { SignInOutcome } from '../../server/contract/sign-in.ts'
export type { PasskeyInfo, SignInOutcome } from '../../server/contract/sign-in.ts'
export type { Me as Viewer } from '../../server/contract/user.ts'

type Out = inferRouterOutputs<AppRouter>

export type AppDetail = Out['apps']['get']
export type { Autoscaling, ScalingDecision } from '../../server/contract/autoscaling.ts'
export type AppNetwork = Out['networks']['ofApp']
export type OrgNetwork = Out['networks']['get']
export type Volume = Out['volumes']['list']['data'][number]
export type VolumeDetail = Out['volumes']['get']
export type Backup = Out['backups']['list']['data'][number]
export type BackupBucket = Out['backups']['targets']['data'][number]
export type Snapshot = VolumeDetail['snapshot_list'][number]
export type ManifestParameters = CatalogEntry['parameters']
export type Organization = Out['auth']['me']['organizations'][number]
export type SecondFactor = NonNullable<SignInOutcome['second_factor']>
export type AccountSecurity = Out['account']['security']
export type ProofOptions = Out['auth']['reauthenticationOptions']
export type ProofMethod = ProofOptions['methods'][number]
export type SessionInfo = Out['auth']['sessions']['data'][number]
export type Member = Out['orgs']['members']['data'][number]
export type Invitation = Out['invitations']['list']['data'][number]
export type TokenInfo = Out['tokens']['list']['data'][number]
export type CreatedToken = Out['tokens']['create']
export type ServiceAccountInfo = Out['serviceAccounts']['list']['data'][number]
export type DeviceRequest = Out['devices']['get']
export type RoleInfo = Out['roles']['list']['data'][number]
export type QuotaState = Out['orgs']['quotas']['data'][number]
export type OrganizationDetail = Out['orgs']['get']
export type { Drain } from '../../server/contract/log-drain.ts'
export type LogLine = Out['apps']['logs']['data'][number]
export type AppMetric = Out['apps']['metrics']
export type MetricSeries = AppMetric['series'][number]
export type RequestFigures = NonNullable<AppMetric['requests']>
export type NodeMetric = Out['staff']['nodeMetrics']
export type Spend = Out['billing']['spend']
export type UsageReport = Out['billing']['usage']
export type InvoiceSummary = Out['billing']['invoices']['data'][number]
export type Invoice = Out['billing']['invoice']
export type InvoiceLine = Invoice['lines'][number]
export type Payment = Invoice['payments'][number]
export type Provider = Invoice['providers'][number]
export type PaymentRow = Out['billing']['payments']['data'][number]
export type RefundRow = Out['billing']['refunds']['data'][number]
export type PaymentMethod = Out['paymentMethods']['list']['data'][number]
export type PaymentSettings = Out['paymentMethods']['settings']
export type Checkout = Out['billing']['checkout']
export type NextInvoice = Out['invoicing']['preview']
export type StaffInvoice = Out['staffInvoices']['get']
export type TransferAccount = Out['staffInvoices']['transferAccounts']['data'][number]
export type { Adjustment, InvoiceItem, LegalEntity } from '../../server/contract/invoice.ts'
export type { TaxAffected, TaxProfile, TaxRate } from '../../server/contract/tax.ts'
export type PriceList = Out['billing']['prices']
export type Subscription = Out['subscription']['get']
export type SubscriptionChange = Out['subscription']['changes']['data'][number]
export type ChangeQuote = Out['subscription']['preview']['quote']
export type Offer = Out['subscription']['plans']['data'][number]
export type CataloguePlan = Out['catalogue']['plan']
export type CataloguePrice = CataloguePlan['prices'][number]
export type CatalogueMeter = Out['catalogue']['meters']['data'][number]
export type NodeView = Out['staff']['nodes']['data'][number]
export type NodeUpgrades = Out['staff']['nodeUpgrades']
export type NodeDrainProgress = Out['staff']['drain']
export type NodeDrainPreview = Out['staff']['previewDrain']
export type { AuditRecord } from '../../server/contract/audit.ts'
export type { Domain } from '../../server/contract/domain.ts'
export type { SsoConnection, SsoDomain, SsoTest } from '../../server/contract/sso.ts'
export type { Delivery, DeliveryAttempt, DeliveryDetail, Webhook, WebhookWithActivity } from '../../server/contract/webhook.ts'
export type AuditVerdict = Out['audit']['verify']
export type { Coupon, Redemption } from '../../server/contract/coupon.ts'
export type { CreditBalance, CreditGrant, CreditMove } from '../../server/contract/credit.ts'
export type { Budget, DunningAccount, StandingReport } from '../../server/contract/dunning.ts'
export type { AccountBalance, LedgerFinding, LedgerLine } from '../../server/contract/ledger.ts'
export type { MrrRow, RevenueRow, TaxRow } from '../../server/contract/report.ts'
export type PaymentAccounts = Out['staff']['paymentAccounts']
export type PaymentAccount = PaymentAccounts['data'][number]
export type StaffPayment = Out['staffPayments']['list']['data'][number]
export type StaffRefund = Out['staffPayments']['refunds']['data'][number]
export type StaffDispute = Out['staffPayments']['disputes']['data'][number]
export type SuspenseItem = Out['staffPayments']['suspense']['data'][number]
export type { BankAccount, BankLine, BankStatement, Payout, ProviderHealth, WorkItem, WorkKind } from '../../server/contract/reconciliation.ts'
export type StatementPreview = Out['reconciliation']['preview']
export type StaffAccount = Out['staff']['users']['data'][number]
export type KeyState = Out['staff']['keys']
export type PortalBackup = Out['portalBackups']['list']['data'][number]
export type BackupPlan = Out['portalBackups']['plan']
export type Recovery = Out['recovery']['get']
export type HeldDomain = Out['staff']['heldDomains']['data'][number]
export type StaffOrganization = Out['staff']['organizations']['data'][number]
export type EnvEntry = {
  name: string
  /** Null for a stored secret: its value is never sent back. */
  value: string | null
  secret: boolean
}
export type SandboxMail = { id: string; to: string; subject: string; text: string; html: string; links: string[]; at: string }

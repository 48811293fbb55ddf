/** Models that carry `orgId`, and what identifies the tenant in the others an operation may touch. */
export const ORG_MODELS = new Set([
  'Membership', 'App', 'Hostname', 'Release', 'Deployment', 'Instance', 'LogChunk', 'LogDrain', 'LogDrainPosition', 'LogHead', 'CatalogInstall', 'Subscription', 'SubscriptionPhase', 'SubscriptionChange', 'AllocationSegment', 'SleepSegment',
  'UsageCounter', 'UsageQuarter', 'UsageEvent', 'UsageEventKey', 'UsageRollup', 'UsageItem', 'UsageState', 'UsagePeriod', 'AppUsage', 'AppTraffic', 'Invoice', 'PaymentAttempt', 'LedgerEntry', 'Event',
  'Secret', 'SecretVersion', 'ReleaseSecret', 'ServiceAccount', 'CustomRole', 'Grant', 'Invitation', 'ApiToken',
  'WebhookEndpoint', 'WebhookDelivery', 'WebhookAttempt',
  'AuditEntry', 'AuditHead', 'AuditCheckpoint', 'AuditAnchor', 'Impersonation', 'SsoConnection', 'SsoDomain',
  'InvoiceItem', 'InvoiceAdjustment', 'CreditNote', 'InvoiceClearance', 'OrgTaxProfile',
  'PaymentMethod', 'MethodSetup', 'Refund', 'Dispute',
  'DunningCase', 'DunningStep', 'Budget', 'BudgetAlert',
  'Volume', 'VolumeHold', 'VolumeSnapshot', 'VolumeSchedule', 'VolumeSegment', 'BackupTarget', 'BackupSet', 'VolumeBackup', 'RestoreDrill', 'AppNetwork', 'AppAutoscaling', 'ScalingDecision',
  'Domain', 'DomainPath',
  'ExecSession', 'OrganizationDeletion', 'CreditGrant', 'CreditUse', 'CouponRedemption', 'CouponUse',
])
/** No `orgId` column: the row-level security policy is their only net, named here so that a new model must be thought about. */
const POLICY_ONLY = new Set(['User', 'Brand', 'PriceList', 'Plan', 'Meter', 'Coupon', 'TransferAccount', 'DunningPolicy', 'IdempotencyKey', 'TestClock'])

const WRITES_DATA = new Set(['create', 'createMany', 'createManyAndReturn'])

interface Arguments { where?: Record<string, unknown>; data?: unknown; create?: Record<string, unknown> }

/** Adds the organization to a query's arguments; refuses models no tenant may touch. */
export const scopeArguments = <A>(model: string, operation: string, args: A, orgId: string): A => {
  if (model === 'Organization') return withWhere(args, { id: orgId })
  if (POLICY_ONLY.has(model)) return args
  if (!ORG_MODELS.has(model)) throw new Error(`${model} is not open to tenant operations`)
  if (WRITES_DATA.has(operation)) return { ...args, data: withOrg((args as Arguments).data, orgId) }
  if (operation === 'upsert') return { ...withWhere(args, { orgId }), create: { ...(args as Arguments).create, orgId } }
  return withWhere(args, { orgId })
}

const withWhere = <A>(args: A, scope: Record<string, string>): A => ({ ...args, where: { ...(args as Arguments | undefined)?.where, ...scope } })

const withOrg = (data: unknown, orgId: string): unknown =>
  Array.isArray(data) ? data.map((row: object) => ({ ...row, orgId })) : { ...(data as object), orgId }

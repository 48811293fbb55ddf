import { readFileSync } from 'node:fs'
import { emailRenderer, smtpTransport } from './adapters/email/mail-ports.ts'
import { createBankTransferProvider } from './adapters/bank-transfer/bank-transfer-provider.ts'
import { createFlutterwaveProvider } from './adapters/flutterwave/flutterwave-provider.ts'
import { createMpesaProvider } from './adapters/mpesa/mpesa-provider.ts'
import { createPaystackProvider } from './adapters/paystack/paystack-provider.ts'
import { accountKeyOf, createAcmeAuthority } from './adapters/acme/acme-authority.ts'
import { createCloudflareZone } from './adapters/dns/cloudflare-zone.ts'
import { createPortalArchives } from './adapters/portal-archive/index.ts'
import { probeS3 } from './adapters/s3/bucket-probe.ts'
import { createSystemResolver } from './adapters/dns/system-resolver.ts'
import { createFakeClearance, createFakeVatChecker } from './adapters/tax/fake-tax-authorities.ts'
import { createViesChecker } from './adapters/tax/vies-checker.ts'
import { createStripeProvider } from './adapters/stripe/stripe-provider.ts'
import type { CompositeOperation, FileOperation } from './core/composite.ts'
import { hmac } from './core/crypto.ts'
import { setDnsResolver } from './core/dns.ts'
import type { Env } from './core/env.ts'
import { pruneIdempotencyKeys } from './core/idempotency.ts'
import type { JobDefinition } from './core/job.ts'
import type { AnyOperation } from './core/operation.ts'
import * as apps from './domain/apps/index.ts'
import * as autoscaling from './domain/autoscaling/index.ts'
import * as audit from './domain/audit/index.ts'
import * as auth from './domain/auth/index.ts'
import * as billing from './domain/billing/index.ts'
import * as branding from './domain/branding/index.ts'
import * as catalog from './domain/catalog/index.ts'
import * as deployments from './domain/deployments/index.ts'
import * as ownDomains from './domain/domains/index.ts'
import * as devices from './domain/devices/index.ts'
import * as dunning from './domain/dunning/index.ts'
import * as exec from './domain/exec/index.ts'
import * as installs from './domain/installs/index.ts'
import * as logs from './domain/logs/index.ts'
import * as mail from './domain/mail/index.ts'
import * as metering from './domain/metering/index.ts'
import * as metrics from './domain/metrics/index.ts'
import * as networks from './domain/networks/index.ts'
import * as nodes from './domain/nodes/index.ts'
import * as orgs from './domain/orgs/index.ts'
import * as portalBackups from './domain/portal-backups/index.ts'
import * as quotas from './domain/quotas/index.ts'
import * as orgDeletion from './domain/org-deletion/index.ts'
import * as payments from './domain/payments/index.ts'
import * as reconciliation from './domain/reconciliation/index.ts'
import * as roles from './domain/roles/index.ts'
import * as routes from './domain/routes/index.ts'
import * as secrets from './domain/secrets/index.ts'
import * as tokens from './domain/tokens/index.ts'
import * as volumes from './domain/volumes/index.ts'
import * as sso from './domain/sso/index.ts'
import * as webhooks from './domain/webhooks/index.ts'
import * as sandbox from './sandbox/index.ts'

const domains = [auth, devices, quotas, orgs, tokens, roles, sso, audit, branding, nodes, routes, ownDomains, secrets, apps, volumes, networks,
  deployments, exec, catalog, installs, logs, metrics, autoscaling, metering, billing, payments, dunning, orgDeletion, reconciliation, portalBackups,
  webhooks, mail]

/** Every operation of the product; transports, documents and the refusal matrix are made from this list. */
export const operations: readonly AnyOperation[] = domains.flatMap((d) => d.operations as readonly AnyOperation[])
/** Only while the installation is a sandbox. */
export const sandboxOperations: readonly AnyOperation[] = [...mail.sandboxOperations, ...sandbox.operations]
export const composites: readonly CompositeOperation[] = [
  ...ownDomains.composites, ...volumes.composites, ...billing.composites, ...payments.composites, ...secrets.composites, ...sso.composites,
  ...audit.composites, ...exec.composites,
  ...logs.composites, ...portalBackups.composites,
]
export const sandboxComposites: readonly CompositeOperation[] = sandbox.composites
export const files: readonly FileOperation[] = [...billing.files, ...payments.files, ...dunning.files, ...audit.files, ...logs.files]
export const jobs: readonly JobDefinition[] = [pruneIdempotencyKeys, ...domains.flatMap((d) => ('jobs' in d ? (d.jobs as readonly JobDefinition[]) : []))]

export const subscribeAll = (): void => {
  sso.subscribeSso()
  secrets.subscribeSecrets()
  routes.subscribeRoutes()
  ownDomains.subscribeDomains()
  apps.subscribeApps()
  volumes.subscribeVolumes()
  networks.subscribeNetworks()
  deployments.subscribeDeployments()
  installs.subscribeInstalls()
  metering.subscribeMetering()
  billing.subscribeBilling()
  payments.subscribePayments()
  reconciliation.subscribeReconciliation()
  dunning.subscribeDunning()
  webhooks.subscribeWebhooks()
  logs.subscribeLogs()
}

/** Cron lines of graphile-worker, real time. */
export const crontab: readonly string[] = [
  '* * * * * deployments.sweep', '11 * * * * core.prune_idempotency_keys', '11 * * * * auth.prune',
  ...volumes.crontab, ...orgDeletion.crontab, ...metrics.crontab, ...autoscaling.crontab, ...metering.crontab, ...billing.crontab, ...payments.crontab,
  ...reconciliation.crontab, ...dunning.crontab,
  ...logs.crontab, ...webhooks.crontab, ...audit.crontab, ...secrets.crontab, ...sso.crontab, ...ownDomains.crontab, ...portalBackups.crontab,
]

/** What a worker does beside jobs. */
export const startWorkers = (): { stop(): Promise<void> } => {
  const running = [webhooks.startDispatcher(), logs.startDrains()]
  return { stop: async () => { await Promise.all(running.map((one) => one.stop())) } }
}

/** Chooses the adapters: the real providers by their keys, in sandbox mode pointed at our own stand-ins. */
export const composeAdapters = (env: Env): void => {
  mail.setMailPorts({ render: emailRenderer, transport: env.SHELLWEGO_SMTP_URL ? smtpTransport(env.SHELLWEGO_SMTP_URL, env.SHELLWEGO_DOMAIN) : null })
  const sandboxed = env.SHELLWEGO_MODE === 'sandbox'
  const nameServers = createSystemResolver(() => env.SHELLWEGO_DNS_SERVERS)
  setDnsResolver(sandboxed ? sandbox.createSandboxResolver(env.SHELLWEGO_DNS_SERVERS ? nameServers : null) : nameServers)
  billing.setVatChecker(sandboxed ? createFakeVatChecker() : createViesChecker())
  billing.setClearanceProvider(sandboxed ? createFakeClearance() : null)
  ownDomains.setIssuing(wildcardIssuing(env))
  volumes.setBucketProbe(probeS3)
  portalBackups.setPortalArchives(createPortalArchives())
  payments.setProviders(env.SHELLWEGO_MODE === 'sandbox' ? sandboxProviders(env) : liveProviders(env))
}

/** Needs a zone to write into; without one wildcards are served with uploaded certificates. In a sandbox edges sign for themselves. */
const wildcardIssuing = (env: Env) => {
  const { SHELLWEGO_ACME_EMAIL: email, SHELLWEGO_DNS_ZONE: zone, CLOUDFLARE_ZONE_ID: zoneId, CLOUDFLARE_API_TOKEN: token } = env
  if (env.SHELLWEGO_MODE === 'sandbox' || !email || !zone || !zoneId || !token) return null
  const trust = env.SHELLWEGO_ACME_CA_ROOT ? { trust: readFileSync(env.SHELLWEGO_ACME_CA_ROOT, 'utf8') } : {}
  const directory = env.SHELLWEGO_ACME_CA ?? 'https://acme-v02.api.letsencrypt.org/directory'
  const authority = createAcmeAuthority({ directory, email, accountKey: accountKeyOf(env.SHELLWEGO_AUTH_SECRET), ...trust })
  return { zone: createCloudflareZone({ zone, zoneId, token }), authority }
}

const sandboxProviders = (env: Env) => {
  const config = sandbox.sandboxAdapterConfig(env)
  return [
    createStripeProvider(config.stripe), createPaystackProvider(config.paystack), createFlutterwaveProvider(config.flutterwave),
    createMpesaProvider(config.mpesa), bankTransfer(),
  ]
}

/** A way to pay for the customers of each seller that has an account for it. */
const bankTransfer = () => createBankTransferProvider({ targetOf: payments.transferTarget })

const liveProviders = (env: Env) => {
  const { STRIPE_SECRET_KEY: stripe, STRIPE_WEBHOOK_SECRET: hook, PAYSTACK_SECRET_KEY: paystack } = env
  const { FLUTTERWAVE_SECRET_KEY: flutterwave, FLUTTERWAVE_SECRET_HASH: hash } = env
  return [
    ...(stripe && hook ? [createStripeProvider({ secretKey: stripe, webhookSecrets: hook.split(',') })] : []),
    ...(paystack ? [createPaystackProvider({ secretKey: paystack })] : []),
    ...(flutterwave && hash ? [createFlutterwaveProvider({ secretKey: flutterwave, secretHashes: hash.split(',') })] : []),
    ...mpesa(env), bankTransfer(),
  ]
}

const mpesa = (env: Env) => {
  const { MPESA_CONSUMER_KEY: consumerKey, MPESA_CONSUMER_SECRET: consumerSecret, MPESA_SHORTCODE: shortcode, MPESA_PASSKEY: passkey, MPESA_TILL: till } = env
  if (!consumerKey || !consumerSecret || !shortcode || !passkey) return []
  const callbackSecrets = [hmac(env.SHELLWEGO_AUTH_SECRET, 'mpesa-callback')] as const
  return [createMpesaProvider({
    consumerKey, consumerSecret, shortcode, passkey, callbackSecrets, callbackUrl: `https://${env.SHELLWEGO_DOMAIN}/hooks/mpesa`, ...(till ? { till } : {}),
  })]
}

import * as apps from '../../domain/apps/index.ts'
import * as autoscaling from '../../domain/autoscaling/index.ts'
import * as audit from '../../domain/audit/index.ts'
import * as auth from '../../domain/auth/index.ts'
import * as billing from '../../domain/billing/index.ts'
import * as branding from '../../domain/branding/index.ts'
import * as catalog from '../../domain/catalog/index.ts'
import * as ownDomains from '../../domain/domains/index.ts'
import * as devices from '../../domain/devices/index.ts'
import * as dunning from '../../domain/dunning/index.ts'
import * as exec from '../../domain/exec/index.ts'
import * as installs from '../../domain/installs/index.ts'
import * as logs from '../../domain/logs/index.ts'
import * as mail from '../../domain/mail/index.ts'
import * as metrics from '../../domain/metrics/index.ts'
import * as deployments from '../../domain/deployments/index.ts'
import * as nodes from '../../domain/nodes/index.ts'
import * as orgs from '../../domain/orgs/index.ts'
import * as orgDeletion from '../../domain/org-deletion/index.ts'
import * as portalBackups from '../../domain/portal-backups/index.ts'
import * as payments from '../../domain/payments/index.ts'
import * as quotas from '../../domain/quotas/index.ts'
import * as reconciliation from '../../domain/reconciliation/index.ts'
import * as roles from '../../domain/roles/index.ts'
import * as secrets from '../../domain/secrets/index.ts'
import * as tokens from '../../domain/tokens/index.ts'
import * as sso from '../../domain/sso/index.ts'
import * as networks from '../../domain/networks/index.ts'
import * as volumes from '../../domain/volumes/index.ts'
import * as webhooks from '../../domain/webhooks/index.ts'
import * as sandbox from '../../sandbox/index.ts'
import { mutationOf, mutationOfComposite, queryOf, queryOfComposite, t } from './procedure.ts'

export const appRouter = t.router({
  auth: t.router({
    me: queryOf(auth.getMe), signIn: mutationOf(auth.signIn), signUp: mutationOf(auth.createUser), signOut: mutationOf(auth.signOut),
    signOutEverywhere: mutationOf(auth.signOutEverywhere), sessions: queryOf(auth.listSessions), revokeSession: mutationOf(auth.revokeSession),
    verifyEmail: mutationOf(auth.verifyEmail), resendVerification: mutationOf(auth.resendVerification),
    requestPasswordReset: mutationOf(auth.requestPasswordReset), resetPassword: mutationOf(auth.resetPassword),
    completeSignIn: mutationOf(auth.completeSignIn), secondFactorPasskeyOptions: mutationOf(auth.secondFactorPasskeyOptions),
    passkeySignInOptions: mutationOf(auth.passkeySignInOptions), signInWithPasskey: mutationOf(auth.signInWithPasskey),
    requestSignInLink: mutationOf(auth.requestSignInLink), signInWithLink: mutationOf(auth.signInWithLink),
    reauthenticationOptions: mutationOf(auth.reauthenticationOptions), reauthenticate: mutationOf(auth.reauthenticate),
    revokeOtherSessions: mutationOf(auth.revokeOtherSessions),
    setupStatus: queryOf(auth.setupStatus), setup: mutationOf(auth.setupOperator),
  }),
  account: t.router({
    security: queryOf(auth.getSecurity), update: mutationOf(auth.updateProfile), changePassword: mutationOf(auth.changePassword),
    requestEmailChange: mutationOf(auth.requestEmailChange), cancelEmailChange: mutationOf(auth.cancelEmailChange),
    confirmEmailChange: mutationOf(auth.confirmEmailChange), undoEmailChange: mutationOf(auth.undoEmailChange),
    startTotp: mutationOf(auth.startTotp), confirmTotp: mutationOf(auth.confirmTotp), removeTotp: mutationOf(auth.removeTotp),
    startPasskey: mutationOf(auth.startPasskey), addPasskey: mutationOf(auth.addPasskey), renamePasskey: mutationOf(auth.renamePasskey),
    removePasskey: mutationOf(auth.removePasskey), regenerateRecoveryCodes: mutationOf(auth.regenerateRecoveryCodes),
  }),
  orgs: t.router({
    create: mutationOf(orgs.createOrganization), list: queryOf(orgs.listOrganizations), get: queryOf(orgs.getOrganization), members: queryOf(orgs.listMembers),
    update: mutationOf(orgs.updateOrganization), updateSettings: mutationOf(orgs.updateOrganizationSettings), regions: queryOf(orgs.listRegions),
    quotas: queryOf(quotas.getQuotas), transfer: mutationOf(orgs.transferOwnership), remove: mutationOf(orgDeletion.deleteOrganization),
    restore: mutationOf(orgDeletion.restoreOrganization), leave: mutationOf(orgs.leaveOrganization),
  }),
  members: t.router({
    get: queryOf(orgs.getMember), update: mutationOf(orgs.updateMember), suspend: mutationOf(orgs.suspendMember), unsuspend: mutationOf(orgs.unsuspendMember),
    remove: mutationOf(orgs.removeMember),
  }),
  invitations: t.router({
    list: queryOf(orgs.listInvitations), create: mutationOf(orgs.createInvitation), resend: mutationOf(orgs.resendInvitation),
    revoke: mutationOf(orgs.revokeInvitation), preview: queryOf(orgs.previewInvitation), accept: mutationOf(orgs.acceptInvitation),
    signUp: mutationOf(orgs.signUpByInvitation),
  }),
  roles: t.router({
    list: queryOf(roles.listRoles), get: queryOf(roles.getRole),
    create: mutationOf(roles.createRole), update: mutationOf(roles.updateRole), remove: mutationOf(roles.deleteRole),
  }),
  devices: t.router({ get: queryOf(devices.getDevice), approve: mutationOf(devices.approveDevice), deny: mutationOf(devices.denyDevice) }),
  tokens: t.router({
    list: queryOf(tokens.listTokens), create: mutationOf(tokens.createToken), update: mutationOf(tokens.updateToken),
    revoke: mutationOf(tokens.revokeToken), rotate: mutationOf(tokens.rotateToken),
  }),
  serviceAccounts: t.router({
    list: queryOf(tokens.listServiceAccounts), get: queryOf(tokens.getServiceAccount), create: mutationOf(tokens.createServiceAccount),
    update: mutationOf(tokens.updateServiceAccount), remove: mutationOf(tokens.deleteServiceAccount), tokens: queryOf(tokens.listServiceAccountTokens),
    createToken: mutationOf(tokens.createServiceAccountToken), renameToken: mutationOf(tokens.renameServiceAccountToken),
    revokeToken: mutationOf(tokens.revokeServiceAccountToken), rotateToken: mutationOf(tokens.rotateServiceAccountToken),
  }),
  apps: t.router({
    list: queryOf(apps.listApps), get: queryOf(apps.getApp), create: mutationOf(apps.createApp), update: mutationOf(apps.updateApp),
    scale: mutationOf(apps.scaleApp), start: mutationOf(apps.startApp), stop: mutationOf(apps.stopApp), restart: mutationOf(apps.restartApp),
    wake: mutationOf(exec.wakeApp), deploy: mutationOf(apps.deployApp), rollback: mutationOf(apps.rollBackApp),
    remove: mutationOf(apps.deleteApp), logs: queryOf(logs.listAppLogs), metrics: queryOf(metrics.getAppMetrics),
    exec: mutationOfComposite(exec.runCommand), openTerminal: mutationOf(exec.openTerminal), renewTerminal: mutationOf(exec.renewTicket),
    terminals: queryOf(exec.listTerminals), allTerminals: queryOf(exec.listAllTerminals), closeTerminal: mutationOf(exec.closeTerminal),
  }),
  autoscaling: t.router({
    get: queryOf(autoscaling.getAutoscaling), set: mutationOf(autoscaling.setAutoscaling), remove: mutationOf(autoscaling.removeAutoscaling),
    decisions: queryOf(autoscaling.listDecisions),
  }),
  networks: t.router({ get: queryOf(networks.getOrgNetwork), ofApp: queryOf(networks.getAppNetwork), setOfApp: mutationOf(networks.setAppNetwork) }),
  volumes: t.router({
    list: queryOf(volumes.listVolumes), get: queryOf(volumes.getVolume), create: mutationOf(volumes.createVolume), attach: mutationOf(volumes.attachVolume),
    detach: mutationOf(volumes.detachVolume), resize: mutationOf(volumes.resizeVolume), remove: mutationOf(volumes.deleteVolume),
    setMode: mutationOf(volumes.setVolumeMode), restoreElsewhere: mutationOf(volumes.restoreElsewhere),
    undelete: mutationOf(volumes.undeleteVolume),
    snapshot: mutationOf(volumes.createSnapshot), removeSnapshot: mutationOf(volumes.deleteSnapshot), restore: mutationOf(volumes.restoreVolume),
    clone: mutationOf(volumes.cloneVolume), setSchedule: mutationOf(volumes.setSchedule), removeSchedule: mutationOf(volumes.removeSchedule),
    backUp: mutationOf(volumes.backUpVolume), setDrills: mutationOf(volumes.setDrills),
  }),
  backups: t.router({
    list: queryOf(volumes.listBackups), remove: mutationOf(volumes.deleteBackup), restore: mutationOf(volumes.restoreBackup),
    drill: mutationOf(volumes.drillBackup),
    targets: queryOf(volumes.listTargets), addTarget: mutationOf(volumes.createTarget),
    replaceKeys: mutationOf(volumes.replaceTargetKeys),
    removeTarget: mutationOf(volumes.removeTarget), testTarget: mutationOfComposite(volumes.testTarget),
  }),
  portalBackups: t.router({
    list: queryOf(portalBackups.listPortalBackups), create: mutationOf(portalBackups.createPortalBackup), verify: mutationOf(portalBackups.verifyPortalBackup),
    plan: queryOf(portalBackups.getPlan), setPlan: mutationOf(portalBackups.setPlan), testPlan: mutationOfComposite(portalBackups.testPlan),
  }),
  recovery: t.router({
    get: queryOf(portalBackups.getRecovery), resume: mutationOf(portalBackups.resume), adopt: mutationOf(portalBackups.adoptStray),
    remove: mutationOf(portalBackups.removeStray),
  }),
  deployments: t.router({
    list: queryOf(apps.listDeployments), get: queryOf(apps.getDeployment), cancel: mutationOf(apps.cancelDeployment),
    promote: mutationOf(apps.promoteDeployment),
  }),
  releases: t.router({ list: queryOf(apps.listReleases), compare: queryOf(apps.compareRelease) }),
  catalog: t.router({
    list: queryOf(catalog.listCatalog), get: queryOf(catalog.getCatalogEntry), install: mutationOf(installs.createInstall),
      installs: queryOf(installs.listInstalls),
    installation: queryOf(installs.getInstall), undo: mutationOf(installs.undoInstall),
  }),
  billing: t.router({
    spend: queryOf(billing.getSpend), usage: queryOf(billing.getUsage), prices: queryOf(billing.getPrices),
    publicPrices: queryOf(billing.getPublicPrices), currencies: queryOf(billing.listCurrencies),
    estimate: queryOf(billing.estimateAppPrice), invoices: queryOf(billing.listInvoices), invoice: queryOf(payments.getInvoice),
    pay: mutationOfComposite(payments.payInvoice), payments: queryOf(payments.listPayments), payment: queryOf(payments.getPayment),
    checkout: queryOf(payments.getCheckout), payLink: queryOf(payments.getPayLink), checkPayments: mutationOfComposite(payments.checkPayments),
    refunds: queryOf(payments.listRefunds),
  }),
  paymentMethods: t.router({
    list: queryOf(payments.listMethods), setDefault: mutationOf(payments.setDefaultMethod), remove: mutationOf(payments.removeMethod),
    providers: queryOf(payments.listMethodProviders), startSetup: mutationOfComposite(payments.startSetup),
    checkSetup: mutationOfComposite(payments.checkSetup),
    settings: queryOf(payments.getPaymentSettings), setSettings: mutationOf(payments.setPaymentSettings),
  }),
  dunning: t.router({
    standing: queryOf(dunning.getStanding), budget: queryOf(dunning.getBudget), setBudget: mutationOf(dunning.setBudget),
    removeBudget: mutationOf(dunning.removeBudget),
    policy: queryOf(dunning.getDunningPolicy), setPolicy: mutationOf(dunning.setDunningPolicy), list: queryOf(dunning.listDunningAccounts),
    account: queryOf(dunning.getDunningAccount), ageing: queryOf(dunning.getAgeing), pause: mutationOf(dunning.pauseDunning),
    resume: mutationOf(dunning.resumeDunning),
    suspend: mutationOf(dunning.suspendOrganization), unsuspend: mutationOf(dunning.unsuspendOrganization),
  }),
  staffPayments: t.router({
    list: queryOf(payments.listAllPayments), record: mutationOf(payments.recordPayment), refunds: queryOf(payments.listAllRefunds),
    refund: mutationOf(payments.refundPayment),
    disputes: queryOf(payments.listDisputes), submitEvidence: mutationOf(payments.submitEvidence), suspense: queryOf(payments.listSuspense),
    matchSuspense: mutationOf(payments.matchSuspense), returnSuspense: mutationOf(payments.returnSuspense),
  }),
  payLinks: t.router({
    get: queryOf(payments.getPayLinkCheckout), pay: mutationOfComposite(payments.payByLink), check: mutationOfComposite(payments.checkByLink),
  }),
  credits: t.router({
    balance: queryOf(billing.getCreditBalance), list: queryOf(billing.listCredits), history: queryOf(billing.listCreditHistory),
    purchase: mutationOfComposite(billing.purchaseCredits), redeem: mutationOf(billing.redeemCoupon), coupons: queryOf(billing.listRedemptions),
    removeCoupon: mutationOf(billing.removeCoupon),
  }),
  books: t.router({
    trialBalance: queryOf(billing.trialBalance), invariants: queryOf(billing.checkInvariants), entries: queryOf(billing.listLedgerEntries),
    transaction: queryOf(billing.getLedgerTransaction), checks: queryOf(billing.listLedgerChecks), rebuild: mutationOf(billing.rebuildLedger),
    revenue: queryOf(billing.revenueReport), mrr: queryOf(billing.mrrReport), tax: queryOf(billing.taxReport),
    coupons: queryOf(billing.listCoupons), createCoupon: mutationOf(billing.createCoupon), archiveCoupon: mutationOf(billing.archiveCoupon),
    credits: queryOf(billing.listAllCredits), grantCredits: mutationOf(billing.grantCredits), revokeCredits: mutationOf(billing.revokeCredits),
  }),
  invoicing: t.router({
    preview: queryOf(billing.previewInvoice), creditNotes: queryOf(billing.listCreditNotes),
    creditNote: queryOf(billing.getCreditNote), statement: queryOf(billing.getStatement),
    taxProfile: queryOf(billing.getTaxProfile), setTaxProfile: mutationOf(billing.setTaxProfile),
  }),
  staffInvoices: t.router({
    get: queryOf(billing.readAnyInvoice), finalise: mutationOf(billing.finaliseInvoice),
    void: mutationOf(billing.voidInvoice), writeOff: mutationOf(billing.writeOffInvoice),
    retryClearance: mutationOf(billing.retryClearance), create: mutationOf(billing.createInvoice), previewCredit: queryOf(billing.previewCreditNote),
    credit: mutationOf(billing.issueCreditNote), creditNotes: queryOf(billing.listAllCreditNotes),
    items: queryOf(billing.listInvoiceItems), addItem: mutationOf(billing.addItem),
    removeItem: mutationOf(billing.removeItem), adjustments: queryOf(billing.listAdjustments),
    requestAdjustment: mutationOf(billing.requestAdjustment), decideAdjustment: mutationOf(billing.decideAdjustment),
    entities: queryOf(billing.listEntities), entity: queryOf(billing.getEntity),
    transferAccounts: queryOf(payments.listTransferAccounts), createTransferAccount: mutationOf(payments.createTransferAccount),
    updateTransferAccount: mutationOf(payments.updateTransferAccount), deleteTransferAccount: mutationOf(payments.deleteTransferAccount),
    createEntity: mutationOf(billing.createEntity), updateEntity: mutationOf(billing.updateEntity),
    settings: queryOf(billing.getSettings), setSettings: mutationOf(billing.setSettings),
  }),
  reconciliation: t.router({
    accounts: queryOf(reconciliation.listBankAccounts), account: queryOf(reconciliation.getBankAccount),
    createAccount: mutationOf(reconciliation.createBankAccount), updateAccount: mutationOf(reconciliation.updateBankAccount),
    statements: queryOf(reconciliation.listStatements), statement: queryOf(reconciliation.getStatement),
    importStatement: mutationOf(reconciliation.importStatement), preview: mutationOf(reconciliation.previewStatement),
    lines: queryOf(reconciliation.listLines), acceptProposal: mutationOf(reconciliation.acceptProposal),
    work: queryOf(reconciliation.listWorkItems), closeWork: mutationOf(reconciliation.closeWorkItem), payouts: queryOf(reconciliation.listPayouts),
    health: queryOf(reconciliation.listProviderHealth), runs: queryOf(reconciliation.listRuns), start: mutationOf(reconciliation.startRun),
    retryPayment: mutationOf(reconciliation.retryPayment),
  }),
  staffTaxes: t.router({
    rates: queryOf(billing.listTaxRates), rate: queryOf(billing.getTaxRate), add: mutationOf(billing.addTaxRate),
    end: mutationOf(billing.endTaxRate), preset: mutationOf(billing.applyPreset),
    affected: queryOf(billing.taxAffected), profile: queryOf(billing.getOrgTaxProfile), setProfile: mutationOf(billing.setOrgTaxProfile),
  }),
  subscription: t.router({
    get: queryOf(billing.getSubscription), plans: queryOf(billing.listOfferedPlans),
    preview: queryOf(billing.previewChange), change: mutationOf(billing.changePlan),
    pause: mutationOf(billing.pauseSubscription), resume: mutationOf(billing.resumeSubscription), cancel: mutationOf(billing.cancelSubscription),
    undo: mutationOf(billing.undoChange), changes: queryOf(billing.listChanges),
  }),
  catalogue: t.router({
    meters: queryOf(billing.listMeters), meter: queryOf(billing.getMeter),
    createMeter: mutationOf(billing.createMeter), archiveMeter: mutationOf(billing.archiveMeter),
    restoreMeter: mutationOf(billing.restoreMeter), plans: queryOf(billing.listPlans),
    plan: queryOf(billing.getPlan), createPlan: mutationOf(billing.createPlan),
    updatePlan: mutationOf(billing.updatePlan), archivePlan: mutationOf(billing.archivePlan), restorePlan: mutationOf(billing.restorePlan),
    publish: mutationOf(billing.publishPrice), previewMigration: queryOf(billing.previewMigration), migrate: mutationOf(billing.migrateSubscriptions),
    example: queryOf(billing.billingPreview),
  }),
  domains: t.router({
    list: queryOf(ownDomains.listDomains), get: queryOf(ownDomains.getDomain), add: mutationOf(ownDomains.addDomain),
    update: mutationOf(ownDomains.updateDomain), remove: mutationOf(ownDomains.removeDomain), verify: mutationOfComposite(ownDomains.verifyDomain),
    uploadCertificate: mutationOf(ownDomains.uploadCertificate), removeCertificate: mutationOf(ownDomains.removeCertificate),
  }),
  sso: t.router({
    discover: queryOf(sso.discoverSso), start: mutationOfComposite(sso.startSso), finish: mutationOfComposite(sso.finishSso), get: queryOf(sso.getSso),
    save: mutationOfComposite(sso.saveSso), remove: mutationOf(sso.removeSso), test: mutationOfComposite(sso.testSso), enforce: mutationOf(sso.enforceSso),
    domains: queryOf(sso.listSsoDomains), addDomain: mutationOf(sso.addSsoDomain), removeDomain: mutationOf(sso.removeSsoDomain),
    verifyDomain: mutationOfComposite(sso.verifySsoDomain),
  }),
  audit: t.router({ list: queryOf(audit.listAudit), facets: queryOf(audit.auditFacets), verify: queryOfComposite(audit.verifyAudit) }),
  visit: t.router({ begin: mutationOf(audit.impersonate), open: mutationOf(audit.openImpersonation), end: mutationOf(audit.endImpersonation) }),
  logDrains: t.router({
    list: queryOf(logs.listDrains), get: queryOf(logs.getDrain), create: mutationOf(logs.createDrain), update: mutationOf(logs.updateDrain),
    remove: mutationOf(logs.deleteDrain), test: mutationOfComposite(logs.testDrain),
  }),
  webhooks: t.router({
    list: queryOf(webhooks.listWebhooks), get: queryOf(webhooks.getWebhook), create: mutationOf(webhooks.createWebhook),
    update: mutationOf(webhooks.updateWebhook),
    remove: mutationOf(webhooks.deleteWebhook), rotateSecret: mutationOf(webhooks.rotateWebhookSecret), test: mutationOf(webhooks.testWebhook),
    deliveries: queryOf(webhooks.listDeliveries), delivery: queryOf(webhooks.getDelivery), redeliver: mutationOf(webhooks.redeliver),
    redeliverRange: mutationOf(webhooks.redeliverRange),
  }),
  secrets: t.router({
    list: queryOf(secrets.listSecrets), get: queryOf(secrets.getSecret), versions: queryOf(secrets.listSecretVersions), ofApp: queryOf(secrets.listAppSecrets),
    create: mutationOf(secrets.createSecret), set: mutationOf(secrets.setAppSecret), rotate: mutationOf(secrets.rotateSecret),
    rollBack: mutationOf(secrets.rollBackSecret), update: mutationOf(secrets.updateSecret), remove: mutationOf(secrets.deleteSecret),
    importMany: mutationOf(secrets.importSecrets),
  }),
  brand: t.router({ current: queryOf(branding.currentBrand) }),
  staff: t.router({
    brands: queryOf(branding.listBrands), brand: queryOf(branding.getBrand), createBrand: mutationOf(branding.createBrand),
      updateBrand: mutationOf(branding.updateBrand),
    paymentAccounts: queryOf(payments.listAccounts), addPaymentAccount: mutationOfComposite(payments.addAccount),
      updatePaymentAccount: mutationOf(payments.updateAccount), removePaymentAccount: mutationOf(payments.removeAccount),
    nodes: queryOf(nodes.listNodes), node: queryOf(nodes.getNode), nodeMetrics: queryOf(metrics.getNodeMetrics),
      metricsAccess: queryOf(metrics.getMetricsAccess), openMetrics: mutationOf(metrics.openMetrics), closeMetrics: mutationOf(metrics.closeMetrics),
      createJoinToken: mutationOf(nodes.createJoinToken), join: queryOf(nodes.getJoin), nodeUpgrades: queryOf(nodes.getUpgrades),
      startUpgrade: mutationOf(nodes.startUpgrade), resumeUpgrade: mutationOf(nodes.resumeUpgrade), cancelUpgrade: mutationOf(nodes.cancelUpgrade),
      revokeNode: mutationOf(nodes.revokeNode), declareDead: mutationOf(nodes.declareDead), updateNode: mutationOf(nodes.updateNode),
      cordonNode: mutationOf(nodes.cordonNode), uncordonNode: mutationOf(nodes.uncordonNode), drain: queryOf(deployments.getDrain),
      previewDrain: queryOf(deployments.previewDrain), drainNode: mutationOf(deployments.drainNode), cancelDrain: mutationOf(deployments.cancelDrain),
      deleteNode: mutationOf(deployments.deleteNode),
      organizations: queryOf(orgs.listAllOrganizations), quotas: queryOf(quotas.getQuotasOf), setQuotas: mutationOf(quotas.setQuotas),
      trust: mutationOf(orgs.trustOrganization), heldDomains: queryOf(ownDomains.listHeldHostnames), releaseDomain: mutationOf(ownDomains.releaseHeldHostname),
    prices: queryOf(billing.listPrices), setPrice: mutationOf(billing.setPrice), invoices: queryOf(billing.listAllInvoices),
    keys: queryOfComposite(secrets.getKeys), rotateKeys: mutationOfComposite(secrets.rotateKeys), retireKey: mutationOfComposite(secrets.retireKey),
    replaceDataKey: mutationOf(secrets.replaceDataKey), users: queryOf(auth.listAccounts), resetSecondFactor: mutationOf(auth.resetSecondFactor),
  }),
  /** Refused by the handler outside sandbox mode. */
  sandbox: t.router({
    mails: queryOf(mail.listTestMail), clock: queryOf(sandbox.getTestClock), setClock: mutationOfComposite(sandbox.setTestClock),
    checkout: queryOfComposite(sandbox.getSandboxCheckout), settle: mutationOfComposite(sandbox.completeSandboxCheckout),
    dnsRecords: queryOf(sandbox.listDnsRecords), setDnsRecord: mutationOf(sandbox.setDnsRecord), deleteDnsRecord: mutationOf(sandbox.deleteDnsRecord),
  }),
})
export type AppRouter = typeof appRouter

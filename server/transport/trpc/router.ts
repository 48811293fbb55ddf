import * as apps from '../../domain/apps/index.ts'
import * as auth from '../../domain/auth/index.ts'
import * as billing from '../../domain/billing/index.ts'
import * as branding from '../../domain/branding/index.ts'
import * as catalog from '../../domain/catalog/index.ts'
import * as installs from '../../domain/installs/index.ts'
import * as logs from '../../domain/logs/index.ts'
import * as mail from '../../domain/mail/index.ts'
import * as nodes from '../../domain/nodes/index.ts'
import * as orgs from '../../domain/orgs/index.ts'
import * as payments from '../../domain/payments/index.ts'
import * as sandbox from '../../sandbox/index.ts'
import { mutationOf, mutationOfComposite, queryOf, queryOfComposite, t } from './procedure.ts'

export const appRouter = t.router({
  auth: t.router({
    me: queryOf(auth.getMe), signIn: mutationOf(auth.signIn), signUp: mutationOf(auth.createUser), signOut: mutationOf(auth.signOut),
    signOutEverywhere: mutationOf(auth.signOutEverywhere), sessions: queryOf(auth.listSessions), revokeSession: mutationOf(auth.revokeSession),
    verifyEmail: mutationOf(auth.verifyEmail), resendVerification: mutationOf(auth.resendVerification),
    requestPasswordReset: mutationOf(auth.requestPasswordReset), resetPassword: mutationOf(auth.resetPassword),
    setupStatus: queryOf(auth.setupStatus), setup: mutationOf(auth.setupOperator),
  }),
  orgs: t.router({
    create: mutationOf(orgs.createOrganization), list: queryOf(orgs.listOrganizations), get: queryOf(orgs.getOrganization), members: queryOf(orgs.listMembers),
  }),
  apps: t.router({
    list: queryOf(apps.listApps), get: queryOf(apps.getApp), create: mutationOf(apps.createApp), update: mutationOf(apps.updateApp),
    scale: mutationOf(apps.scaleApp), start: mutationOf(apps.startApp), stop: mutationOf(apps.stopApp), restart: mutationOf(apps.restartApp),
    deploy: mutationOf(apps.deployApp), remove: mutationOf(apps.deleteApp), logs: queryOf(logs.listAppLogs), metrics: queryOf(logs.getAppMetrics),
  }),
  deployments: t.router({ list: queryOf(apps.listDeployments), get: queryOf(apps.getDeployment) }),
  catalog: t.router({
    list: queryOf(catalog.listCatalog), get: queryOf(catalog.getCatalogEntry), install: mutationOf(installs.createInstall),
      installs: queryOf(installs.listInstalls),
    installation: queryOf(installs.getInstall), undo: mutationOf(installs.undoInstall),
  }),
  billing: t.router({
    spend: queryOf(billing.getSpend), usage: queryOf(billing.getUsage), prices: queryOf(billing.getPrices), publicPrices: queryOf(billing.getPublicPrices),
    estimate: queryOf(billing.estimateAppPrice), invoices: queryOf(billing.listInvoices), invoice: queryOf(payments.getInvoice),
    pay: mutationOfComposite(payments.payInvoice), payments: queryOf(payments.listPayments), payment: queryOf(payments.getPayment),
  }),
  brand: t.router({ current: queryOf(branding.currentBrand) }),
  staff: t.router({
    brands: queryOf(branding.listBrands), brand: queryOf(branding.getBrand), createBrand: mutationOf(branding.createBrand),
      updateBrand: mutationOf(branding.updateBrand),
    nodes: queryOf(nodes.listNodes), node: queryOf(nodes.getNode), createJoinToken: mutationOf(nodes.createJoinToken),
      organizations: queryOf(orgs.listAllOrganizations),
    prices: queryOf(billing.listPrices), setPrice: mutationOf(billing.setPrice), invoices: queryOf(billing.listAllInvoices),
    trialBalance: queryOf(billing.trialBalance), invariants: queryOf(billing.checkInvariants),
  }),
  /** Refused by the handler outside sandbox mode. */
  sandbox: t.router({
    mails: queryOf(mail.listTestMail), clock: queryOf(sandbox.getTestClock), setClock: mutationOfComposite(sandbox.setTestClock),
    checkout: queryOfComposite(sandbox.getSandboxCheckout), settle: mutationOfComposite(sandbox.completeSandboxCheckout),
  }),
})
export type AppRouter = typeof appRouter

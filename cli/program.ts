import type { Command } from 'commander'
import { createCli } from './cli.ts'
import { apiCommand } from './commands/api.ts'
import { appsCommands } from './commands/apps.ts'
import { appActions } from './commands/app-actions.ts'
import { autoscaleCommands } from './commands/autoscale.ts'
import { auditCommands } from './commands/audit.ts'
import { authCommands } from './commands/auth.ts'
import { billingCommands } from './commands/billing.ts'
import { budgetCommands } from './commands/budget.ts'
import { completionCommand } from './commands/completion.ts'
import { configCommands } from './commands/config.ts'
import { couponsCommands } from './commands/coupons.ts'
import { creditsCommands } from './commands/credits.ts'
import { deploymentsCommands } from './commands/deployments.ts'
import { domainsCommands } from './commands/domains.ts'
import { eventsCommand } from './commands/events.ts'
import { execCommands } from './commands/exec.ts'
import { healthCheckCommand } from './commands/health-check.ts'
import { initCommand } from './commands/init.ts'
import { invoicesCommands } from './commands/invoices.ts'
import { creditNotesCommands } from './commands/credit-notes.ts'
import { ledgerCommands } from './commands/ledger.ts'
import { logDrainsCommands } from './commands/log-drains.ts'
import { logsCommand } from './commands/logs.ts'
import { membersCommands } from './commands/members.ts'
import { metricsCommand } from './commands/metrics.ts'
import { metersCommands } from './commands/meters.ts'
import { networksCommands } from './commands/networks.ts'
import { nodesCommands } from './commands/nodes.ts'
import { orgsCommands } from './commands/orgs.ts'
import { moneyAccountsCommands } from './commands/money-accounts.ts'
import { operatorPaymentsCommands } from './commands/operator-payments.ts'
import { paymentMethodsCommands, paymentsCommands } from './commands/payments.ts'
import { plansCommands } from './commands/plans.ts'
import { portalBackupCommands } from './commands/portal-backup.ts'
import { pricingCommands } from './commands/pricing.ts'
import { quotasCommands } from './commands/quotas.ts'
import { reconciliationCommands } from './commands/reconciliation.ts'
import { recoveryCommands } from './commands/recovery.ts'
import { releasesCommands } from './commands/releases.ts'
import { secretsCommands } from './commands/secrets.ts'
import { statementCommand } from './commands/statement.ts'
import { statusCommand } from './commands/status.ts'
import { subscriptionCommands } from './commands/subscription.ts'
import { taxesCommands } from './commands/taxes.ts'
import { tokensCommands } from './commands/tokens.ts'
import { usageCommand } from './commands/usage.ts'
import { backupsCommands } from './commands/backups.ts'
import { volumesCommands } from './commands/volumes.ts'
import { webhooksCommands } from './commands/webhooks.ts'
import type { Installation } from './context.ts'

/** The whole command tree; one file per resource. */
export function buildProgram(installation: Installation): Command {
  const cli = createCli(installation)
  authCommands(cli)
  orgsCommands(cli)
  appActions(cli, appsCommands(cli))
  for (const add of [
    deploymentsCommands, releasesCommands, domainsCommands, logsCommand, metricsCommand, execCommands, eventsCommand, volumesCommands, backupsCommands,
    secretsCommands,
    tokensCommands, membersCommands, quotasCommands, webhooksCommands, logDrainsCommands, auditCommands,
    subscriptionCommands, plansCommands, pricingCommands, invoicesCommands, paymentsCommands, paymentMethodsCommands, operatorPaymentsCommands,
    moneyAccountsCommands, creditNotesCommands, statementCommand, billingCommands, metersCommands, taxesCommands,
    creditsCommands, couponsCommands, budgetCommands, ledgerCommands, reconciliationCommands, usageCommand, networksCommands, autoscaleCommands,
    nodesCommands,
    portalBackupCommands, recoveryCommands,
    statusCommand, healthCheckCommand, initCommand, configCommands, completionCommand, apiCommand,
  ]) add(cli)
  return cli.program
}

/** One entry per e-mail: its subject and its body. */
import type { ReactElement } from 'react'
import { ResetPassword, VerifyAddress, Welcome } from './account.tsx'
import { CreditNoteIssued, InvoiceIssued, InvoiceReminder, reminderTitle } from './billing.tsx'
import { BooksBroken, CreditsExpiring } from './credits.tsx'
import { ReconciliationReport } from './reconciliation.tsx'
import { DeploymentFailed } from './deployments.tsx'
import { BudgetAlert, standingTitle, StandingNotice } from './dunning.tsx'
import { domainTitle, DomainTrouble } from './domains.tsx'
import { InvitationMail, OrganizationDeletion } from './organizations.tsx'
import { AddressChanged, ConfirmNewAddress, noticeTitle, SecurityNoticeMail, SignInLink } from './security.tsx'
import { SecretExpiring } from './secrets.tsx'
import { drainTitle, DrainTrouble } from './drains.tsx'
import { BackupTrouble, backupTitle } from './backups.tsx'
import { PortalBackupTrouble, portalBackupTitle } from './portal-backups.tsx'
import { troubleTitle, WebhookTrouble } from './webhooks.tsx'
import { AutoPayOff, CardExpiring, PaymentActionRequired, PaymentDisputed, PaymentFailed, PaymentRefunded, Receipt, TopUpMade } from './payments.tsx'
import type { EmailName, EmailProps } from './props.ts'

type Template<N extends EmailName> = { readonly subject: (props: EmailProps<N>) => string; readonly body: (props: EmailProps<N>) => ReactElement }

export const EMAIL_TEMPLATES: { readonly [N in EmailName]: Template<N> } = {
  verify_address: { subject: ({ brand }) => `Confirm your address for ${brand.name}`, body: VerifyAddress },
  reset_password: { subject: ({ brand }) => `Choose a new password for ${brand.name}`, body: ResetPassword },
  sign_in_link: { subject: ({ brand }) => `Your link to sign in to ${brand.name}`, body: SignInLink },
  confirm_new_address: { subject: ({ brand }) => `Confirm your new address for ${brand.name}`, body: ConfirmNewAddress },
  address_changed: { subject: ({ brand }) => `The address of your ${brand.name} account was changed`, body: AddressChanged },
  security_notice: { subject: ({ brand, notice }) => `${noticeTitle(notice)} (${brand.name})`, body: SecurityNoticeMail },
  invitation: { subject: ({ organization, brand }) => `Join ${organization} on ${brand.name}`, body: InvitationMail },
  organization_deletion: { subject: ({ organization }) => `${organization} will be deleted`, body: OrganizationDeletion },
  secret_expiring: { subject: ({ name, expired, expires_on }) => (expired ? `The secret ${name} has expired` : `The secret ${name} expires on ${expires_on}`), body: SecretExpiring },
  domain_trouble: { subject: ({ domain, trouble }) => `${domainTitle(trouble)} (${domain})`, body: DomainTrouble },
  drain_trouble: { subject: ({ organization, trouble }) => `${drainTitle(trouble)} (${organization})`, body: DrainTrouble },
  backup_trouble: { subject: ({ volume, trouble }) => `${backupTitle(trouble)} (${volume})`, body: BackupTrouble },
  portal_backup_trouble: { subject: ({ trouble }) => portalBackupTitle(trouble), body: PortalBackupTrouble },
  webhook_trouble: { subject: ({ organization, trouble }) => `${troubleTitle(trouble)} (${organization})`, body: WebhookTrouble },
  welcome: { subject: ({ brand }) => `Welcome to ${brand.name}`, body: Welcome },
  invoice_issued: { subject: ({ brand, number, amount }) => `Invoice ${number} from ${brand.name}: ${amount}`, body: InvoiceIssued },
  credit_note: { subject: ({ number, amount }) => `Credit note ${number}: ${amount}`, body: CreditNoteIssued },
  invoice_reminder: { subject: (props) => `${reminderTitle(props)} (${props.amount})`, body: InvoiceReminder },
  standing_notice: { subject: (props) => standingTitle(props), body: StandingNotice },
  budget_alert: { subject: ({ organization, threshold, budget }) => `${organization} spent ${threshold} % of its budget of ${budget}`, body: BudgetAlert },
  credits_expiring: { subject: ({ amount, expires_on }) => `Credit of ${amount} ends on ${expires_on}`, body: CreditsExpiring },
  books_broken: { subject: ({ brand, count }) => `The books of ${brand.name} do not hold: ${count} finding${count === 1 ? '' : 's'}`, body: BooksBroken },
  reconciliation_report: {
    subject: ({ day, open_count }) => `Money on ${day}: ${open_count === 0 ? 'nothing to decide' : `${open_count} to decide`}`, body: ReconciliationReport,
  },
  receipt: { subject: ({ number, amount }) => `Receipt for invoice ${number}: ${amount}`, body: Receipt },
  payment_failed: { subject: ({ number, amount }) => `Payment for invoice ${number} did not go through (${amount})`, body: PaymentFailed },
  payment_action: { subject: ({ number, amount }) => `Confirm the payment of ${amount} for invoice ${number}`, body: PaymentActionRequired },
  payment_refunded: { subject: ({ number, amount }) => `${amount} of invoice ${number} paid back`, body: PaymentRefunded },
  payment_disputed: { subject: ({ number, amount }) => `Payment of ${amount} for invoice ${number} is disputed`, body: PaymentDisputed },
  card_expiring: { subject: ({ method, expires }) => `${method} expires at the end of ${expires}`, body: CardExpiring },
  top_up: { subject: ({ amount }) => `Credit topped up by ${amount}`, body: TopUpMade },
  auto_pay_off: { subject: ({ organization }) => `Automatic payment of ${organization} is off`, body: AutoPayOff },
  deployment_failed: { subject: ({ app, release }) => `Deployment of ${app} failed (release ${release})`, body: DeploymentFailed },
}

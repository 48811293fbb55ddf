/** One entry per e-mail: its subject and its body. */
import type { ReactElement } from 'react'
import { ResetPassword, VerifyAddress, Welcome } from './account.tsx'
import { InvoiceIssued, PaymentFailed, Receipt } from './billing.tsx'
import { DeploymentFailed } from './deployments.tsx'
import type { EmailName, EmailProps } from './props.ts'

type Template<N extends EmailName> = { readonly subject: (props: EmailProps<N>) => string; readonly body: (props: EmailProps<N>) => ReactElement }

export const EMAIL_TEMPLATES: { readonly [N in EmailName]: Template<N> } = {
  verify_address: { subject: ({ brand }) => `Confirm your address for ${brand.name}`, body: VerifyAddress },
  reset_password: { subject: ({ brand }) => `Choose a new password for ${brand.name}`, body: ResetPassword },
  welcome: { subject: ({ brand }) => `Welcome to ${brand.name}`, body: Welcome },
  invoice_issued: { subject: ({ brand, number, amount }) => `Invoice ${number} from ${brand.name}: ${amount}`, body: InvoiceIssued },
  receipt: { subject: ({ number, amount }) => `Receipt for invoice ${number}: ${amount}`, body: Receipt },
  payment_failed: { subject: ({ number, amount }) => `Payment for invoice ${number} did not go through (${amount})`, body: PaymentFailed },
  deployment_failed: { subject: ({ app, release }) => `Deployment of ${app} failed (release ${release})`, body: DeploymentFailed },
}

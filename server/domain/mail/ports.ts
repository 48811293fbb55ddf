import type { MailProps, MailTemplate } from './templates.ts'

export interface MailBrand { name: string; accent: string; logoUrl: string | null; supportEmail: string; origin: string }
export interface RenderedMail { subject: string; text: string; html: string }

/** Turns a template into a mail in the brand's name. */
export type MailRenderer = <T extends MailTemplate>(template: T, brand: MailBrand, props: MailProps[T]) => Promise<RenderedMail>

export interface OutgoingMail extends RenderedMail {
  to: string
  from: { name: string; address: string }
  /** Stable over retries, so that a receiver can drop the second copy. */
  messageId: string
}

export interface MailTransport { send(mail: OutgoingMail): Promise<void> }

interface MailPorts { render: MailRenderer; transport: MailTransport | null }
let ports: MailPorts | null = null

/** Called once by the composition; without a transport mails only rest in the sandbox's mail box. */
export const setMailPorts = (next: MailPorts): void => {
  ports = next
}

export const mailPorts = (): MailPorts => {
  if (!ports) throw new Error('the mail ports are not set')
  return ports
}

import { createHash } from 'node:crypto'
import { createTransport } from 'nodemailer'
import type { Mailer } from './mailer.ts'
import { MailError } from './mailer.ts'

export type SmtpConfig = {
  /** smtp:// or smtps://, credentials and port included. */
  readonly url: string
  /** Right side of Message-IDs: the sender's domain. */
  readonly messageIdDomain: string
}

const responseCode = (error: unknown): number => {
  const code: unknown = typeof error === 'object' && error !== null ? Reflect.get(error, 'responseCode') : undefined
  return typeof code === 'number' ? code : 0
}

export function createSmtpMailer({ url, messageIdDomain }: SmtpConfig): Mailer & { close(): void } {
  const transport = createTransport({
    url, pool: true, connectionTimeout: 10_000, greetingTimeout: 10_000, socketTimeout: 30_000, disableFileAccess: true, disableUrlAccess: true,
  })
  return {
    async send(mail) {
      const id = createHash('sha256').update(mail.key).digest('hex').slice(0, 32)
      try {
        await transport.sendMail({
          messageId: `<${id}@${messageIdDomain}>`, from: mail.from, to: { name: '', address: mail.to }, subject: mail.subject, html: mail.html, text: mail.text,
          attachments: mail.attachments.map((attachment) => ({ ...attachment })),
          ...(mail.replyTo === null ? {} : { replyTo: mail.replyTo }),
          headers: { 'Auto-Submitted': 'auto-generated' },
        })
      } catch (error) {
        const code = responseCode(error) >= 500 ? 'mail_rejected' : 'mail_unavailable'
        throw new MailError(code, code === 'mail_rejected' ? 'The mail server refused the message' : 'The mail server did not take the message', { cause: error })
      }
    },
    close() { transport.close() },
  }
}

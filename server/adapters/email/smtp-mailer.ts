import { createHash } from 'node:crypto'
import type { Transporter } from 'nodemailer'
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

/** Loaded with the first mail: 22 MB of memory. */
async function openTransport(url: string): Promise<Transporter> {
  const { createTransport } = await import('nodemailer')
  return createTransport({
    url, pool: true, connectionTimeout: 10_000, greetingTimeout: 10_000, socketTimeout: 30_000, disableFileAccess: true, disableUrlAccess: true,
  })
}

export function createSmtpMailer({ url, messageIdDomain }: SmtpConfig): Mailer & { close(): void } {
  let opened: Promise<Transporter> | null = null
  return {
    async send(mail) {
      const id = createHash('sha256').update(mail.key).digest('hex').slice(0, 32)
      try {
        await (await (opened ??= openTransport(url))).sendMail({
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
    close() { void opened?.then((transport) => transport.close()) },
  }
}

/** The port to the outside: one rendered message, sent or kept. */
export type MailAddress = { readonly name: string; readonly address: string }
export type MailAttachment = { readonly filename: string; readonly contentType: string; readonly content: Buffer }

export type OutgoingMail = {
  /** Stable per effect (job key): becomes the Message-ID, so that a repeated send is recognisable as the same message. */
  readonly key: string
  readonly from: MailAddress
  readonly replyTo: string | null
  readonly to: string
  readonly subject: string
  readonly html: string
  readonly text: string
  readonly attachments: readonly MailAttachment[]
}

export type Mailer = { send(mail: OutgoingMail): Promise<void> }

export class MailError extends Error {
  readonly code: 'mail_rejected' | 'mail_unavailable'
  override readonly name = 'MailError'

  constructor(code: 'mail_rejected' | 'mail_unavailable', message: string, options?: ErrorOptions) {
    super(message, options)
    this.code = code
  }

  get retryable(): boolean {
    return this.code === 'mail_unavailable'
  }
}

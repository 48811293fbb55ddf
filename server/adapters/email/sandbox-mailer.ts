/** Keeps mails instead of sending them, for the sandbox's mail page and the test API. */
import type { Mailer, OutgoingMail } from './mailer.ts'

export type SandboxMail = {
  readonly key: string
  readonly to: string
  readonly from: string
  readonly subject: string
  readonly text: string
  readonly html: string
  readonly links: readonly string[]
  readonly attachments: readonly string[]
}
/** Saving the same key again must keep one row. */
export type SandboxMailStore = { save(mail: SandboxMail): Promise<void> }

const ENTITIES: Readonly<Record<string, string>> = { '&amp;': '&', '&quot;': '"', '&#x27;': "'", '&#39;': "'", '&lt;': '<', '&gt;': '>' }
const unescape = (text: string): string => text.replace(/&(?:amp|quot|#x27|#39|lt|gt);/g, (entity) => ENTITIES[entity] ?? entity)

/** Web addresses a reader could follow, in order, each once. */
export const linksOf = (html: string): string[] =>
  [...new Set([...html.matchAll(/<a\b[^>]*?\bhref="(https?:[^"]*)"/g)].map((match) => unescape(match[1] ?? '')))]

export const createSandboxMailer = (store: SandboxMailStore): Mailer => ({
  send: (mail: OutgoingMail) => store.save({
    key: mail.key, to: mail.to, from: `${mail.from.name} <${mail.from.address}>`, subject: mail.subject, text: mail.text, html: mail.html,
    links: linksOf(mail.html), attachments: mail.attachments.map((attachment) => attachment.filename),
  }),
})

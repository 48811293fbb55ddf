/** Template and props to subject, HTML and plain text. */
import { render } from '@react-email/render'
import { EMAIL_PROPS } from '../../../emails/props.ts'
import type { EmailName, EmailProps } from '../../../emails/props.ts'
import { EMAIL_TEMPLATES } from '../../../emails/templates.tsx'

export type RenderedEmail = { readonly subject: string; readonly html: string; readonly text: string }

/** Names in headings keep their letters as people wrote them. */
const AS_TEXT = { plainText: true, htmlToTextOptions: { selectors: [{ selector: 'h1', options: { uppercase: false } }] } } as const

/** Subjects carry names people chose: one line, no control characters, not endless. */
const singleLine = (text: string): string => text.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ').trim().slice(0, 200)

export async function renderEmail<N extends EmailName>(name: N, props: EmailProps<N>): Promise<RenderedEmail> {
  const checked = EMAIL_PROPS[name].parse(props) as EmailProps<N>
  const template = EMAIL_TEMPLATES[name]
  const element = template.body(checked)
  const [html, text] = await Promise.all([render(element), render(element, AS_TEXT)])
  return { subject: singleLine(template.subject(checked)), html, text }
}

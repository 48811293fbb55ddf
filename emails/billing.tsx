/** E-mails about money: the figure first, then where it comes from, then one thing to do. */
import { Link } from '@react-email/components'
import { Action, Facts, Figure, Frame, Paragraph } from './layout.tsx'
import type { EmailProps } from './props.ts'

export function InvoiceIssued({ brand, number, organization, amount, due_on, period, url, pay_url }: EmailProps<'invoice_issued'>) {
  return (
    <Frame brand={brand} title={`Invoice ${number}`} preview={`${amount}${due_on === null ? '' : ` due ${due_on}`}`}>
      <Figure>{amount}</Figure>
      <Facts rows={[...(due_on === null ? [] : [['Due', due_on] as const]), ['Period', period], ['For', organization]]} />
      <Action brand={brand} href={url}>View and pay</Action>
      <Paragraph>The PDF is on the invoice page. <Link href={pay_url}>Pay without signing in</Link>, also for whoever you forward this to.</Paragraph>
    </Frame>
  )
}

export function CreditNoteIssued({ brand, number, invoice_number, organization, amount, reason, settlement, url }: EmailProps<'credit_note'>) {
  return (
    <Frame brand={brand} title={`Credit note ${number}`} preview={`${amount} back on invoice ${invoice_number}.`}>
      <Figure>{amount}</Figure>
      <Facts rows={[['For invoice', invoice_number], ['Reason', reason], ['For', organization]]} />
      <Paragraph>{settlement}</Paragraph>
      <Action brand={brand} href={url}>View invoice</Action>
    </Frame>
  )
}

export const reminderTitle = ({ number, stage, due_on }: Pick<EmailProps<'invoice_reminder'>, 'number' | 'stage' | 'due_on'>): string =>
  (stage === 'soon' ? `Invoice ${number} is due on ${due_on}` : `Invoice ${number} is overdue`)

export function InvoiceReminder({ brand, number, organization, amount, due_on, stage, suspends_on, url, pay_url }: EmailProps<'invoice_reminder'>) {
  return (
    <Frame brand={brand} title={reminderTitle({ number, stage, due_on })} preview={`${amount} is still open.`}>
      <Figure>{amount}</Figure>
      <Facts rows={[['Due', due_on], ['For', organization]]} />
      <Action brand={brand} href={url}>View and pay</Action>
      <Paragraph><Link href={pay_url}>Pay without signing in</Link></Paragraph>
      {stage === 'soon' ? null : <Paragraph>If it stays unpaid, the apps stop on {suspends_on}. Nothing is deleted then.</Paragraph>}
      <Paragraph>{stage === 'last' ? 'This is the last reminder of this invoice. If you cannot pay it, answer this e-mail.' : 'If you have paid in the meantime, ignore this e-mail.'}</Paragraph>
    </Frame>
  )
}

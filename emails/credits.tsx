/** E-mails about credit, and about books that do not hold. */
import { Action, Facts, Figure, Frame, Paragraph } from './layout.tsx'
import type { EmailProps } from './props.ts'

export function CreditsExpiring({ brand, organization, amount, expires_on, url }: EmailProps<'credits_expiring'>) {
  return (
    <Frame brand={brand} title="Credit ends soon" preview={`${amount} of ${organization} can be used until ${expires_on}.`}>
      <Figure>{amount}</Figure>
      <Facts rows={[['Ends on', expires_on], ['For', organization]]} />
      <Paragraph>Invoices issued before that day use it first. From the beginning of that day it is worth nothing.</Paragraph>
      <Action brand={brand} href={url}>View credit</Action>
    </Frame>
  )
}

export function BooksBroken({ brand, rules, count, first, url }: EmailProps<'books_broken'>) {
  return (
    <Frame brand={brand} title="The books do not hold" preview={`${count} finding${count === 1 ? '' : 's'}: ${rules}`}>
      <Paragraph>
        The watch over the ledger found rows that contradict each other. Invoices and payments go on; find the cause before the next month closes.
      </Paragraph>
      <Facts rows={[['Rules', rules], ['Findings', String(count)], ['First', first]]} />
      <Action brand={brand} href={url}>Open the ledger</Action>
    </Frame>
  )
}

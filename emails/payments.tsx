/** E-mails about payments: what happened to the money, why, and the one thing to do. */
import { Link } from '@react-email/components'
import { Action, Facts, Figure, Frame, Paragraph } from './layout.tsx'
import type { EmailProps } from './props.ts'

export function Receipt({ brand, number, organization, amount, paid_on, method, url, receipt_url }: EmailProps<'receipt'>) {
  return (
    <Frame brand={brand} title="Payment received" preview={`${amount} for invoice ${number}. Thank you.`}>
      <Figure>{amount}</Figure>
      <Facts rows={[['Invoice', number], ['Paid', paid_on], ['By', method], ['For', organization]]} />
      <Action brand={brand} href={url}>View invoice</Action>
      <Paragraph>Thank you. <Link href={receipt_url}>Receipt as PDF, without signing in</Link></Paragraph>
    </Frame>
  )
}

export function PaymentFailed({ brand, number, organization, amount, method, reason, advice, url }: EmailProps<'payment_failed'>) {
  return (
    <Frame brand={brand} title="Payment did not go through" preview={`${amount} for invoice ${number} is still open: ${reason}.`}>
      <Paragraph>
        We tried to take {amount} for invoice {number} ({organization}) from {method}. It did not go through: {reason}. No money was taken.
      </Paragraph>
      <Paragraph>{advice}</Paragraph>
      <Action brand={brand} href={url}>Pay now</Action>
      <Paragraph>The button works without signing in, also for whoever you forward this to. If you have paid in the meantime, ignore this e-mail.</Paragraph>
    </Frame>
  )
}

export function PaymentActionRequired({ brand, number, organization, amount, method, url }: EmailProps<'payment_action'>) {
  return (
    <Frame brand={brand} title="Your bank wants you to confirm a payment" preview={`${amount} for invoice ${number} waits for you.`}>
      <Figure>{amount}</Figure>
      <Facts rows={[['Invoice', number], ['From', method], ['For', organization]]} />
      <Paragraph>The bank does not release this payment unless the holder of {method} confirms it. It takes a minute.</Paragraph>
      <Action brand={brand} href={url}>Confirm the payment</Action>
      <Paragraph>The button works without signing in. On that page you can also pay in another way.</Paragraph>
    </Frame>
  )
}

export function PaymentRefunded({ brand, number, organization, amount, method, reason, url }: EmailProps<'payment_refunded'>) {
  return (
    <Frame brand={brand} title="Money is on its way back to you" preview={`${amount} of invoice ${number}.`}>
      <Figure>{amount}</Figure>
      <Facts rows={[['Of invoice', number], ['To', method], ['Reason', reason], ['For', organization]]} />
      <Paragraph>Banks take up to ten days to show it.</Paragraph>
      <Action brand={brand} href={url}>View invoice</Action>
    </Frame>
  )
}

export function PaymentDisputed({ brand, number, organization, amount, url }: EmailProps<'payment_disputed'>) {
  return (
    <Frame brand={brand} title="A payment of yours is disputed" preview={`${amount} for invoice ${number}.`}>
      <Paragraph>
        Your bank told us that the payment of {amount} for invoice {number} ({organization}) is disputed. It holds the money back until that is decided.
      </Paragraph>
      <Paragraph>
        If this was a mistake, ask the bank to withdraw the dispute, and answer this e-mail. If you do not know the charge, this invoice explains it.
      </Paragraph>
      <Action brand={brand} href={url}>View invoice</Action>
    </Frame>
  )
}

export function CardExpiring({ brand, organization, method, expires, auto_pay, url }: EmailProps<'card_expiring'>) {
  return (
    <Frame brand={brand} title={`${method} expires soon`} preview={`It can be charged until the end of ${expires}.`}>
      <Facts rows={[['Card', method], ['Expires', expires], ['For', organization]]} />
      <Paragraph>
        {auto_pay ? 'Invoices are paid from it automatically. After that they will not be, unless another card is there.' : 'After that it can no longer be charged.'}
      </Paragraph>
      <Action brand={brand} href={url}>Add another card</Action>
    </Frame>
  )
}

export function TopUpMade({ brand, organization, amount, number, method, threshold, url }: EmailProps<'top_up'>) {
  return (
    <Frame brand={brand} title="Credit was topped up" preview={`${amount} from ${method}.`}>
      <Figure>{amount}</Figure>
      <Facts rows={[['From', method], ['Invoice', number], ['For', organization]]} />
      <Paragraph>Credit was below {threshold}, and your rule adds to it then. Change the rule, or switch it off, on the page of payment methods.</Paragraph>
      <Action brand={brand} href={url}>View the rule</Action>
    </Frame>
  )
}

export function AutoPayOff({ brand, organization, reason, url }: EmailProps<'auto_pay_off'>) {
  return (
    <Frame brand={brand} title="Invoices are no longer paid automatically" preview={`Automatic payment of ${organization} is off.`}>
      <Paragraph>Automatic payment of {organization} was turned off: {reason}.</Paragraph>
      <Paragraph>From now on each invoice has to be paid by hand before it is due.</Paragraph>
      <Action brand={brand} href={url}>Turn it on again</Action>
    </Frame>
  )
}

/** E-mails about webhooks that do not work. */
import { Action, Facts, Frame, Paragraph } from './layout.tsx'
import type { EmailProps } from './props.ts'

type Trouble = EmailProps<'webhook_trouble'>['trouble']

const TITLES: Record<Trouble, string> = {
  failing: 'A webhook cannot be reached', gone: 'A webhook was turned off: it is gone', disabled: 'A webhook was turned off after five days without success',
}
const TEXTS: Record<Trouble, string> = {
  failing: 'We tried for 75 hours to deliver an event and gave up on it. New events are still tried. If nothing is delivered for five days, the webhook is turned off.',
  gone: 'The address answered "410 Gone", which means that it wants no more messages. Nothing is sent to it now.',
  disabled: 'For five days no attempt succeeded. Nothing is sent to it now.',
}

export const troubleTitle = (trouble: Trouble): string => TITLES[trouble]

export function WebhookTrouble({ brand, organization, endpoint, trouble, url }: EmailProps<'webhook_trouble'>) {
  return (
    <Frame brand={brand} title={TITLES[trouble]} preview={endpoint}>
      <Paragraph>{TEXTS[trouble]}</Paragraph>
      <Facts rows={[['Organization', organization], ['Address', endpoint]]} />
      <Action brand={brand} href={url}>See the delivery log</Action>
      <Paragraph>Once it works again, everything that was given up can be sent again from there.</Paragraph>
    </Frame>
  )
}

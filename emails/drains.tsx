/** E-mails about log drains that take nothing. */
import { Action, Facts, Frame, Paragraph } from './layout.tsx'
import type { EmailProps } from './props.ts'

type Trouble = EmailProps<'drain_trouble'>['trouble']

const TITLES: Record<Trouble, string> = { failing: 'A log drain takes nothing', disabled: 'A log drain was turned off after three days without success' }
const TEXTS: Record<Trouble, string> = {
  failing: 'For an hour no attempt to send log lines succeeded. We go on trying; lines wait and none is lost. After three days without success the drain is turned off.',
  disabled: 'For three days no attempt succeeded. Nothing is sent to it now.',
}

export const drainTitle = (trouble: Trouble): string => TITLES[trouble]

export function DrainTrouble({ brand, organization, drain, address, trouble, url }: EmailProps<'drain_trouble'>) {
  return (
    <Frame brand={brand} title={TITLES[trouble]} preview={drain}>
      <Paragraph>{TEXTS[trouble]}</Paragraph>
      <Facts rows={[['Organization', organization], ['Drain', drain], ['Address', address]]} />
      <Action brand={brand} href={url}>See the drain</Action>
      <Paragraph>Once it is enabled again it goes on where it stopped, as far back as your plan keeps log lines.</Paragraph>
    </Frame>
  )
}

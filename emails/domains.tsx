/** E-mails about domains and their certificates. */
import { Action, Facts, Frame, Paragraph } from './layout.tsx'
import type { EmailProps } from './props.ts'

type Trouble = EmailProps<'domain_trouble'>['trouble']

const TITLES: Record<Trouble, string> = {
  failing: 'The DNS record that proves a domain is gone', lost: 'A domain is no longer served',
  certificate_expiring: 'A certificate expires soon', certificate_expired: 'A certificate has expired', certificate_failed: 'A certificate could not be obtained',
}
const TEXTS: Record<Trouble, string> = {
  failing: 'The TXT record that proves it is yours was not found. The domain is served for one more day; if the record is not there again by then, it stops.',
  lost: 'For a day the TXT record that proves it is yours was not found. Visitors no longer reach your app under it. Nobody else can claim it for 30 days: set the record again and check it.',
  certificate_expiring: 'You uploaded this certificate, so only you can renew it. Upload the next one before visitors see a warning.',
  certificate_expired: 'Visitors see a warning of their browser now. Upload a new one, or remove it: then a certificate is made automatically.',
  certificate_failed: 'We try again by ourselves. Until it succeeds, the domain is served with the certificate there is, if any.',
}

export const domainTitle = (trouble: Trouble): string => TITLES[trouble]

export function DomainTrouble({ brand, organization, domain, trouble, url }: EmailProps<'domain_trouble'>) {
  return (
    <Frame brand={brand} title={TITLES[trouble]} preview={domain}>
      <Paragraph>{TEXTS[trouble]}</Paragraph>
      <Facts rows={[['Organization', organization], ['Domain', domain]]} />
      <Action brand={brand} href={url}>See the domain</Action>
    </Frame>
  )
}

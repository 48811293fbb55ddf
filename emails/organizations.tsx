/** E-mails about belonging to an organization. */
import { Action, Facts, Frame, Paragraph } from './layout.tsx'
import type { EmailProps } from './props.ts'

export function InvitationMail({ brand, organization, inviter, role, expires_on, url }: EmailProps<'invitation'>) {
  return (
    <Frame brand={brand} title={`Join ${organization}`} preview={`${inviter} invites you to ${organization} on ${brand.name}.`}>
      <Paragraph>{inviter} invites you to work in {organization} on {brand.name}.</Paragraph>
      <Facts rows={[['Organization', organization], ['You would be', role], ['Open until', expires_on]]} />
      <Action brand={brand} href={url}>See the invitation</Action>
      <Paragraph>The link works once and only for this address. If you do not know the sender, ignore this e-mail; nothing happens.</Paragraph>
    </Frame>
  )
}

export function OrganizationDeletion({ brand, organization, asked_by, delete_on, url }: EmailProps<'organization_deletion'>) {
  return (
    <Frame brand={brand} title={`${organization} will be deleted`} preview={`Its apps have stopped. You can undo this until ${delete_on}.`}>
      <Paragraph>{asked_by} asked for {organization} to be deleted. Its apps have stopped.</Paragraph>
      <Facts rows={[['Organization', organization], ['Deleted for good', delete_on]]} />
      <Action brand={brand} href={url}>Undo the deletion</Action>
      <Paragraph>Until then an owner can undo it, and the apps start again. Afterwards apps and their data are gone. Invoices are kept.</Paragraph>
    </Frame>
  )
}

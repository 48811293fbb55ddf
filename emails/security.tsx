/** E-mails that guard an account: links that open it, and notices of what changed. */
import { Action, Facts, Frame, Paragraph } from './layout.tsx'
import type { EmailProps, SecurityNotice } from './props.ts'

export function SignInLink({ brand, url, valid_minutes, device, address }: EmailProps<'sign_in_link'>) {
  return (
    <Frame brand={brand} title={`Sign in to ${brand.name}`} preview="Your link to sign in, asked for a moment ago.">
      <Paragraph>Somebody, hopefully you, asked for a link to sign in with this address.</Paragraph>
      <Facts rows={[['Asked on', device], ['From', address]]} />
      <Action brand={brand} href={url}>Sign in</Action>
      <Paragraph>The link works once, for {valid_minutes} minutes. If it was not you, ignore this e-mail; nobody gets in without it.</Paragraph>
    </Frame>
  )
}

export function ConfirmNewAddress({ brand, url, valid_hours }: EmailProps<'confirm_new_address'>) {
  return (
    <Frame brand={brand} title="Confirm your new address" preview={`One click, and this is the address of your ${brand.name} account.`}>
      <Paragraph>Confirm that this address is yours. From then on you sign in with it, and it gets the mails of your account.</Paragraph>
      <Action brand={brand} href={url}>Confirm new address</Action>
      <Paragraph>The link works for {valid_hours} hours. If you did not ask for this, ignore this e-mail; nothing changes.</Paragraph>
    </Frame>
  )
}

export function AddressChanged({ brand, url, new_email, until }: EmailProps<'address_changed'>) {
  return (
    <Frame brand={brand} title="The address of your account was changed" preview={`It is ${new_email} now. If that was not you, undo it.`}>
      <Paragraph>Your {brand.name} account has a new e-mail address and no longer uses this one.</Paragraph>
      <Facts rows={[['New address', new_email], ['Undo until', until]]} />
      <Paragraph>If this was not you, undo it. That brings this address back, ends every session, and asks for a new password.</Paragraph>
      <Action brand={brand} href={url}>This was not me: undo</Action>
    </Frame>
  )
}

const NOTICES: Record<SecurityNotice, { title: string; text: string }> = {
  new_sign_in: { title: 'New sign-in to your account', text: 'Your account was signed in from a device or network that we have not seen before.' },
  second_factor_added: { title: 'Second factor added', text: 'A second factor was added to your account. It is asked for when you sign in.' },
  second_factor_removed: { title: 'Second factor removed', text: 'A second factor was removed from your account.' },
  second_factor_reset: {
    title: 'Second factor reset by the operator',
    text: 'You lost your second factor, so we removed it and ended every session. Sign in with your password and set up a new one. If you did not ask for this, answer this e-mail at once.',
  },
  recovery_codes_replaced: { title: 'New recovery codes', text: 'New recovery codes were made for your account. The old ones no longer work.' },
  recovery_code_used: { title: 'Recovery code used', text: 'A recovery code was used to sign in to your account. Each works once.' },
  password_changed: { title: 'Password changed', text: 'The password of your account was changed, and every other session was ended.' },
  email_change_asked: { title: 'Change of address asked for', text: 'Somebody signed in to your account asked to change its e-mail address. It changes when the new address is confirmed.' },
}

export const noticeTitle = (notice: SecurityNotice): string => NOTICES[notice].title

export function SecurityNoticeMail({ brand, notice, device, address, at, url }: EmailProps<'security_notice'>) {
  const { title, text } = NOTICES[notice]
  return (
    <Frame brand={brand} title={title} preview={text}>
      <Paragraph>{text}</Paragraph>
      <Facts rows={[['When', at], ['Device', device], ['From', address]]} />
      <Paragraph>If it was you, there is nothing to do. If not, look at your sessions, change your password and end what you do not know.</Paragraph>
      <Action brand={brand} href={url}>Review security</Action>
    </Frame>
  )
}

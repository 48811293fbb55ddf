/** E-mails about a person's account. */
import { Action, Frame, Paragraph } from './layout.tsx'
import type { EmailProps } from './props.ts'

export function VerifyAddress({ brand, url, valid_hours }: EmailProps<'verify_address'>) {
  return (
    <Frame brand={brand} title="Confirm your e-mail address" preview={`One click, and your ${brand.name} account is ready.`}>
      <Paragraph>Confirm that this address is yours, and your {brand.name} account is ready.</Paragraph>
      <Action brand={brand} href={url}>Confirm address</Action>
      <Paragraph>The link works for {valid_hours} hours. If you did not sign up, ignore this e-mail; nothing happens.</Paragraph>
    </Frame>
  )
}

export function ResetPassword({ brand, url, valid_minutes }: EmailProps<'reset_password'>) {
  return (
    <Frame brand={brand} title="Choose a new password" preview="Somebody, hopefully you, asked for a new password.">
      <Paragraph>Somebody, hopefully you, asked for a new password for this address.</Paragraph>
      <Action brand={brand} href={url}>Choose a new password</Action>
      <Paragraph>
        The link works once, for {valid_minutes} minutes. Your old password stays valid until you choose a new one. If it was not you, ignore this e-mail.
      </Paragraph>
    </Frame>
  )
}

export function Welcome({ brand, name }: EmailProps<'welcome'>) {
  return (
    <Frame brand={brand} title={`Welcome, ${name}`} preview="Deploy your first app in a minute.">
      <Paragraph>Your account is ready. Give {brand.name} a container image, and it answers over TLS about a minute later.</Paragraph>
      <Action brand={brand} href={brand.console_url}>Deploy an app</Action>
    </Frame>
  )
}

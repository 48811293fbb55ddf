/** E-mails about the secrets of an organization; never what they hold. */
import { Action, Facts, Frame, Paragraph } from './layout.tsx'
import type { EmailProps } from './props.ts'

export function SecretExpiring({ brand, organization, name, app, expires_on, expired, url }: EmailProps<'secret_expiring'>) {
  const title = expired ? `${name} has expired` : `${name} expires soon`
  return (
    <Frame brand={brand} title={title} preview={`A secret of ${app ?? organization}: give it a new value.`}>
      <Paragraph>
        {expired ? 'A secret has reached the date you gave it.' : 'A secret will soon reach the date you gave it.'} It goes on working; this is to remind you to change it.
      </Paragraph>
      <Facts rows={[['Secret', name], ['Of', app === null ? `${organization}, for every app that refers to it` : `the app ${app} of ${organization}`], ['Date', expires_on]]} />
      <Action brand={brand} href={url}>Rotate it</Action>
    </Frame>
  )
}

import { Action, CodeLine, Facts, Frame, Paragraph } from './layout.tsx'
import type { EmailProps } from './props.ts'

export function DeploymentFailed({ brand, app, release, step, error_line, url }: EmailProps<'deployment_failed'>) {
  return (
    <Frame brand={brand} title={`Deployment of ${app} failed`} preview={`Release ${release} stopped at: ${step}`}>
      <Facts rows={[['App', app], ['Release', String(release)], ['Step', step]]} />
      {error_line === '' ? null : <CodeLine>{error_line}</CodeLine>}
      <Paragraph>The release before it keeps serving.</Paragraph>
      <Action brand={brand} href={url}>See the deployment</Action>
    </Frame>
  )
}

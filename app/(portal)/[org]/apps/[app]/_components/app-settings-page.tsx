'use client'
import { can, grantedBy } from '../../../../../_lib/can.ts'
import { useOrg } from '../../../../../_lib/org-context.tsx'
import { Code } from '../../../../../_ui/copy.tsx'
import { KeyValue, Panel, Section } from '../../../../../_ui/page.tsx'
import { Forbidden } from '../../../../../_ui/states.tsx'
import { useApp } from './app-scope.tsx'
import { AppSettingsForm } from './app-settings-form.tsx'
import { DeleteApp } from './delete-app.tsx'

export function AppSettingsPage() {
  const { org } = useOrg()
  const app = useApp()
  return (
    <div className="max-w-200">
      <Section title="Names">
        <Panel>
          <KeyValue
            items={[
              [
                'Id',
                <Code key="id" copy>
                  {app.id}
                </Code>,
              ],
              ['Inside your network', <Code key="internal" copy>{`${app.name}.internal`}</Code>],
            ]}
          />
        </Panel>
      </Section>
      <Section title="What runs" hint="Saving starts a deployment; the present release serves until the new one is healthy.">
        {can(org.role, 'apps:write') ? <AppSettingsForm app={app} /> : <Forbidden reason={grantedBy('apps:write')} />}
      </Section>
      <DeleteApp app={app} />
    </div>
  )
}

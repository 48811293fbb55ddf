'use client'
import { refusedBecause } from '../../../../../_lib/can.ts'
import { useOrg } from '../../../../../_lib/org-context.tsx'
import { Code } from '../../../../../_ui/copy.tsx'
import { KeyValue, Panel, Section } from '../../../../../_ui/page.tsx'
import { Forbidden } from '../../../../../_ui/states.tsx'
import { useApp } from './app-scope.tsx'
import { AppSecretsSection } from './app-secrets-section.tsx'
import { AppSettingsForm } from './app-settings-form.tsx'
import { DeleteApp } from './delete-app.tsx'
import { SleepForm } from './sleep-form.tsx'
import { StrategyForm } from './strategy-form.tsx'

export function AppSettingsPage() {
  const { org } = useOrg()
  const app = useApp()
  const refused = refusedBecause(org, 'apps:write', app.id)
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
        {refused === null ? <AppSettingsForm app={app} /> : <Forbidden reason={refused} />}
      </Section>
      <StrategyForm app={app} refused={refused} />
      <SleepForm app={app} refused={refused} />
      <AppSecretsSection app={app} />
      <DeleteApp app={app} />
    </div>
  )
}

'use client'
import { useQuery } from '@tanstack/react-query'
import { can, grantedBy } from '../../../../../_lib/can.ts'
import { useOrg } from '../../../../../_lib/org-context.tsx'
import { useTRPC } from '../../../../../_lib/trpc.tsx'
import { Code } from '../../../../../_ui/copy.tsx'
import { Load } from '../../../../../_ui/load.tsx'
import { KeyValue, Panel, Section } from '../../../../../_ui/page.tsx'
import { Forbidden, PanelSkeleton } from '../../../../../_ui/states.tsx'
import { useApp } from './app-scope.tsx'
import { AppSettingsForm } from './app-settings-form.tsx'
import { DeleteApp } from './delete-app.tsx'

export function AppSettingsPage() {
  const { org } = useOrg()
  const app = useApp()
  const sizes = useQuery(useTRPC().apps.sizes.queryOptions({ organization_id: org.id }, { staleTime: 300_000 }))
  return (
    <div className="max-w-200">
      <Section title="Names">
        <Panel><KeyValue items={[['Id', <Code key="id" copy>{app.id}</Code>], ['Inside your network', <Code key="internal" copy>{app.internal_host}</Code>]]} /></Panel>
      </Section>
      <Section title="What runs" hint="Saving starts a deployment; the present release serves until the new one is healthy.">
        {can(org.role, 'apps:write')
          ? <Load query={sizes} skeleton={<PanelSkeleton label="Loading sizes and prices" />}>{({ data }) => <AppSettingsForm app={app} sizes={data} />}</Load>
          : <Forbidden reason={grantedBy('apps:write')} />}
      </Section>
      <DeleteApp app={app} />
    </div>
  )
}

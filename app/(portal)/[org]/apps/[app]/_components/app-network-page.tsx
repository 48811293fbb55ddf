'use client'
import { useQuery } from '@tanstack/react-query'
import { refusedBecause } from '../../../../../_lib/can.ts'
import { useOrg } from '../../../../../_lib/org-context.tsx'
import { useTRPC } from '../../../../../_lib/trpc.tsx'
import { Code } from '../../../../../_ui/copy.tsx'
import { Load } from '../../../../../_ui/load.tsx'
import { KeyValue, Panel, Section } from '../../../../../_ui/page.tsx'
import { PanelSkeleton } from '../../../../../_ui/states.tsx'
import { useApp } from './app-scope.tsx'
import { EgressForm } from './egress-form.tsx'

export function AppNetworkPage() {
  const { org } = useOrg()
  const app = useApp()
  const query = useQuery(useTRPC().networks.ofApp.queryOptions({ organization_id: org.id, app_id: app.id }))
  return (
    <div className="max-w-200">
      <Load query={query} skeleton={<PanelSkeleton label="Loading the network" className="h-80" />}>
        {(network) => (
          <>
            <Section title="Inside" hint="Apps of this organization reach it by this name, at every port.">
              <Panel>
                <KeyValue items={[
                  ['Name', <Code key="name" copy>{network.internal_name}</Code>],
                  ['Addresses', app.instances.length === 0 ? <span key="none" className="text-faint">Nothing runs</span> : <code key="addresses">{app.instances.map((one) => one.address).join(', ')}</code>],
                ]} />
              </Panel>
            </Section>
            <EgressForm network={network} refused={refusedBecause(org, 'apps:write', app.id)} />
          </>
        )}
      </Load>
    </div>
  )
}

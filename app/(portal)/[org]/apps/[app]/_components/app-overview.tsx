'use client'
import { useQuery } from '@tanstack/react-query'
import Link from 'next/link'
import { useOrg } from '../../../../../_lib/org-context.tsx'
import { paths } from '../../../../../_lib/paths.ts'
import { useTRPC } from '../../../../../_lib/trpc.tsx'
import { Load } from '../../../../../_ui/load.tsx'
import { LogView } from '../../../../../_ui/log-view.tsx'
import { Panel, Section } from '../../../../../_ui/page.tsx'
import { PanelSkeleton, TableSkeleton } from '../../../../../_ui/states.tsx'
import { TimeAgo } from '../../../../../_ui/time.tsx'
import { useApp } from './app-scope.tsx'
import { InstancesTable } from './instances-table.tsx'
import { MetricCharts } from './metric-charts.tsx'
import { useLogTail } from './use-log-tail.ts'

function LatestLogs() {
  const { org } = useOrg()
  const app = useApp()
  const { lines } = useLogTail({ app_id: app.id })
  return (
    <Section title="Latest logs" action={<Link className="link text-13" href={paths.logs(org.slug, app.name)}>All logs</Link>}>
      <LogView lines={lines} name={app.name} className="h-72" waiting={app.status === 'stopped' ? 'The app is stopped.' : 'No line yet. What the app prints to its output appears here.'} />
    </Section>
  )
}

export function AppOverview() {
  const trpc = useTRPC()
  const app = useApp()
  const instances = useQuery(trpc.apps.instances.queryOptions({ app_id: app.id }, { refetchInterval: 2000 }))
  const metrics = useQuery(trpc.apps.metrics.queryOptions({ app_id: app.id, range: '1h' }, { refetchInterval: 10_000 }))
  return (
    <>
      <Section title="Instances" hint={instances.data === undefined ? undefined : <>As of <TimeAgo value={instances.data.as_of} /></>}>
        <Load query={instances} skeleton={<TableSkeleton rows={2} label="Loading instances" />}>
          {({ data }) => data.length > 0 ? <InstancesTable instances={data} /> : <Panel><p className="text-muted">No instance exists. {app.status === 'stopped' ? 'Start the app to create them.' : 'They appear when the deployment reaches that step.'}</p></Panel>}
        </Load>
      </Section>
      <Section title="Last hour">
        <Load query={metrics} skeleton={<PanelSkeleton label="Loading metrics" />}>{(data) => <MetricCharts metrics={data} compact />}</Load>
      </Section>
      <LatestLogs />
    </>
  )
}

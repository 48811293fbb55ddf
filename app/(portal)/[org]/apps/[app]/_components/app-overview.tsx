'use client'
import Link from 'next/link'
import { useOrg } from '../../../../../_lib/org-context.tsx'
import { paths } from '../../../../../_lib/paths.ts'
import { Load } from '../../../../../_ui/load.tsx'
import { LogView } from '../../../../../_ui/log-view.tsx'
import { Panel, Section } from '../../../../../_ui/page.tsx'
import { rangeOf } from '../../../../../_ui/range-switch.tsx'
import { PanelSkeleton } from '../../../../../_ui/states.tsx'
import { useApp } from './app-scope.tsx'
import { AppVolumesSection } from './app-volumes-section.tsx'
import { InstancesTable } from './instances-table.tsx'
import { MetricCharts } from './metric-charts.tsx'
import { useLogTail } from './use-log-tail.ts'
import { useMetrics } from './use-metrics.ts'

function LatestLogs() {
  const { org } = useOrg()
  const app = useApp()
  const { lines } = useLogTail({ app_id: app.id, tail: 100 })
  return (
    <Section
      title="Latest logs"
      action={
        <Link className="link text-13" href={paths.logs(org.slug, app.name)}>
          All logs
        </Link>
      }>
      <LogView
        lines={lines}
        name={app.name}
        className="h-72"
        waiting={app.status === 'stopped' ? 'The app is stopped.' : 'No line yet. What the app prints to its output appears here.'}
      />
    </Section>
  )
}

export function AppOverview() {
  const { org } = useOrg()
  const app = useApp()
  const metrics = useMetrics(app.id, rangeOf('1h'))
  return (
    <>
      <Section
        title="Instances"
        hint={app.autoscaling === null ? undefined : `Between ${app.autoscaling.min} and ${app.autoscaling.max}, as many as the load needs.`}
        action={
          app.status === 'deploying' && app.deployment_id !== null ? (
            <Link className="link text-13" href={paths.deployment(org.slug, app.name, app.deployment_id)}>
              Watch the deployment
            </Link>
          ) : undefined
        }>
        {app.instances.length > 0 ? (
          <InstancesTable instances={app.instances} />
        ) : (
          <Panel>
            <p className="text-muted">
              No instance exists.{' '}
              {app.status === 'stopped' ? 'Start the app to create them.' : 'They appear when the deployment reaches that step.'}
            </p>
          </Panel>
        )}
      </Section>
      <Section title="Last hour">
        <Load query={metrics} skeleton={<PanelSkeleton label="Loading metrics" />}>
          {(data) => <MetricCharts metrics={data} app={app} compact />}
        </Load>
      </Section>
      <AppVolumesSection app={app} />
      <LatestLogs />
    </>
  )
}

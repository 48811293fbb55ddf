'use client'
import { useQuery } from '@tanstack/react-query'
import { Plus } from 'lucide-react'
import { useOrg } from '../../../../_lib/org-context.tsx'
import { paths } from '../../../../_lib/paths.ts'
import { useTRPC } from '../../../../_lib/trpc.tsx'
import type { OrgNetwork } from '../../../../_lib/wire.ts'
import { ButtonLink } from '../../../../_ui/button.tsx'
import { Code, CopyButton } from '../../../../_ui/copy.tsx'
import { Load } from '../../../../_ui/load.tsx'
import { KeyValue, PageHeader, Panel, Section } from '../../../../_ui/page.tsx'
import { EmptyState, PanelSkeleton } from '../../../../_ui/states.tsx'
import { Status } from '../../../../_ui/status.tsx'
import { Table, type Column } from '../../../../_ui/table.tsx'
import { egressWord, rateWord } from './words.ts'

type NetworkApp = OrgNetwork['apps'][number]
type NetworkNode = OrgNetwork['nodes'][number]

function Addresses({ app }: { app: NetworkApp }) {
  if (app.instances.length === 0) return <span className="text-faint">Nothing runs</span>
  return (
    <ul className="flex flex-col gap-0.5">
      {app.instances.map((one) => (
        <li key={one.id} className="flex flex-wrap items-center gap-x-2">
          <code>{one.address}</code>
          <Status tone={one.serving ? 'good' : 'attention'} word={one.serving ? 'In DNS' : 'Not in DNS'} className="text-12" />
        </li>
      ))}
    </ul>
  )
}

function AppsTable({ apps }: { apps: readonly NetworkApp[] }) {
  const { org } = useOrg()
  const columns: ReadonlyArray<Column<NetworkApp>> = [
    { id: 'name', title: 'App', cell: (app) => <bdi>{app.name}</bdi> },
    {
      id: 'internal', title: 'Inside your network',
      cell: (app) => <span className="relative inline-flex min-w-0 items-center gap-1"><code className="break-all">{app.internal_name}</code><CopyButton text={app.internal_name} label={`Copy ${app.internal_name}`} className="-my-1" /></span>,
    },
    { id: 'addresses', title: 'Addresses', cell: (app) => <Addresses app={app} /> },
    { id: 'egress', title: 'May go', cell: (app) => egressWord(app) },
    { id: 'rate', title: 'Speed', align: 'end', cell: (app) => rateWord(app.bandwidth_mbit) },
  ]
  return <Table caption="Apps in the network" columns={columns} rows={apps} rowKey={(app) => app.id} rowHref={(app) => paths.appNetwork(org.slug, app.name)} />
}

/** One node has nobody to be joined with. */
const nodeColumns = (nodes: number): ReadonlyArray<Column<NetworkNode>> => NODE_COLUMNS.filter(({ id }) => nodes > 1 || id !== 'mesh')

const NODE_COLUMNS: ReadonlyArray<Column<NetworkNode>> = [
  { id: 'id', title: 'Node', cell: (node) => <code>{node.id}</code> },
  { id: 'region', title: 'Region', cell: (node) => <bdi>{node.region}</bdi> },
  { id: 'mesh', title: 'Private network', cell: (node) => (node.in_mesh ? <Status tone="good" word="Joined with the others" /> : <Status tone="attention" word="Stands alone" />) },
  { id: 'instances', title: 'Instances of yours', align: 'end', cell: (node) => node.instances },
]

export function NetworkPage() {
  const { org } = useOrg()
  const query = useQuery(useTRPC().networks.get.queryOptions({ organization_id: org.id }, { refetchInterval: 5000 }))
  return (
    <>
      <PageHeader title="Network" />
      <Load query={query} skeleton={<PanelSkeleton label="Loading the network" className="h-60" />}>
        {(network) => (
          <>
            <Section title="Private network" hint="Only apps of this organization are in it. They find each other by name.">
              <Panel>
                <KeyValue items={[['Address range', <Code key="range" copy>{network.range}</Code>], ['Names', <Code key="names">{'<app>.internal'}</Code>]]} />
              </Panel>
            </Section>
            <Section title="Apps">
              {network.apps.length === 0 ? (
                <EmptyState title="Nobody here yet" command="shellwego apps create web --image nginx:alpine" action={<ButtonLink look="primary" href={paths.newApp(org.slug)} icon={<Plus aria-hidden className="size-4" />}>New app</ButtonLink>}>
                  Each app you create answers to the others here as its name with .internal, whether it is public or not.
                </EmptyState>
              ) : <AppsTable apps={network.apps} />}
            </Section>
            {network.nodes.length === 0 ? null : (
              <Section title="Nodes" hint={network.nodes.length > 1 ? 'Where your instances run now. Those on joined nodes reach each other, encrypted on the way.' : 'Where your instances run now.'}>
                <Table caption="Nodes with instances of this organization" columns={nodeColumns(network.nodes.length)} rows={network.nodes} rowKey={(node) => node.id} />
              </Section>
            )}
          </>
        )}
      </Load>
    </>
  )
}

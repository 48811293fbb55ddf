'use client'
import { useQuery } from '@tanstack/react-query'
import { Plus } from 'lucide-react'
import { useState } from 'react'
import { count, mebibytes } from '../../../../_lib/format.ts'
import { useTRPC } from '../../../../_lib/trpc.tsx'
import type { NodeView } from '../../../../_lib/wire.ts'
import { Button } from '../../../../_ui/button.tsx'
import { Load } from '../../../../_ui/load.tsx'
import { PageHeader } from '../../../../_ui/page.tsx'
import { CapacityBar } from '../../../../_ui/progress.tsx'
import { EmptyState, TableSkeleton } from '../../../../_ui/states.tsx'
import { Badge, Banner, Status } from '../../../../_ui/status.tsx'
import { Table, type Column } from '../../../../_ui/table.tsx'
import { TimeAgo } from '../../../../_ui/time.tsx'
import { FleetUpgrade } from './fleet-upgrade.tsx'
import { FleetMap } from './fleet-map.tsx'
import { JoinDialog } from './join-dialog.tsx'
import { MetricsAccess } from './metrics-access.tsx'
import { NodeDrawer } from './node-drawer.tsx'
import { NodeMenu } from './node-menu.tsx'
import { firstSentence, labelsText, lookOf, placeOf, upgradeLook, withNames } from './node-words.ts'

/** Reserved by instances; what the machine itself uses beyond that is not counted here. */
function Bar({ label, used, total, format }: { label: string; used: number; total: number; format: (value: number) => string }) {
  return (
    <div className="min-w-24">
      <CapacityBar compact label={label} used={0} reserved={used} total={total} format={format} />
      <span className="figures text-12 whitespace-nowrap text-muted">
        {format(used)} of {format(total)}
      </span>
    </div>
  )
}

function Standing({ node, all }: { node: NodeView; all: readonly NodeView[] }) {
  return (
    <>
      <Status {...lookOf(node)} />
      {node.drain === null ? null : (
        <span className="figures block text-12 text-muted">
          {Math.max(0, node.drain.total - node.drain.left)} of {node.drain.total} moved
        </span>
      )}
      {node.upgrade === null || node.upgrade.state === 'waiting' || node.upgrade.state === 'done' ? null : <span className="block text-12"><Status {...upgradeLook(node.upgrade.state)} /></span>}
      {[...node.alarms, ...node.conditions].map((one) => (
        <span key={one.type} title={withNames(one.message, all)} className="line-clamp-3 max-w-60 text-12 text-attention">
          {firstSentence(withNames(one.message, all))}
        </span>
      ))}
    </>
  )
}

const columnsOf = (all: readonly NodeView[], open: (node: NodeView) => void): ReadonlyArray<Column<NodeView>> => [
  {
    id: 'name',
    title: 'Node',
    cell: (node) => (
      <>
        <button type="button" className="text-start font-strong whitespace-nowrap hover:underline" onClick={() => open(node)}>
          <bdi>{node.hostname}</bdi>
        </button>
        <span className="block text-12 text-muted">{[placeOf(node), labelsText(node.labels)].filter((part) => part !== '').join(' · ')}</span>
      </>
    ),
  },
  { id: 'status', title: 'Status', cell: (node) => <Standing node={node} all={all} /> },
  {
    id: 'isolation',
    title: 'Isolation',
    wide: true,
    cell: (node) => (node.isolation === 'hardware' ? <span className="whitespace-nowrap">Hardware (KVM)</span> : <Badge tone="attention">emulated</Badge>),
  },
  { id: 'vcpu', title: 'vCPU reserved', wide: true, cell: (node) => <Bar label="vCPU" {...node.vcpu} format={count} /> },
  { id: 'memory', title: 'Memory reserved', wide: true, cell: (node) => <Bar label="Memory" {...node.memory_mib} format={mebibytes} /> },
  { id: 'disk', title: 'Disk reserved', wide: true, cell: (node) => <Bar label="Disk" {...node.disk_mib} format={mebibytes} /> },
  { id: 'instances', title: 'Instances', align: 'end', cell: (node) => node.instances },
  { id: 'seen', title: 'Last report', align: 'end', cell: (node) => <TimeAgo value={node.last_seen_at} /> },
  { id: 'acts', title: 'Acts', align: 'end', cell: (node) => <NodeMenu node={node} others={all} onOpen={() => open(node)} /> },
]

function Fleet({ nodes, more, onAdd }: { nodes: readonly NodeView[]; more: boolean; onAdd: () => void }) {
  const [openId, setOpenId] = useState<string | null>(null)
  const open = (node: NodeView) => setOpenId(node.id)
  const shown = nodes.find((node) => node.id === openId)
  if (nodes.length === 0) {
    return (
      <EmptyState title="No node yet" action={<Button look="primary" onClick={onAdd}>Add a node</Button>}>
        Apps need at least one machine that runs the agent. Add one; it dials out to this console, and only other nodes need to reach it, on UDP port 51820.
      </EmptyState>
    )
  }
  return (
    <>
      {nodes.some((node) => node.isolation === 'emulated') ? (
        <Banner tone="attention" className="mb-4">
          A node without KVM emulates its machines. That is not isolation: in production, place only organizations there that you trust.
        </Banner>
      ) : null}
      <FleetMap nodes={nodes} onOpen={open} />
      <Table caption="Nodes" columns={columnsOf(nodes, open)} rows={nodes} rowKey={(node) => node.id} />
      {more ? <p className="mt-2 text-13 text-muted">The latest 100 nodes.</p> : null}
      {shown === undefined ? null : <NodeDrawer node={shown} nodes={nodes} onClose={() => setOpenId(null)} />}
    </>
  )
}

export function NodesPage() {
  const trpc = useTRPC()
  const [joining, setJoining] = useState(false)
  const nodes = useQuery(trpc.staff.nodes.queryOptions({ limit: 100 }, { refetchInterval: 3000 }))
  return (
    <>
      <PageHeader
        title="Nodes"
        action={
          <Button look="primary" icon={<Plus aria-hidden className="size-4" />} onClick={() => setJoining(true)}>
            Add a node
          </Button>
        }
      />
      <FleetUpgrade />
      <Load query={nodes} skeleton={<TableSkeleton label="Loading nodes" />}>
        {({ data, pagination }) => <Fleet nodes={data} more={pagination.has_more} onAdd={() => setJoining(true)} />}
      </Load>
      <MetricsAccess />
      {joining ? <JoinDialog onClose={() => setJoining(false)} /> : null}
    </>
  )
}

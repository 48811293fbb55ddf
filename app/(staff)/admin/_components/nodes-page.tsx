'use client'
import { useMutation, useQuery } from '@tanstack/react-query'
import { Plus } from 'lucide-react'
import { count, instant, mebibytes } from '../../../_lib/format.ts'
import { toProblem } from '../../../_lib/problem.ts'
import { nodeLook } from '../../../_lib/status.ts'
import { useTRPC } from '../../../_lib/trpc.tsx'
import type { NodeView } from '../../../_lib/wire.ts'
import { Button } from '../../../_ui/button.tsx'
import { CommandLine } from '../../../_ui/copy.tsx'
import { Load } from '../../../_ui/load.tsx'
import { PageHeader, Panel } from '../../../_ui/page.tsx'
import { CapacityBar } from '../../../_ui/progress.tsx'
import { EmptyState, ErrorPanel, TableSkeleton } from '../../../_ui/states.tsx'
import { Badge, Banner, Status } from '../../../_ui/status.tsx'
import { Table, type Column } from '../../../_ui/table.tsx'
import { TimeAgo } from '../../../_ui/time.tsx'

/** Reserved by instances; what the machine itself uses beyond that is not counted here. */
function Bar({ label, used, total, format }: { label: string; used: number; total: number; format: (value: number) => string }) {
  return (
    <div className="min-w-28">
      <CapacityBar compact label={label} used={0} reserved={used} total={total} format={format} />
      <span className="figures text-12 text-muted">
        {format(used)} of {format(total)}
      </span>
    </div>
  )
}

const columns: ReadonlyArray<Column<NodeView>> = [
  {
    id: 'name',
    title: 'Node',
    cell: (node) => (
      <>
        <bdi className="font-strong">{node.hostname}</bdi>
        <span className="block text-12 text-muted">
          <code>{node.id}</code>
        </span>
      </>
    ),
  },
  {
    id: 'status',
    title: 'Status',
    cell: (node) => (
      <>
        <Status {...nodeLook(node.status)} />
        {node.conditions.map((one) => (
          <span key={one.type} className="block max-w-60 text-12 text-attention">
            {one.message}
          </span>
        ))}
      </>
    ),
  },
  {
    id: 'isolation',
    title: 'Isolation',
    cell: (node) => (node.isolation === 'hardware' ? 'Hardware (KVM)' : <Badge tone="attention">emulated</Badge>),
  },
  { id: 'vcpu', title: 'vCPU reserved', cell: (node) => <Bar label="vCPU" {...node.vcpu} format={count} /> },
  { id: 'memory', title: 'Memory reserved', cell: (node) => <Bar label="Memory" {...node.memory_mib} format={mebibytes} /> },
  { id: 'instances', title: 'Instances', align: 'end', cell: (node) => node.instances },
  { id: 'agent', title: 'Agent', cell: (node) => <code className="text-12">{node.agent_version}</code> },
  { id: 'seen', title: 'Last report', align: 'end', cell: (node) => <TimeAgo value={node.last_seen_at} /> },
]

function JoinToken({ token, expiresAt }: { token: string; expiresAt: string }) {
  return (
    <Panel className="mb-5 flex flex-col gap-3">
      <p>
        <span className="font-strong">Run this on the new machine, then give it the token.</span>{' '}
        <span className="text-muted">It is shown once, works once and ends {instant(expiresAt)}.</span>
      </p>
      <CommandLine command={`curl -fsS ${window.location.origin}/install.sh -o install.sh && sudo sh install.sh`} />
      <CommandLine command={token} label="token" />
    </Panel>
  )
}

export function NodesPage() {
  const trpc = useTRPC()
  const nodes = useQuery(trpc.staff.nodes.queryOptions({ limit: 100 }, { refetchInterval: 5000 }))
  const join = useMutation(trpc.staff.createJoinToken.mutationOptions())
  return (
    <>
      <PageHeader
        title="Nodes"
        action={
          <Button look="primary" busy={join.isPending} icon={<Plus aria-hidden className="size-4" />} onClick={() => join.mutate({})}>
            Add a node
          </Button>
        }
      />
      {join.error === null ? null : <ErrorPanel className="mb-4" problem={toProblem(join.error)} />}
      {join.data === undefined ? null : <JoinToken token={join.data.token} expiresAt={join.data.expires_at} />}
      <Load query={nodes} skeleton={<TableSkeleton label="Loading nodes" />}>
        {({ data, pagination }) => (
          <>
            {data.some((node) => node.isolation === 'emulated') ? (
              <Banner tone="attention" className="mb-4">
                A node without KVM emulates its machines. That is not isolation: in production, place only organizations there that you
                trust.
              </Banner>
            ) : null}
            {data.length > 0 ? (
              <Table caption="Nodes" columns={columns} rows={data} rowKey={(node) => node.id} />
            ) : (
              <EmptyState title="No node yet">
                Apps need at least one machine that runs the agent. Add one; it dials out to this console and needs no open port.
              </EmptyState>
            )}
            {pagination.has_more ? <p className="mt-2 text-13 text-muted">The latest 100 nodes.</p> : null}
          </>
        )}
      </Load>
    </>
  )
}

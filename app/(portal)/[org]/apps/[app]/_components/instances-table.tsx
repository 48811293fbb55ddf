import { instanceLook } from '../../../../../_lib/status.ts'
import type { Instance } from '../../../../../_lib/wire.ts'
import { ShortId } from '../../../../../_ui/copy.tsx'
import { Status } from '../../../../../_ui/status.tsx'
import { Table, type Column } from '../../../../../_ui/table.tsx'
import { Elapsed } from '../../../../../_ui/time.tsx'

const columns: ReadonlyArray<Column<Instance>> = [
  { id: 'id', title: 'Instance', cell: (one) => <ShortId id={one.id} what="instance id" /> },
  {
    id: 'status',
    title: 'Status',
    cell: (one) => (
      <span className="min-w-0">
        <Status {...instanceLook(one)} />
        {one.reason === null ? null : <span className="block max-w-100 text-12 text-muted">{one.reason}</span>}
      </span>
    ),
  },
  { id: 'release', title: 'Release', align: 'end', cell: (one) => one.release },
  { id: 'node', title: 'Node', cell: (one) => <ShortId id={one.node_id} what="node id" /> },
  { id: 'address', title: 'Private address', cell: (one) => <code className="text-12">{one.address}</code> },
  { id: 'restarts', title: 'Restarts', align: 'end', cell: (one) => one.restarts },
  {
    id: 'up',
    title: 'Up for',
    align: 'end',
    cell: (one) => (one.started_at === null ? null : <Elapsed from={one.started_at} to={null} />),
  },
  { id: 'traffic', title: 'Takes traffic', cell: (one) => (one.routed ? 'yes' : 'no') },
]

export function InstancesTable({ instances }: { instances: readonly Instance[] }) {
  return <Table caption="Instances of this app" columns={columns} rows={instances} rowKey={(one) => one.id} />
}

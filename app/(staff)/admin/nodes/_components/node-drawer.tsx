'use client'
import Link from 'next/link'
import { paths } from '../../../../_lib/paths.ts'
import type { NodeView } from '../../../../_lib/wire.ts'
import { Drawer } from '../../../../_ui/drawer.tsx'
import { Bars, Machine, MeshAndInstances, Place, Warnings } from './node-facts.tsx'

/** One node in full: where it stands, how full it is, what is on it. */
export function NodeDrawer({ node, nodes, onClose }: { node: NodeView; nodes: readonly NodeView[]; onClose: () => void }) {
  return (
    <Drawer open onClose={onClose} title={node.hostname}>
      <div className="flex flex-col gap-5">
        <Place node={node} />
        <Warnings node={node} nodes={nodes} />
        <Bars node={node} className="flex flex-col gap-3" />
        <Link className="link w-max text-13" href={paths.adminNode(node.id)}>
          Metrics of this machine
        </Link>
        <Machine node={node} />
        <MeshAndInstances node={node} nodes={nodes} className="flex flex-col gap-5" />
      </div>
    </Drawer>
  )
}

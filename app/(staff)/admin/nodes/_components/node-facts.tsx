'use client'
import { useState } from 'react'
import { count, mebibytes, plural } from '../../../../_lib/format.ts'
import type { NodeView } from '../../../../_lib/wire.ts'
import { Button } from '../../../../_ui/button.tsx'
import { Code } from '../../../../_ui/copy.tsx'
import { KeyValue } from '../../../../_ui/page.tsx'
import { CapacityBar } from '../../../../_ui/progress.tsx'
import { Badge, Banner, Status } from '../../../../_ui/status.tsx'
import { TimeAgo } from '../../../../_ui/time.tsx'
import { DrainProgress } from './drain-progress.tsx'
import { DeadDialog } from './node-dialogs.tsx'
import { lookOf, notDeadBecause, placeOf, vmmWords, withNames } from './node-words.ts'

const inUse = ({ total, free }: { total: number; free: number }): number => Math.max(0, total - free)

/** What waits for the machine, and the one thing that only a person can say of it. */
function Lost({ node }: { node: NodeView }) {
  const [asking, setAsking] = useState(false)
  const waits = node.volumes === 0 ? ' It holds no volumes.' : ` Apps with volumes wait: their data is on this machine (${plural(node.volumes, 'volume')}). They go on when it is back, or when their owners restore a backup elsewhere${node.declared_dead === null ? ': of strict volumes at once, of pinned ones when you declare the machine dead' : ''}.`
  return (
    <>
      <Banner tone="bad" action={notDeadBecause(node) === null ? <Button size="sm" onClick={() => setAsking(true)}>Declare dead…</Button> : undefined}>
        Last heard <TimeAgo value={node.last_seen_at} />. Apps without volumes are started elsewhere where there is room.{waits}
      </Banner>
      {asking ? <DeadDialog node={node} onClose={() => setAsking(false)} /> : null}
    </>
  )
}

export function Warnings({ node, nodes }: { node: NodeView; nodes: readonly NodeView[] }) {
  return (
    <>
      {node.status === 'lost' ? <Lost node={node} /> : null}
      {node.declared_dead === null ? null : (
        <Banner tone="bad">
          Declared dead <TimeAgo value={node.declared_dead.at} />: {node.declared_dead.reason}. Owners of volumes here may restore their last
          backup elsewhere. The mark goes when it is heard.
        </Banner>
      )}
      {node.status !== 'ready' || node.fencing?.fault == null ? null : <Banner tone="attention">{node.fencing.fault} Look at <code>shellwego-fence</code> there.</Banner>}
      {node.status !== 'unreachable' ? null : (
        <Banner tone="attention">It missed its lease. If it stays silent, what it runs without volumes is started elsewhere.</Banner>
      )}
      {node.duty_reason === null ? null : <Banner tone="info">{node.duty_reason}</Banner>}
      {node.alarms.map((one) => (
        <Banner key={one.type} tone="bad">
          {one.message} <TimeAgo value={one.at} />
        </Banner>
      ))}
      {node.conditions.map((one) => (
        <Banner key={one.type} tone="attention">
          {withNames(one.message, nodes)}
        </Banner>
      ))}
    </>
  )
}

function Mesh({ node, nodes }: { node: NodeView; nodes: readonly NodeView[] }) {
  if (node.mesh === null) {
    return (
      <p className="text-13 text-muted">
        {node.network === 'user' ? 'This node runs without root networking, so there is no private network on it.' : 'Not in the mesh: its instances reach only each other. Install wireguard-tools, and wireguard-go where the kernel has none, and start the agent again.'}{' '}
        Its edge serves what runs here and nothing else, and other edges do not reach what runs here.
      </p>
    )
  }
  const { endpoint, public_key: key, peers, peer_count: all } = node.mesh
  return (
    <KeyValue items={[
      ['Address for other nodes', <Code key="endpoint" copy>{endpoint}</Code>],
      ['Public key', <Code key="key" copy>{key}</Code>],
      ['Joined with', peers.length === 0 ? <span key="none" className="text-faint">No other node yet</span> : <span key="peers">{peersText(peers, all, nodes)}</span>],
    ]} />
  )
}

const SHOWN = 8

/** All of them on a small fleet; of a large one their number says more. */
function peersText(ids: readonly string[], all: number, nodes: readonly NodeView[]): string {
  const names = ids.slice(0, SHOWN).map((id) => nodes.find((node) => node.id === id)?.hostname ?? id).sort()
  return all > names.length ? `${names.join(', ')} and ${count(all - names.length)} more` : names.join(', ')
}

export function Bars({ node, className }: { node: NodeView; className: string }) {
  return (
    <div className={className}>
      <CapacityBar label="vCPU" used={0} reserved={node.vcpu.used} total={node.vcpu.total} format={count} />
      <CapacityBar label="Memory" used={inUse(node.memory_mib)} reserved={node.memory_mib.used} total={node.memory_mib.total} format={mebibytes} />
      <CapacityBar label="Disk" used={inUse(node.disk_mib)} reserved={node.disk_mib.used} total={node.disk_mib.total} format={mebibytes} />
    </div>
  )
}

/** Where it stands, beside its status. */
export function Place({ node }: { node: NodeView }) {
  return (
    <div className="flex flex-wrap items-center gap-x-4 gap-y-1 text-14">
      <Status {...lookOf(node)} />
      <span>{placeOf(node)}</span>
      {Object.entries(node.labels).map(([name, value]) => (
        <Badge key={name}>{value === '' ? name : `${name}=${value}`}</Badge>
      ))}
    </div>
  )
}

export function Machine({ node }: { node: NodeView }) {
  const strict = node.fencing === null || node.fencing.armed === 0 ? '' : `, ${count(node.fencing.armed)} strict`
  return (
    <p className="text-13 text-muted">
      <code>{node.id}</code> · agent {node.agent_version}{node.release === null ? '' : ` (${node.release.slice(0, 8)})`} · Linux {node.kernel} · {vmmWords(node)} · load {node.load.toFixed(2)} · {plural(node.volumes, 'volume')}{strict} · last report{' '}
      <TimeAgo value={node.last_seen_at} />
    </p>
  )
}

/** How others reach it, and what is on it. */
export function MeshAndInstances({ node, nodes, className }: { node: NodeView; nodes: readonly NodeView[]; className: string }) {
  return (
    <div className={className}>
      <section className="flex min-w-0 flex-col gap-2">
        <h2 className="text-14 font-strong">Private network</h2>
        <Mesh node={node} nodes={nodes} />
      </section>
      <section className="flex min-w-0 flex-col gap-2">
        <h2 className="text-14 font-strong">What is here</h2>
        <DrainProgress node={node} />
      </section>
    </div>
  )
}

'use client'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { toast } from 'sonner'
import { toProblem } from '../../../../_lib/problem.ts'
import { useTRPC } from '../../../../_lib/trpc.tsx'
import type { NodeUpgrades } from '../../../../_lib/wire.ts'
import { Button } from '../../../../_ui/button.tsx'
import { ConfirmDialog } from '../../../../_ui/dialog.tsx'
import { Panel } from '../../../../_ui/page.tsx'
import { ErrorPanel } from '../../../../_ui/states.tsx'
import { Banner, Status } from '../../../../_ui/status.tsx'
import { upgradeLook } from './node-words.ts'
import { useNodeDone } from './use-node-done.ts'

type Upgrade = NonNullable<NodeUpgrades['upgrade']>

function Confirm({ version, total, onClose }: { version: string; total: number; onClose: () => void }) {
  const trpc = useTRPC()
  const done = useNodeDone(onClose)
  const start = useMutation(trpc.staff.startUpgrade.mutationOptions({ onSuccess: () => done('The upgrade of the nodes began') }))
  return (
    <ConfirmDialog
      open onOpenChange={onClose} title={`Upgrade ${total === 1 ? 'one node' : `${total} nodes`} to ${version}?`} action="Upgrade" busy={start.isPending}
      onConfirm={() => start.mutate({})}>
      <p>
        One after the other. Instances run on; only the agent is replaced. A node whose new agent does not reach this console goes back by itself,
        and then the rest waits for you.
      </p>
      {start.error === null ? null : <ErrorPanel problem={toProblem(start.error)} />}
    </ConfirmDialog>
  )
}

function Acts({ upgrade }: { upgrade: Upgrade }) {
  const trpc = useTRPC()
  const done = useNodeDone(() => {})
  const failed = { onError: (error: unknown) => toast.error(toProblem(error).detail) }
  const resume = useMutation(trpc.staff.resumeUpgrade.mutationOptions({ ...failed, onSuccess: () => done('The upgrade goes on') }))
  const cancel = useMutation(trpc.staff.cancelUpgrade.mutationOptions({ ...failed, onSuccess: () => done('The upgrade was cancelled') }))
  const busy = resume.isPending || cancel.isPending
  const id = { upgrade_id: upgrade.id }
  return (
    <div className="flex flex-wrap gap-2">
      {upgrade.state === 'paused' ? (
        <>
          <Button look="primary" busy={busy} onClick={() => resume.mutate({ ...id, failed: 'retry' })}>Try again</Button>
          <Button busy={busy} onClick={() => resume.mutate({ ...id, failed: 'skip' })}>Leave it out and go on</Button>
        </>
      ) : null}
      <Button busy={busy} onClick={() => cancel.mutate(id)}>Cancel the upgrade</Button>
    </div>
  )
}

function Progress({ upgrade }: { upgrade: Upgrade }) {
  const over = upgrade.nodes.filter((node) => ['done', 'skipped'].includes(node.state)).length
  return (
    <Panel className="mb-4">
      <div className="flex flex-wrap items-start justify-between gap-3">
        <div className="min-w-0">
          <h2 className="text-14 font-strong">
            {upgrade.state === 'paused' ? 'Upgrade paused' : 'Upgrading'}: agent {upgrade.version}
          </h2>
          <p className="figures text-13 text-muted" role="status">{upgrade.detail ?? `${over} of ${upgrade.nodes.length} nodes`}</p>
        </div>
        <Acts upgrade={upgrade} />
      </div>
      <ul className="mt-3 border-t border-line text-14">
        {upgrade.nodes.map((node) => (
          <li key={node.node_id} className="flex flex-wrap items-baseline gap-x-4 border-b border-line py-2 last:border-0 last:pb-0">
            <bdi className="min-w-0 flex-1 font-strong">{node.hostname}</bdi>
            <Status {...upgradeLook(node.state)} />
            {node.detail === null ? null : <span className="w-full text-13 text-muted">{node.detail}</span>}
          </li>
        ))}
      </ul>
    </Panel>
  )
}

/** Agents of another release than this console's, and how they come to it. Nothing where all are alike. */
export function FleetUpgrade() {
  const trpc = useTRPC()
  const [asking, setAsking] = useState(false)
  const { data } = useQuery(trpc.staff.nodeUpgrades.queryOptions({}, { refetchInterval: 3000 }))
  if (data === undefined) return null
  const { upgrade, outdated, release } = data
  if (upgrade !== null && (upgrade.state === 'running' || upgrade.state === 'paused')) return <Progress upgrade={upgrade} />
  if (outdated.length === 0 || release === null) return null
  return (
    <>
      <Banner tone="info" className="mb-4" action={<Button size="sm" onClick={() => setAsking(true)}>Upgrade</Button>}>
        {outdated.length === 1 ? `${outdated[0]?.hostname ?? 'One node'} runs` : `${outdated.length} nodes run`} another release of the agent than this console has ({release.version}).
      </Banner>
      {asking ? <Confirm version={release.version} total={outdated.length} onClose={() => setAsking(false)} /> : null}
    </>
  )
}

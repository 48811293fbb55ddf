'use client'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { plural } from '../../../../_lib/format.ts'
import { toProblem } from '../../../../_lib/problem.ts'
import { useTRPC } from '../../../../_lib/trpc.tsx'
import type { NodeUpgrades } from '../../../../_lib/wire.ts'
import { Button } from '../../../../_ui/button.tsx'
import { ConfirmDialog } from '../../../../_ui/dialog.tsx'
import { ErrorPanel } from '../../../../_ui/states.tsx'
import { Banner } from '../../../../_ui/status.tsx'
import { LastUpgrade, UpgradeProgress } from './upgrade-progress.tsx'
import { useNodeDone } from './use-node-done.ts'

type Outdated = NodeUpgrades['outdated']
const NAMED = 8

const namesOf = (nodes: Outdated): string =>
  [...nodes.slice(0, NAMED).map(({ hostname }) => hostname), ...(nodes.length > NAMED ? [`${nodes.length - NAMED} more`] : [])].join(', ')

function Confirm({ version, nodes, onClose }: { version: string; nodes: Outdated; onClose: () => void }) {
  const trpc = useTRPC()
  const done = useNodeDone(onClose)
  const start = useMutation(trpc.staff.startUpgrade.mutationOptions({ onSuccess: () => done('The upgrade of the nodes began') }))
  return (
    <ConfirmDialog
      open onOpenChange={onClose} title={`Upgrade the agent of ${nodes.length === 1 ? 'one node' : `${nodes.length} nodes`}?`} action={`Upgrade ${plural(nodes.length, 'node')}`} busy={start.isPending}
      onConfirm={() => start.mutate({})}>
      <p className="break-words text-ink"><bdi>{namesOf(nodes)}</bdi> to agent {version}.</p>
      <ul className="flex list-disc flex-col gap-1 ps-5">
        <li>One after the other. Instances run on and serve; only the agent is replaced.</li>
        <li>A new agent tests itself first. One that does not reach this console goes back by itself, and then the rest waits for you.</li>
        <li>Nodes that are not heard are left out.</li>
      </ul>
      {start.error === null ? null : <ErrorPanel problem={toProblem(start.error)} />}
    </ConfirmDialog>
  )
}

/** Agents of another release than this console's, and how they come to it. Nothing where all are alike and always were. */
export function FleetUpgrade() {
  const trpc = useTRPC()
  const [asking, setAsking] = useState(false)
  const { data } = useQuery(trpc.staff.nodeUpgrades.queryOptions({}, { refetchInterval: 3000 }))
  if (data === undefined) return null
  const { upgrade, outdated, release } = data
  if (upgrade !== null && (upgrade.state === 'running' || upgrade.state === 'paused')) return <UpgradeProgress upgrade={upgrade} />
  return (
    <>
      {outdated.length === 0 || release === null ? null : (
        <Banner tone="info" className="mb-4" action={<Button size="sm" onClick={() => setAsking(true)}>Upgrade…</Button>}>
          {outdated.length === 1 ? `${outdated[0]?.hostname ?? 'One node'} runs` : `${outdated.length} nodes run`} another release of the agent than this console has ({release.version}).
        </Banner>
      )}
      {upgrade === null ? null : <LastUpgrade upgrade={upgrade} />}
      {asking && release !== null ? <Confirm version={release.version} nodes={outdated} onClose={() => setAsking(false)} /> : null}
    </>
  )
}

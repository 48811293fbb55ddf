'use client'
import { useMutation } from '@tanstack/react-query'
import { toast } from 'sonner'
import { plural } from '../../../../_lib/format.ts'
import { toProblem } from '../../../../_lib/problem.ts'
import { useTRPC } from '../../../../_lib/trpc.tsx'
import type { NodeUpgrades } from '../../../../_lib/wire.ts'
import { Button } from '../../../../_ui/button.tsx'
import { Panel } from '../../../../_ui/page.tsx'
import { ProgressBar } from '../../../../_ui/progress.tsx'
import { Banner, Status } from '../../../../_ui/status.tsx'
import { Elapsed, TimeAgo } from '../../../../_ui/time.tsx'
import { upgradeLook } from './node-words.ts'
import { useNodeDone } from './use-node-done.ts'

type Upgrade = NonNullable<NodeUpgrades['upgrade']>
type Row = Upgrade['nodes'][number]

const inState = ({ nodes }: Upgrade, ...states: Row['state'][]): Row[] => nodes.filter(({ state }) => states.includes(state))

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

/** In the order in which it is their turn. */
function Rows({ nodes }: { nodes: readonly Row[] }) {
  return (
    <ol className="max-h-100 overflow-y-auto text-14" tabIndex={0} aria-label="Nodes of this upgrade">
      {nodes.map((node) => (
        <li key={node.node_id} className="grid grid-cols-[minmax(0,1fr)_auto] items-baseline gap-x-4 border-b border-line py-2 last:border-0 last:pb-0 sm:grid-cols-[minmax(0,1fr)_10rem_4rem]">
          <bdi className="min-w-0 font-strong break-all">{node.hostname}</bdi>
          <Status {...upgradeLook(node.state)} className="justify-self-end sm:justify-self-start" />
          <span className="text-end text-13 text-muted max-sm:hidden">{node.started_at === null ? null : <Elapsed from={node.started_at} to={node.finished_at} />}</span>
          {node.detail === null ? null : <p className="col-span-full text-13 break-words text-muted">{node.detail}</p>}
        </li>
      ))}
    </ol>
  )
}

/** One that runs, or waits for a decision: that first. */
export function UpgradeProgress({ upgrade }: { upgrade: Upgrade }) {
  const over = inState(upgrade, 'done', 'skipped').length
  const all = upgrade.nodes.length
  const [stuck] = inState(upgrade, 'failed', 'rolled_back')
  return (
    <Panel className="mb-5">
      <div className="flex flex-wrap items-start justify-between gap-3">
        <div className="min-w-0">
          <h2 className="text-14 font-strong">{upgrade.state === 'paused' ? 'Upgrade paused' : 'Upgrading'}: agent {upgrade.version}</h2>
          <p className="figures text-13 text-muted" role="status">{over} of {plural(all, 'node')}</p>
        </div>
        <Acts upgrade={upgrade} />
      </div>
      <div className="mt-3"><ProgressBar label={`${over} of ${plural(all, 'node')}`} max={all} value={over} /></div>
      {upgrade.state === 'paused' && stuck !== undefined ? (
        <Banner tone="bad" className="my-3">
          <bdi className="font-strong">{stuck.hostname}</bdi> {stuck.state === 'rolled_back' ? 'went back to the release before. Its instances ran on.' : 'kept the release it has. Its instances ran on.'}{' '}
          {stuck.detail}
        </Banner>
      ) : null}
      <div className="mt-3 border-t border-line"><Rows nodes={upgrade.nodes} /></div>
    </Panel>
  )
}

/** What became of the last one; the rest is for who asks. */
export function LastUpgrade({ upgrade }: { upgrade: Upgrade }) {
  const [done, left] = [inState(upgrade, 'done').length, inState(upgrade, 'skipped').length]
  return (
    <details className="mb-5 text-13 text-muted">
      <summary className="w-max max-w-full cursor-pointer">
        {upgrade.state === 'cancelled' ? 'The last upgrade was cancelled' : 'Last upgrade'}: agent {upgrade.version},{' '}
        <span className="figures">{done} of {plural(upgrade.nodes.length, 'node')}</span>{left === 0 ? '' : `, ${left} left out`}
        {upgrade.finished_at === null ? null : <>, <TimeAgo value={upgrade.finished_at} /></>}
      </summary>
      <Panel className="mt-2 text-ink"><Rows nodes={upgrade.nodes} /></Panel>
    </details>
  )
}

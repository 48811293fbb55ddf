'use client'
import { useMutation, useQuery } from '@tanstack/react-query'
import { toast } from 'sonner'
import { toProblem } from '../../../../_lib/problem.ts'
import { useTRPC } from '../../../../_lib/trpc.tsx'
import type { NodeDrainProgress, NodeView } from '../../../../_lib/wire.ts'
import { Button } from '../../../../_ui/button.tsx'
import { Load } from '../../../../_ui/load.tsx'
import { ProgressBar } from '../../../../_ui/progress.tsx'
import { TableSkeleton } from '../../../../_ui/states.tsx'
import { Banner, Status, type StatusLook } from '../../../../_ui/status.tsx'
import { TimeAgo } from '../../../../_ui/time.tsx'
import { useNodeDone } from './use-node-done.ts'

type Instance = NodeDrainProgress['instances'][number]
const looks: Record<Instance['state'], StatusLook> = {
  waiting: { tone: 'idle', word: 'Waits' },
  moving: { tone: 'info', word: 'Moves', busy: true },
  ending: { tone: 'info', word: 'Ends', busy: true },
  pinned: { tone: 'idle', word: 'Stays: its volumes are here' },
}
const ends: Record<'done' | 'failed' | 'cancelled', string> = { done: 'The last drain is done', failed: 'The last drain failed', cancelled: 'The last drain was called off' }

function Bar({ drain }: { drain: NonNullable<NodeView['drain']> }) {
  const moved = Math.max(0, drain.total - drain.left)
  return (
    <div>
      <p className="flex justify-between text-13">
        <span>{drain.state === 'running' ? 'Draining' : ends[drain.state]}</span>
        <span className="figures text-muted">
          {moved} of {drain.total} moved
        </span>
      </p>
      <ProgressBar label={`${moved} of ${drain.total} moved`} max={drain.total} value={moved} />
    </div>
  )
}

/** Live: what is still on a node, and how its drain goes. */
export function DrainProgress({ node }: { node: NodeView }) {
  const trpc = useTRPC()
  const progress = useQuery(trpc.staff.drain.queryOptions({ node_id: node.id }, { refetchInterval: 2000 }))
  const done = useNodeDone(() => {})
  const cancel = useMutation(trpc.staff.cancelDrain.mutationOptions({
    onSuccess: () => done(`The drain of ${node.hostname} is called off`), onError: (error) => toast.error(toProblem(error).detail),
  }))
  return (
    <Load query={progress} skeleton={<TableSkeleton label="Loading what is there" />}>
      {({ drain, instances }) => (
        <div className="flex flex-col gap-3" aria-live="polite">
          {drain === null ? null : <Bar drain={drain} />}
          {drain === null || drain.detail === null ? null : <Banner tone="attention">{drain.detail}</Banner>}
          {drain?.state === 'running' ? (
            <div className="flex flex-wrap items-center justify-between gap-2 text-13 text-muted">
              <span>
                Deadline <TimeAgo value={drain.deadline_at} />
              </span>
              <Button size="sm" busy={cancel.isPending} onClick={() => cancel.mutate({ node_id: node.id })}>
                Call it off
              </Button>
            </div>
          ) : null}
          {instances.length === 0 ? (
            <p className="text-14 text-muted">Nothing runs here.</p>
          ) : (
            <ul className="divide-y divide-line rounded-box border border-line">
              {instances.map((one) => (
                <li key={one.id} className="flex flex-wrap items-center justify-between gap-x-3 px-3 py-2 text-14">
                  <span className="min-w-0">
                    <bdi className="font-strong">{one.app_name}</bdi> <code className="text-12 text-muted">{one.id}</code>
                  </span>
                  {drain?.state === 'running' || one.state !== 'waiting' ? <Status {...looks[one.state]} /> : null}
                </li>
              ))}
            </ul>
          )}
        </div>
      )}
    </Load>
  )
}

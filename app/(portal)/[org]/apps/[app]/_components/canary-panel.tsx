'use client'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { FastForward } from 'lucide-react'
import { useState } from 'react'
import type { CanaryFigures, CanaryStep } from '../../../../../../server/contract/canary.ts'
import { refusedBecause } from '../../../../../_lib/can.ts'
import { count } from '../../../../../_lib/format.ts'
import { useOrg } from '../../../../../_lib/org-context.tsx'
import { toProblem } from '../../../../../_lib/problem.ts'
import { useTRPC } from '../../../../../_lib/trpc.tsx'
import type { Deployment } from '../../../../../_lib/wire.ts'
import { Button } from '../../../../../_ui/button.tsx'
import { ConfirmDialog } from '../../../../../_ui/dialog.tsx'
import { Panel } from '../../../../../_ui/page.tsx'
import { ShareBar } from '../../../../../_ui/share-bar.tsx'
import { ErrorPanel } from '../../../../../_ui/states.tsx'
import { Remaining } from '../../../../../_ui/time.tsx'
import { Timeline, type TimelineState } from '../../../../../_ui/timeline.tsx'

const STATES: Record<CanaryStep['state'], TimelineState> = {
  waiting: 'waiting', starting: 'running', watching: 'running', done: 'done', aborted: 'failed', cancelled: 'cancelled',
}

/** What requests are divided by now: a step that begins is told to the edges when its instances serve. */
const shownShare = (steps: readonly CanaryStep[], deployment: Deployment): number => {
  if (deployment.state === 'succeeded') return 100
  if (deployment.finished_at !== null) return 0
  return steps.findLast((step) => step.started_at !== null)?.share ?? 0
}

const rate = ({ requests, errors }: CanaryFigures): string => (requests === 0 ? '–' : `${count((100 * errors) / requests, 1)} %`)
const latency = ({ p95_ms: p95 }: CanaryFigures): string => (p95 === null ? '–' : `${count(p95)} ms`)
const ROWS: { title: string; of: (figures: CanaryFigures) => string }[] = [
  { title: 'Requests', of: ({ requests }) => count(requests) }, { title: 'Answered with 5xx', of: rate }, { title: '95 % answered within', of: latency },
]

function Figures({ step, release, old }: { step: CanaryStep; release: number; old: string }) {
  const none = { requests: 0, errors: 0, p95_ms: null }
  return (
    <table className="w-full text-13">
      <caption className="sr-only">What each release answered in the step of {step.share} %</caption>
      <thead>
        <tr className="text-muted">
          <th scope="col" className="py-1 text-start font-normal"><span className="sr-only">Figure</span></th>
          <th scope="col" className="py-1 text-end font-normal">{old}</th>
          <th scope="col" className="py-1 text-end font-normal">Release {release}</th>
        </tr>
      </thead>
      <tbody className="figures">
        {ROWS.map(({ title, of }) => (
          <tr key={title} className="border-t border-line">
            <th scope="row" className="py-1.5 text-start font-normal">{title}</th>
            <td className="py-1.5 text-end">{of(step.old ?? none)}</td>
            <td className="py-1.5 text-end font-strong">{of(step.new ?? none)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function Promote({ deployment, next }: { deployment: Deployment; next: number }) {
  const { org } = useOrg()
  const trpc = useTRPC()
  const client = useQueryClient()
  const [open, setOpen] = useState(false)
  const promote = useMutation(trpc.deployments.promote.mutationOptions({
    onSuccess: async () => {
      setOpen(false)
      await client.invalidateQueries({ queryKey: trpc.deployments.pathKey() })
    },
  }))
  const refused = refusedBecause(org, 'apps:write', deployment.app_id)
  const go = (to: 'next' | 'all') => promote.mutate({ organization_id: org.id, deployment_id: deployment.id, to })
  const shared = { disabled: refused !== null, title: refused ?? undefined }
  return (
    <>
      <div className="flex flex-wrap gap-2">
        <Button {...shared} icon={<FastForward aria-hidden className="size-3.5" />} busy={promote.isPending && !open} onClick={() => go('next')}>
          Go on to {next} % now
        </Button>
        {next === 100 ? null : <Button {...shared} look="quiet" onClick={() => setOpen(true)}>All requests now</Button>}
      </div>
      {promote.error === null || open ? null : <ErrorPanel className="mt-3" problem={toProblem(promote.error)} />}
      <ConfirmDialog open={open} onOpenChange={setOpen} title="Give it all requests?" action="Give it all requests" busy={promote.isPending} onConfirm={() => go('all')}>
        <p>The steps between are left out: as soon as enough instances of release {deployment.release} serve, every request goes to them, unwatched.</p>
        {promote.error === null ? null : <ErrorPanel problem={toProblem(promote.error)} />}
      </ConfirmDialog>
    </>
  )
}

const stepName = (step: CanaryStep): string => (step.share === 100 ? 'All requests' : `${step.share} % of requests`)

/** The share bar, what both releases answered in the step, and how it goes on. */
export function CanaryPanel({ deployment, steps, oldRelease }: { deployment: Deployment; steps: readonly CanaryStep[]; oldRelease: number | null }) {
  const share = shownShare(steps, deployment)
  const present = steps.find((step) => step.state === 'starting' || step.state === 'watching')
  const compared = present?.new ? present : steps.findLast((step) => step.new !== null)
  const next = present === undefined ? undefined : steps[steps.indexOf(present) + 1]
  const old = oldRelease === null || oldRelease === deployment.release ? 'The release before' : `Release ${oldRelease}`
  return (
    <Panel className="mb-5">
      <h3 className="mb-3 text-14 font-strong">Who answers the requests</h3>
      <ShareBar share={share} marks={steps.map((step) => step.share)} mine={`Release ${deployment.release}`} rest={old} />
      <div className="mt-5 grid gap-x-8 gap-y-5 md:grid-cols-2">
        <Timeline label="Steps of the canary"
          steps={steps.map((step) => ({ ...step, name: stepName(step), state: STATES[step.state], detail: step.note }))} />
        <div className="flex flex-col gap-4">
          {compared === undefined
            ? <p className="text-13 text-muted">Both releases are compared as soon as the new one gets requests.</p>
            : <Figures step={compared} release={deployment.release} old={old} />}
          {present === undefined || present.share === 100 ? null : (
            <p className="text-13 text-muted" aria-live="polite">
              {present.started_at === null
                ? `The instances for ${present.share} % are being made ready.`
                : (
                  <>
                    Step of {present.share} %:{' '}
                    <Remaining from={present.started_at} seconds={deployment.strategy.canary.step_seconds} after="as soon as enough requests were compared" />
                  </>
                )}
            </p>
          )}
          {next === undefined ? null : <Promote deployment={deployment} next={next.share} />}
        </div>
      </div>
    </Panel>
  )
}

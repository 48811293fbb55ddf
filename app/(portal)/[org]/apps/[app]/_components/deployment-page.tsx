'use client'
import { useMutation, useQuery } from '@tanstack/react-query'
import { Ban, RotateCw, Undo2 } from 'lucide-react'
import Link from 'next/link'
import { useRouter } from 'next/navigation'
import { can } from '../../../../../_lib/can.ts'
import { useOrg } from '../../../../../_lib/org-context.tsx'
import { paths } from '../../../../../_lib/paths.ts'
import { toProblem } from '../../../../../_lib/problem.ts'
import { deploymentStatus, stepNames } from '../../../../../_lib/status.ts'
import { useTRPC } from '../../../../../_lib/trpc.tsx'
import type { Deployment } from '../../../../../_lib/wire.ts'
import { Button } from '../../../../../_ui/button.tsx'
import { CopyButton } from '../../../../../_ui/copy.tsx'
import { Load } from '../../../../../_ui/load.tsx'
import { LogView } from '../../../../../_ui/log-view.tsx'
import { Panel } from '../../../../../_ui/page.tsx'
import { ErrorPanel, PanelSkeleton } from '../../../../../_ui/states.tsx'
import { Mark, Status } from '../../../../../_ui/status.tsx'
import { Elapsed, TimeAgo } from '../../../../../_ui/time.tsx'
import { Timeline } from '../../../../../_ui/timeline.tsx'
import { useApp } from './app-scope.tsx'
import { useLogTail } from './use-log-tail.ts'

const underWay = (deployment: Deployment): boolean => deployment.status === 'queued' || deployment.status === 'running'

/** What failed, in the words of the step that failed, pinned above everything else. */
function Failure({ deployment }: { deployment: Deployment }) {
  const { org } = useOrg()
  const app = useApp()
  const trpc = useTRPC()
  const router = useRouter()
  const follow = { onSuccess: ({ deployment_id }: { deployment_id: string }) => router.push(paths.deployment(org.slug, app.name, deployment_id)) }
  const retry = useMutation(trpc.deployments.retry.mutationOptions(follow))
  const rollback = useMutation(trpc.deployments.rollback.mutationOptions(follow))
  const { error } = deployment
  if (error === null) return null
  const refused = retry.error ?? rollback.error
  const mayWrite = can(org.role, 'apps:write')
  return (
    <div role="alert" className="mb-5 flex gap-3 rounded-box border border-bad-border bg-bad-surface p-4">
      <Mark tone="bad" className="mt-1" />
      <div className="min-w-0 flex-1">
        <p className="font-strong text-bad">{error.message}</p>
        {error.first_line === null ? null : <pre className="mt-2 overflow-x-auto rounded-inner border border-bad-border bg-surface px-3 py-2 text-12 whitespace-pre-wrap" tabIndex={0}>{error.first_line}</pre>}
        <div className="mt-3 flex flex-wrap items-center gap-2">
          <Button size="sm" busy={retry.isPending} disabled={!mayWrite} icon={<RotateCw aria-hidden className="size-3.5" />} onClick={() => retry.mutate({ deployment_id: deployment.id })}>Try again</Button>
          {app.release > 0 && app.release !== deployment.release
            ? <Button size="sm" busy={rollback.isPending} disabled={!mayWrite} icon={<Undo2 aria-hidden className="size-3.5" />} onClick={() => rollback.mutate({ app_id: app.id, release: app.release })}>Back to release {app.release}</Button> : null}
          <span className="inline-flex items-center gap-1 text-12 text-muted"><code>{error.code}</code><CopyButton label="Copy for support" text={`${deployment.id} ${error.code}: ${error.message}\n${error.first_line ?? ''}`} /></span>
        </div>
        {refused === null ? null : <ErrorPanel className="mt-3" problem={toProblem(refused)} />}
      </div>
    </div>
  )
}

function Live({ deployment }: { deployment: Deployment }) {
  const app = useApp()
  const { lines } = useLogTail({ app_id: app.id, deployment_id: deployment.id }, underWay(deployment))
  return (
    <div className="grid gap-5 md:grid-cols-[minmax(0,280px)_minmax(0,1fr)]">
      <Panel className="self-start">
        <Timeline label="Steps of this deployment" steps={deployment.steps.map((step) => ({ ...step, name: stepNames[step.name] }))} />
      </Panel>
      <LogView lines={lines} name={`${app.name}-release-${deployment.release}`} live={underWay(deployment)} className="h-[max(320px,calc(100dvh-420px))]"
        waiting={underWay(deployment) ? 'Waiting for the first line. Lines appear here from the pull of the image on.' : 'This deployment left no line.'} />
    </div>
  )
}

export function DeploymentPage({ id }: { id: string }) {
  const { org } = useOrg()
  const app = useApp()
  const trpc = useTRPC()
  const query = useQuery(trpc.deployments.get.queryOptions({ deployment_id: id }, {
    refetchInterval: ({ state }) => state.data === undefined || underWay(state.data) ? 700 : 5000,
  }))
  const cancel = useMutation(trpc.deployments.cancel.mutationOptions({ onSuccess: () => query.refetch() }))
  return (
    <Load query={query} skeleton={<PanelSkeleton label="Loading the deployment" className="h-96" />}>
      {(deployment) => (
        <>
          <div className="mb-4 flex flex-wrap items-center justify-between gap-3">
            <div>
              <p className="text-13 text-muted"><Link className="link" href={paths.deployments(org.slug, app.name)}>Deployments</Link></p>
              <h2 className="mt-1 flex flex-wrap items-center gap-x-3 text-16 font-strong">Release {deployment.release}<span aria-live="polite"><Status {...deploymentStatus[deployment.status]} className="text-13 font-normal" /></span></h2>
              <p className="text-13 text-muted">{deployment.cause} by <bdi>{deployment.actor}</bdi>, <TimeAgo value={deployment.created_at} />, {underWay(deployment) ? 'for' : 'took'} <Elapsed from={deployment.created_at} to={deployment.finished_at} /></p>
            </div>
            {underWay(deployment) && can(org.role, 'apps:write')
              ? <Button size="sm" busy={cancel.isPending} icon={<Ban aria-hidden className="size-3.5" />} onClick={() => cancel.mutate({ deployment_id: id })}>Cancel</Button> : null}
            {deployment.status === 'live' && app.url !== null ? <a className="link" href={app.url} target="_blank" rel="noreferrer">Open the app</a> : null}
          </div>
          {cancel.error === null ? null : <ErrorPanel className="mb-4" problem={toProblem(cancel.error)} />}
          <Failure deployment={deployment} />
          <Live deployment={deployment} />
        </>
      )}
    </Load>
  )
}

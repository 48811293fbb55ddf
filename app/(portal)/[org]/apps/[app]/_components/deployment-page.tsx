'use client'
import { useMutation, useQuery } from '@tanstack/react-query'
import { RotateCw } from 'lucide-react'
import Link from 'next/link'
import { useRouter } from 'next/navigation'
import { STEP_NAMES } from '../../../../../../server/contract/deployment.ts'
import { can } from '../../../../../_lib/can.ts'
import { logLevel } from '../../../../../../server/contract/log.ts'
import { useOrg } from '../../../../../_lib/org-context.tsx'
import { paths } from '../../../../../_lib/paths.ts'
import { plainLog } from '../../../../../_lib/plain-log.ts'
import { toProblem } from '../../../../../_lib/problem.ts'
import { deploymentState, reasonWord } from '../../../../../_lib/status.ts'
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
import { CanaryPanel } from './canary-panel.tsx'
import { CancelDeployment } from './cancel-deployment.tsx'
import { strategyWord } from './strategy-values.ts'
import { useLogTail } from './use-log-tail.ts'

const underWay = (deployment: Deployment): boolean => deployment.state === 'queued' || deployment.state === 'running'

/** What failed, in the words of the step that failed, pinned above everything else. */
function Failure({ deployment, firstError }: { deployment: Deployment; firstError: string | null }) {
  const { org } = useOrg()
  const app = useApp()
  const trpc = useTRPC()
  const router = useRouter()
  const retry = useMutation(
    trpc.apps.deploy.mutationOptions({
      onSuccess: ({ deployment_id }) => router.push(paths.deployment(org.slug, app.name, deployment_id)),
    }),
  )
  if (deployment.error_code === null) return null
  const mayWrite = can(org, 'apps:write', deployment.app_id)
  return (
    <div role="alert" className="mb-5 flex gap-3 rounded-box border border-bad-border bg-bad-surface p-4">
      <Mark tone="bad" className="mt-1" />
      <div className="min-w-0 flex-1">
        <p className="font-strong text-bad">{deployment.error_detail ?? 'The deployment failed. The log below says more.'}</p>
        {firstError === null ? null : (
          <pre
            className="mt-2 overflow-x-auto rounded-inner border border-bad-border bg-surface px-3 py-2 text-12 whitespace-pre-wrap"
            tabIndex={0}>
            {plainLog(firstError)}
          </pre>
        )}
        <div className="mt-3 flex flex-wrap items-center gap-2">
          <Button
            size="sm"
            busy={retry.isPending}
            disabled={!mayWrite}
            icon={<RotateCw aria-hidden className="size-3.5" />}
            onClick={() => retry.mutate({ organization_id: org.id, app_id: app.id, image: deployment.image })}>
            Try again
          </Button>
          <span className="inline-flex items-center gap-1 text-12 text-muted">
            <code>{deployment.error_code}</code>
            <CopyButton
              label="Copy for support"
              text={`${deployment.id} ${deployment.error_code}: ${deployment.error_detail ?? ''}\n${firstError ?? ''}`}
            />
          </span>
        </div>
        {retry.error === null ? null : <ErrorPanel className="mt-3" problem={toProblem(retry.error)} />}
      </div>
    </div>
  )
}

/** How far the new release has taken the place of the old one. */
function Progress({ deployment }: { deployment: Deployment }) {
  const { type } = deployment.strategy
  return (
    <p className="text-13 text-muted">
      {strategyWord(type)}
      {underWay(deployment) ? (
        <>
          {': '}
          <span aria-live="polite">
            {deployment.serving} of {deployment.wanted} instances serve release {deployment.release}
          </span>
          , given up <TimeAgo value={deployment.deadline_at} />
        </>
      ) : null}
    </p>
  )
}

/** The app's lines since this deployment began. */
function Live({ deployment }: { deployment: Deployment }) {
  const app = useApp()
  const { lines } = useLogTail({ app_id: app.id })
  const end = deployment.finished_at === null ? null : new Date(Date.parse(deployment.finished_at) + 60_000).toISOString()
  const own = lines.filter((line) => line.at >= deployment.created_at && (end === null || line.at <= end))
  const failed = deployment.state === 'failed'
  return (
    <>
      {failed ? (
        <Failure
          deployment={deployment}
          firstError={own.find((line) => line.stream !== 'system' && logLevel(line.line) === 'error')?.line ?? null}
        />
      ) : null}
      {deployment.canary === null ? null : <CanaryPanel deployment={deployment} steps={deployment.canary} oldRelease={app.release} />}
      <div className="grid gap-5 md:grid-cols-[minmax(0,280px)_minmax(0,1fr)]">
        <Panel className="self-start">
          <Timeline
            label="Steps of this deployment"
            steps={deployment.steps.map((step) => ({
              ...step,
              name: STEP_NAMES[step.key],
              // While it runs: why it does not go on.
              detail: step.state === 'running' ? deployment.error_detail : null,
            }))}
          />
        </Panel>
        <LogView
          lines={own}
          name={`${app.name}-release-${deployment.release}`}
          live={underWay(deployment)}
          className="h-[max(320px,calc(100dvh-420px))]"
          waiting={underWay(deployment) ? 'Waiting for the first line of the new instances.' : 'No line of that time is kept.'}
        />
      </div>
    </>
  )
}

export function DeploymentPage({ id }: { id: string }) {
  const { org } = useOrg()
  const app = useApp()
  const trpc = useTRPC()
  const query = useQuery(
    trpc.deployments.get.queryOptions(
      { organization_id: org.id, deployment_id: id },
      {
        refetchInterval: ({ state }) => (state.data === undefined || underWay(state.data) ? 700 : 5000),
      },
    ),
  )
  return (
    <Load query={query} skeleton={<PanelSkeleton label="Loading the deployment" className="h-96" />}>
      {(deployment) => (
        <>
          <div className="mb-4 flex flex-wrap items-center justify-between gap-3">
            <div>
              <p className="text-13 text-muted">
                <Link className="link" href={paths.deployments(org.slug, app.name)}>
                  Deployments
                </Link>
              </p>
              <h2 className="mt-1 flex flex-wrap items-center gap-x-3 text-16 font-strong">
                Release {deployment.release}
                <span aria-live="polite">
                  <Status {...deploymentState[deployment.state]} className="text-13 font-normal" />
                </span>
              </h2>
              <p className="text-13 text-muted">
                {reasonWord(deployment.reason)}, <code className="break-all">{deployment.image}</code>,{' '}
                <TimeAgo value={deployment.created_at} />, {underWay(deployment) ? 'for' : 'took'}{' '}
                <Elapsed from={deployment.created_at} to={deployment.finished_at} />
              </p>
              <Progress deployment={deployment} />
            </div>
            {underWay(deployment) ? <CancelDeployment deployment={deployment} first={app.release === null || app.release === deployment.release} /> : null}
            {deployment.state === 'succeeded' && app.url !== null ? (
              <a className="link" href={app.url} target="_blank" rel="noreferrer">
                Open the app
              </a>
            ) : null}
          </div>
          <Live deployment={deployment} />
        </>
      )}
    </Load>
  )
}

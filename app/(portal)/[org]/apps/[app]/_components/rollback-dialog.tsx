'use client'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { useOrg } from '../../../../../_lib/org-context.tsx'
import { paths } from '../../../../../_lib/paths.ts'
import { toProblem } from '../../../../../_lib/problem.ts'
import { useTRPC } from '../../../../../_lib/trpc.tsx'
import type { Release, ReleaseDiff } from '../../../../../_lib/wire.ts'
import { Button } from '../../../../../_ui/button.tsx'
import { Dialog } from '../../../../../_ui/dialog.tsx'
import { Load } from '../../../../../_ui/load.tsx'
import { ErrorPanel, PanelSkeleton } from '../../../../../_ui/states.tsx'
import { Banner } from '../../../../../_ui/status.tsx'
import { useApp } from './app-scope.tsx'
import { changesOf } from './release-changes.ts'

function Changes({ diff }: { diff: ReleaseDiff }) {
  const changes = changesOf(diff)
  if (changes.length === 0) return <p className="text-14">Image, settings and variables are the same as what serves now.</p>
  return (
    <dl aria-label="What changes" className="flex flex-col divide-y divide-line rounded-box border border-line">
      {changes.map(({ what, code, before, after }) => (
        <div key={what} className="grid gap-x-3 px-3 py-2 text-13 sm:grid-cols-[9rem_minmax(0,1fr)]">
          <dt className="min-w-0 font-strong break-all">{code ? <code>{what}</code> : what}</dt>
          <dd className="min-w-0 break-all">
            <span className="text-muted"><span className="sr-only">now </span>{before}</span>
            <span aria-hidden className="px-1.5 text-faint">→</span>
            <span><span className="sr-only">then </span>{after}</span>
          </dd>
        </div>
      ))}
    </dl>
  )
}

function Decision({ release, diff }: { release: Release; diff: ReleaseDiff }) {
  const { org } = useOrg()
  const app = useApp()
  const router = useRouter()
  const rollback = useMutation(useTRPC().apps.rollback.mutationOptions({
    onSuccess: ({ deployment_id }) => router.push(paths.deployment(org.slug, app.name, deployment_id)),
  }))
  return (
    <div className="flex flex-col gap-4">
      <Changes diff={diff} />
      {diff.possible ? (
        <p className="text-13 text-muted">
          {diff.at_once ? 'Its instances still run: requests go back to them at once. ' : 'It is started again from its image and settings; the present release serves until it is healthy. '}
          The settings of the app become those of release {diff.release}. Volumes and their content stay as they are.
        </p>
      ) : <Banner tone="attention">{diff.refused_because}</Banner>}
      {rollback.error === null ? null : <ErrorPanel problem={toProblem(rollback.error)} />}
      <div className="flex justify-end">
        <Button look="primary" disabled={!diff.possible} busy={rollback.isPending}
          onClick={() => rollback.mutate({ organization_id: org.id, app_id: app.id, release_id: release.id })}>
          Go back to release {diff.release}
        </Button>
      </div>
    </div>
  )
}

function Comparison({ release }: { release: Release }) {
  const { org } = useOrg()
  const query = useQuery(useTRPC().releases.compare.queryOptions({ organization_id: org.id, release_id: release.id }))
  return (
    <Load query={query} skeleton={<PanelSkeleton label="Comparing the releases" className="h-40" />}>
      {(diff) => <Decision release={release} diff={diff} />}
    </Load>
  )
}

/** Nothing is asked for before the person has seen what it changes. */
export function RollbackDialog({ release, onClose }: { release: Release | null; onClose: () => void }) {
  return (
    <Dialog open={release !== null} onOpenChange={onClose} title={`Go back to release ${release?.number ?? ''}?`} description="What runs now, and what would run then.">
      {release === null ? null : <Comparison release={release} />}
    </Dialog>
  )
}

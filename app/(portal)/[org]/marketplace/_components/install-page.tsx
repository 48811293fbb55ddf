'use client'
import { useMutation, useQuery } from '@tanstack/react-query'
import Link from 'next/link'
import { useOrg } from '../../../../_lib/org-context.tsx'
import { paths } from '../../../../_lib/paths.ts'
import { toProblem } from '../../../../_lib/problem.ts'
import { installStatus } from '../../../../_lib/status.ts'
import { useTRPC } from '../../../../_lib/trpc.tsx'
import type { Install } from '../../../../_lib/wire.ts'
import { Button, ButtonLink, buttonClass } from '../../../../_ui/button.tsx'
import { Load } from '../../../../_ui/load.tsx'
import { PageHeader, Panel } from '../../../../_ui/page.tsx'
import { ErrorPanel, PanelSkeleton } from '../../../../_ui/states.tsx'
import { Status } from '../../../../_ui/status.tsx'
import { Timeline } from '../../../../_ui/timeline.tsx'

const underWay = (install: Install): boolean => install.status === 'queued' || install.status === 'running' || install.status === 'undoing'

export function InstallPage({ id }: { id: string }) {
  const { org } = useOrg()
  const trpc = useTRPC()
  const query = useQuery(trpc.catalog.installation.queryOptions({ install_id: id }, { refetchInterval: ({ state }) => state.data === undefined || underWay(state.data) ? 700 : 5000 }))
  const retry = useMutation(trpc.catalog.retryInstall.mutationOptions({ onSuccess: () => query.refetch() }))
  return (
    <Load query={query} skeleton={<PanelSkeleton label="Loading the installation" />}>
      {(install) => (
        <div className="max-w-160">
          <PageHeader title={install.name} above={<Link className="link" href={paths.marketplace(org.slug)}>Marketplace</Link>} facts={<span>From <Link className="link" href={paths.catalogApp(org.slug, install.catalog_id)}>{install.catalog_id}</Link></span>}
            status={<span aria-live="polite"><Status {...installStatus[install.status]} className="text-13" /></span>}
            action={install.status !== 'healthy' ? undefined : <>
              {install.url === null ? null : <a className={buttonClass('primary')} href={install.url} target="_blank" rel="noreferrer">Open {install.name}</a>}
              {install.app_id === null ? null : <ButtonLink href={paths.app(org.slug, install.name)}>Manage</ButtonLink>}
            </>} />
          {install.error === null ? null : (
            <ErrorPanel className="mb-4" problem={{ title: 'The installation failed', detail: install.error.message, code: install.error.code, requestId: null, fields: [] }}
              action={<Button size="sm" busy={retry.isPending} onClick={() => retry.mutate({ install_id: id })}>Install again</Button>} />
          )}
          {retry.error === null ? null : <ErrorPanel className="mb-4" problem={toProblem(retry.error)} />}
          <Panel><Timeline label="Steps of this installation" steps={install.steps} /></Panel>
          {install.status === 'undone' ? <p className="mt-3 text-13 text-muted">What had been started was removed again. Nothing is charged for it from here on.</p> : null}
        </div>
      )}
    </Load>
  )
}

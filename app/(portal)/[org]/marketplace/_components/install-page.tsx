'use client'
import { useMutation, useQuery } from '@tanstack/react-query'
import Link from 'next/link'
import { useState } from 'react'
import { can } from '../../../../_lib/can.ts'
import { plural } from '../../../../_lib/format.ts'
import { useOrg } from '../../../../_lib/org-context.tsx'
import { paths } from '../../../../_lib/paths.ts'
import { toProblem } from '../../../../_lib/problem.ts'
import { installState } from '../../../../_lib/status.ts'
import { useTRPC } from '../../../../_lib/trpc.tsx'
import type { Install } from '../../../../_lib/wire.ts'
import { Button, buttonClass } from '../../../../_ui/button.tsx'
import { ConfirmDialog } from '../../../../_ui/dialog.tsx'
import { Load } from '../../../../_ui/load.tsx'
import { PageHeader, Panel } from '../../../../_ui/page.tsx'
import { ErrorPanel, PanelSkeleton } from '../../../../_ui/states.tsx'
import { Status } from '../../../../_ui/status.tsx'
import { Timeline } from '../../../../_ui/timeline.tsx'

const underWay = (install: Install): boolean => install.state === 'running'

export function InstallPage({ id }: { id: string }) {
  const { org } = useOrg()
  const trpc = useTRPC()
  const query = useQuery(
    trpc.catalog.installation.queryOptions(
      { organization_id: org.id, install_id: id },
      { refetchInterval: ({ state }) => (state.data === undefined || underWay(state.data) ? 700 : 5000) },
    ),
  )
  const [asking, setAsking] = useState(false)
  const undo = useMutation(
    trpc.catalog.undo.mutationOptions({
      onSuccess: () => {
        setAsking(false)
        void query.refetch()
      },
    }),
  )
  return (
    <Load query={query} skeleton={<PanelSkeleton label="Loading the installation" />}>
      {(install) => (
        <div className="max-w-160">
          <PageHeader
            title={install.name}
            above={
              <Link className="link" href={paths.marketplace(org.slug)}>
                Marketplace
              </Link>
            }
            facts={
              <span>
                From{' '}
                <Link className="link" href={paths.catalogApp(org.slug, install.catalog_id)}>
                  {install.catalog_id}
                </Link>
              </span>
            }
            status={
              <span aria-live="polite">
                <Status {...installState[install.state]} className="text-13" />
              </span>
            }
            action={
              <>
                {install.state === 'healthy' && install.url !== null ? (
                  <a className={buttonClass('primary')} href={install.url} target="_blank" rel="noreferrer">
                    Open {install.name}
                  </a>
                ) : null}
                {install.state === 'undone' || !can(org, 'apps:write') ? null : (
                  <Button onClick={() => setAsking(true)}>Remove</Button>
                )}
              </>
            }
          />
          {install.error_detail === null ? null : (
            <ErrorPanel
              className="mb-4"
              problem={{
                title: 'The installation failed',
                detail: `${install.error_detail} Remove it and install again.`,
                code: 'install_failed',
                requestId: null,
                fields: [],
              }}
            />
          )}
          <Panel>
            <Timeline
              label="Steps of this installation"
              steps={install.steps.map((step) => ({ ...step, name: `Start ${step.key}`, detail: null }))}
            />
          </Panel>
          {install.state === 'undone' ? null : (
            <p className="mt-3 text-13 text-muted">
              Its apps:{' '}
              {install.steps.map((step, index) => (
                <span key={step.app_id}>
                  {index > 0 ? ', ' : ''}
                  <Link className="link" href={paths.app(org.slug, step.app_name)}>
                    {step.app_name}
                  </Link>
                </span>
              ))}
            </p>
          )}
          {install.state === 'undone' ? (
            <p className="mt-3 text-13 text-muted">Its apps were deleted. Nothing is charged for it from here on.</p>
          ) : null}
          <ConfirmDialog
            open={asking}
            onOpenChange={setAsking}
            title={`Remove ${install.name}?`}
            action={`Remove ${install.name}`}
            danger
            typeName={install.name}
            busy={undo.isPending}
            onConfirm={() => undo.mutate({ organization_id: org.id, install_id: id })}>
            <p>Its {plural(install.steps.length, 'app')} and what they stored are deleted. This cannot be undone.</p>
            {undo.error === null ? null : <ErrorPanel problem={toProblem(undo.error)} />}
          </ConfirmDialog>
        </div>
      )}
    </Load>
  )
}

'use client'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { toast } from 'sonner'
import { useOrg } from '../../../../../_lib/org-context.tsx'
import { paths } from '../../../../../_lib/paths.ts'
import { toProblem } from '../../../../../_lib/problem.ts'
import { useTRPC } from '../../../../../_lib/trpc.tsx'
import { Button, ButtonLink } from '../../../../../_ui/button.tsx'
import { ConfirmDialog } from '../../../../../_ui/dialog.tsx'
import { Load } from '../../../../../_ui/load.tsx'
import { Panel, Section } from '../../../../../_ui/page.tsx'
import { ErrorPanel, PanelSkeleton } from '../../../../../_ui/states.tsx'
import { Status } from '../../../../../_ui/status.tsx'

/** Whoever asks others for a second factor has one: otherwise the first one locked out would be oneself. */
export function MfaSection({ refusal }: { refusal: string | null }) {
  const { org, viewer } = useOrg()
  const trpc = useTRPC()
  const cache = useQueryClient()
  const [asking, setAsking] = useState(false)
  const details = useQuery(trpc.orgs.get.queryOptions({ organization_id: org.id }))
  const change = useMutation(
    trpc.orgs.updateSettings.mutationOptions({
      onSuccess: async ({ settings }) => {
        setAsking(false)
        await cache.invalidateQueries({ queryKey: trpc.orgs.get.queryKey() })
        toast.success(settings.mfa_required ? 'A second factor is required' : 'A second factor is no longer required')
      },
      onError: () => setAsking(false),
    }),
  )
  const ownFirst = !viewer.user.mfa_enabled
  return (
    <Section title="Second factor" hint="An authenticator app or a passkey besides the password.">
      <Load query={details} skeleton={<PanelSkeleton label="Loading the requirement" className="h-20" />}>
        {({ settings: { mfa_required: required } }) => (
          <Panel className="flex flex-col gap-3">
            <div className="flex flex-wrap items-center justify-between gap-3">
              <div className="min-w-0">
                <Status tone={required ? 'good' : 'idle'} word={required ? 'Required of every member' : 'Every member decides'} />
                <p className="text-13 text-muted">
                  {refusal ?? (ownFirst && !required ? 'Set up your own second factor first, then require it of others.' : 'Members without one see nothing of this organization until they have set it up.')}
                </p>
              </div>
              {ownFirst && !required && refusal === null ? (
                <ButtonLink href={paths.accountSecurity}>Set up yours</ButtonLink>
              ) : (
                <Button disabled={refusal !== null} busy={change.isPending} onClick={() => setAsking(true)}>
                  {required ? 'Stop requiring it' : 'Require it'}
                </Button>
              )}
            </div>
            {change.error === null ? null : <ErrorPanel problem={toProblem(change.error)} />}
            <ConfirmDialog
              open={asking}
              onOpenChange={setAsking}
              title={required ? 'Stop requiring a second factor?' : 'Require a second factor of every member?'}
              action={required ? 'Stop requiring it' : 'Require it'}
              danger={required}
              busy={change.isPending}
              onConfirm={() => change.mutate({ organization_id: org.id, mfa_required: !required })}>
              <p>
                {required
                  ? 'From then on a stolen password alone opens this organization to whoever holds it.'
                  : 'Members without one are led to set it up the next time they open this organization. Apps keep running; service accounts are not affected.'}
              </p>
            </ConfirmDialog>
          </Panel>
        )}
      </Load>
    </Section>
  )
}

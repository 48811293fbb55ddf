'use client'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { toast } from 'sonner'
import { toProblem } from '../../../../_lib/problem.ts'
import { useTRPC } from '../../../../_lib/trpc.tsx'
import { Button } from '../../../../_ui/button.tsx'
import { CommandLine } from '../../../../_ui/copy.tsx'
import { ConfirmDialog, Dialog } from '../../../../_ui/dialog.tsx'
import { Load } from '../../../../_ui/load.tsx'
import { Panel, Section } from '../../../../_ui/page.tsx'
import { PanelSkeleton } from '../../../../_ui/states.tsx'
import { TimeAgo } from '../../../../_ui/time.tsx'

function NewToken({ token, onClose }: { token: string; onClose: () => void }) {
  return (
    <Dialog open onOpenChange={onClose} title="Token for Prometheus" description="Shown once. Put it into the scrape configuration as its bearer token.">
      <div className="flex flex-col gap-3">
        <CommandLine command={token} label="token" />
        <CommandLine command={`curl -fsS -H 'Authorization: Bearer ${token}' ${window.location.origin}/metrics`} />
      </div>
      <div className="mt-5 flex justify-end">
        <Button look="primary" onClick={onClose}>
          Done
        </Button>
      </div>
    </Dialog>
  )
}

/** Whether Prometheus may read the fleet. */
export function MetricsAccess() {
  const trpc = useTRPC()
  const client = useQueryClient()
  const access = useQuery(trpc.staff.metricsAccess.queryOptions({}))
  const [asking, setAsking] = useState<'open' | 'close' | null>(null)
  const done = () => {
    setAsking(null)
    return client.invalidateQueries({ queryKey: trpc.staff.metricsAccess.queryKey() })
  }
  const failed = { onError: (error: unknown) => toast.error(toProblem(error).detail) }
  const open = useMutation(trpc.staff.openMetrics.mutationOptions({ onSuccess: done, ...failed }))
  const close = useMutation(trpc.staff.closeMetrics.mutationOptions({ onSuccess: done, ...failed }))
  return (
    <Section title="Prometheus" hint="The fleet's figures at /metrics: machines, microVMs, edges, this portal. Nothing in it names a customer." className="mt-10">
      <Load query={access} skeleton={<PanelSkeleton label="Loading" className="h-16" />}>
        {({ enabled, hint, created_at: created, last_used_at: used }) => (
          <Panel className="flex flex-wrap items-center justify-between gap-3">
            <p className="text-13">
              {enabled && created !== null ? (
                <>
                  On, with a token that ends in <code>{hint}</code>, made <TimeAgo value={created} />,{' '}
                  {used === null ? 'not used yet' : <>last used <TimeAgo value={used} /></>}.
                </>
              ) : (
                'Off: nobody can read it.'
              )}
            </p>
            <div className="flex gap-2">
              {enabled ? <Button onClick={() => setAsking('close')}>Switch off</Button> : null}
              <Button busy={open.isPending} onClick={() => (enabled ? setAsking('open') : open.mutate({}))}>
                {enabled ? 'Make a new token' : 'Make a token'}
              </Button>
            </div>
          </Panel>
        )}
      </Load>
      <ConfirmDialog
        open={asking !== null} onOpenChange={() => setAsking(null)} danger busy={open.isPending || close.isPending}
        title={asking === 'close' ? 'Switch off /metrics?' : 'Make a new token?'} action={asking === 'close' ? 'Switch off' : 'Make a new token'}
        onConfirm={() => (asking === 'close' ? close.mutate({}) : open.mutate({}))}>
        <p className="text-13">The present token ends at once: what reads with it gets nothing more.</p>
      </ConfirmDialog>
      {open.data === undefined ? null : <NewToken token={open.data.token} onClose={() => open.reset()} />}
    </Section>
  )
}

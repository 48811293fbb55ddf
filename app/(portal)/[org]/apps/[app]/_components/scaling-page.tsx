'use client'
import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { toast } from 'sonner'
import { refusedBecause } from '../../../../../_lib/can.ts'
import { plural } from '../../../../../_lib/format.ts'
import { useOrg } from '../../../../../_lib/org-context.tsx'
import { toProblem } from '../../../../../_lib/problem.ts'
import { useTRPC } from '../../../../../_lib/trpc.tsx'
import type { Autoscaling } from '../../../../../_lib/wire.ts'
import { Button } from '../../../../../_ui/button.tsx'
import { ConfirmDialog } from '../../../../../_ui/dialog.tsx'
import { Load } from '../../../../../_ui/load.tsx'
import { Section } from '../../../../../_ui/page.tsx'
import { EmptyState, ErrorPanel, PanelSkeleton } from '../../../../../_ui/states.tsx'
import { useApp } from './app-scope.tsx'
import { ScalingCharts } from './scaling-charts.tsx'
import { ScalingDecisions } from './scaling-decisions.tsx'
import { ScalingForm } from './scaling-form.tsx'
import { sensiblePolicy } from './scaling-values.ts'
import { ScalingNow } from './scaling-now.tsx'

/** Nothing follows anything yet. */
function Off({ scaling, refused }: { scaling: Autoscaling; refused: string | null }) {
  const app = useApp()
  const [begun, setBegun] = useState(false)
  if (begun) return <ScalingForm scaling={scaling} refused={refused} onCancel={() => setBegun(false)} />
  return (
    <EmptyState
      title={`${plural(scaling.replicas, 'instance')}, set by hand`}
      command={`shellwego autoscale set ${app.name} --max ${sensiblePolicy(scaling.replicas).max} --cpu 60`}
      action={<Button look="primary" disabled={refused !== null} title={refused ?? undefined} onClick={() => setBegun(true)}>Set up autoscaling</Button>}>
      Let the number follow what the app has to do: more instances when they are busy, fewer when it is quiet, or so many at certain hours.
      It stays between the bounds you set, within your quotas and your budget, and every change says why.
    </EmptyState>
  )
}

function TurnOff({ scaling, refused }: { scaling: Autoscaling; refused: string | null }) {
  const { org } = useOrg()
  const app = useApp()
  const trpc = useTRPC()
  const client = useQueryClient()
  const [open, setOpen] = useState(false)
  const off = useMutation(trpc.autoscaling.remove.mutationOptions({
    onSuccess: () => {
      setOpen(false)
      toast('The number is set by hand now')
      void client.invalidateQueries({ queryKey: trpc.autoscaling.pathKey() })
      void client.invalidateQueries({ queryKey: trpc.apps.pathKey() })
    },
  }))
  return (
    <Section title="Turn off" hint="The number stays as it is until somebody sets another one.">
      <Button disabled={refused !== null} title={refused ?? undefined} onClick={() => setOpen(true)}>Turn off autoscaling</Button>
      <ConfirmDialog open={open} onOpenChange={setOpen} title={`Turn off autoscaling of ${app.name}?`} action="Turn off" busy={off.isPending}
        onConfirm={() => off.mutate({ organization_id: org.id, app_id: app.id })}>
        <p>{plural(scaling.replicas, 'instance')} keep running, whatever the load. The policy is forgotten; the list of what it did stays.</p>
        {off.error === null ? null : <ErrorPanel problem={toProblem(off.error)} />}
      </ConfirmDialog>
    </Section>
  )
}

export function ScalingPage() {
  const { org } = useOrg()
  const app = useApp()
  const trpc = useTRPC()
  const scaling = useQuery(trpc.autoscaling.get.queryOptions({ organization_id: org.id, app_id: app.id }, { refetchInterval: 10_000 }))
  const decisions = useInfiniteQuery(trpc.autoscaling.decisions.infiniteQueryOptions(
    { organization_id: org.id, app_id: app.id, limit: 20 }, { getNextPageParam: (page) => page.pagination.next_cursor, refetchInterval: 10_000 }))
  const refused = refusedBecause(org, 'apps:write', app.id)
  const made = decisions.data?.pages.flatMap((page) => page.data) ?? []
  return (
    <Load query={scaling} skeleton={<PanelSkeleton label="Loading autoscaling" className="h-80" />}>
      {(one) => (
        <>
          {one.policy === null ? <Off scaling={one} refused={refused} /> : (
            <>
              <ScalingNow scaling={one} />
              <ScalingCharts policy={one.policy} decisions={made} />
              <div className="max-w-200">
                <ScalingForm scaling={one} refused={refused} />
              </div>
            </>
          )}
          {one.policy === null && made.length === 0 ? null : <ScalingDecisions query={decisions} rows={made} />}
          {one.policy === null ? null : <TurnOff scaling={one} refused={refused} />}
        </>
      )}
    </Load>
  )
}

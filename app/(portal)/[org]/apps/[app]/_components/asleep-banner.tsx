'use client'
import { useMutation } from '@tanstack/react-query'
import { toast } from 'sonner'
import { refusedBecause } from '../../../../../_lib/can.ts'
import { useOrg } from '../../../../../_lib/org-context.tsx'
import { toProblem } from '../../../../../_lib/problem.ts'
import { useTRPC } from '../../../../../_lib/trpc.tsx'
import type { AppDetail } from '../../../../../_lib/wire.ts'
import { Button } from '../../../../../_ui/button.tsx'
import { Banner } from '../../../../../_ui/status.tsx'
import { TimeAgo } from '../../../../../_ui/time.tsx'

/** Said where the app's status is: it is well, and nobody has asked for it. */
export function AsleepBanner({ app, since }: { app: AppDetail; since: string }) {
  const { org } = useOrg()
  const trpc = useTRPC()
  const refused = refusedBecause(org, 'apps:write', app.id)
  const wake = useMutation(trpc.apps.wake.mutationOptions({
    onSuccess: () => void toast(`${app.name} is waking`),
    onError: (error) => void toast(toProblem(error).detail),
  }))
  return (
    <Banner
      tone="idle"
      className="mt-3"
      action={
        <Button size="sm" busy={wake.isPending} disabled={refused !== null} title={refused ?? undefined}
          onClick={() => wake.mutate({ organization_id: org.id, app_id: app.id })}>
          Wake
        </Button>
      }>
      Fell asleep <TimeAgo value={since} />. It wakes with the next request.
    </Banner>
  )
}

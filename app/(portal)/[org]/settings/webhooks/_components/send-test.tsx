'use client'
import { useMutation, useQuery } from '@tanstack/react-query'
import { Send } from 'lucide-react'
import { refusedBecause } from '../../../../../_lib/can.ts'
import { useOrg } from '../../../../../_lib/org-context.tsx'
import { toProblem } from '../../../../../_lib/problem.ts'
import { useTRPC } from '../../../../../_lib/trpc.tsx'
import { Button } from '../../../../../_ui/button.tsx'
import { ErrorPanel } from '../../../../../_ui/states.tsx'
import { Status } from '../../../../../_ui/status.tsx'
import { useRefreshWebhooks } from './use-refresh-webhooks.ts'
import { deliveryLook, faultWords } from './words.ts'

/** What came of the test, from the moment it is sent. */
function Outcome({ webhookId, deliveryId }: { webhookId: string; deliveryId: string }) {
  const { org } = useOrg()
  const { data } = useQuery(useTRPC().webhooks.delivery.queryOptions(
    { organization_id: org.id, webhook_id: webhookId, delivery_id: deliveryId },
    { refetchInterval: (query) => ((query.state.data?.attempts ?? 0) > 0 ? false : 500) },
  ))
  if (data === undefined || data.attempts === 0) return <Status tone="info" busy word="sending" />
  return (
    <span className="text-13">
      <Status {...deliveryLook(data)} /> <span className="text-muted">{data.last_status ?? ''} {data.last_error === null ? '' : faultWords(data.last_error)}</span>
    </span>
  )
}

export function SendTest({ id, blocked = null }: { id: string; blocked?: string | null }) {
  const { org } = useOrg()
  const refresh = useRefreshWebhooks()
  const test = useMutation(useTRPC().webhooks.test.mutationOptions({ onSuccess: refresh }))
  const refused = refusedBecause(org, 'webhooks:write') ?? blocked
  return (
    <div className="flex flex-col items-start gap-2" aria-live="polite">
      <span className="flex flex-wrap items-center gap-3">
        <Button
          icon={<Send aria-hidden className="size-3.5" />}
          busy={test.isPending}
          disabled={refused !== null}
          title={refused ?? undefined}
          onClick={() => test.mutate({ organization_id: org.id, webhook_id: id })}>
          Send a test
        </Button>
        {test.data === undefined ? null : <Outcome webhookId={id} deliveryId={test.data.id} />}
      </span>
      {test.error === null ? null : <ErrorPanel problem={toProblem(test.error)} />}
    </div>
  )
}

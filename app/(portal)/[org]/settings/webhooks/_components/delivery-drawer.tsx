'use client'
import { useMutation, useQuery } from '@tanstack/react-query'
import { RotateCcw } from 'lucide-react'
import { toast } from 'sonner'
import { refusedBecause } from '../../../../../_lib/can.ts'
import { duration, instant } from '../../../../../_lib/format.ts'
import { useOrg } from '../../../../../_lib/org-context.tsx'
import { toProblem } from '../../../../../_lib/problem.ts'
import { useTRPC } from '../../../../../_lib/trpc.tsx'
import type { DeliveryAttempt, DeliveryDetail, Webhook } from '../../../../../_lib/wire.ts'
import { Button } from '../../../../../_ui/button.tsx'
import { Code, CopyButton } from '../../../../../_ui/copy.tsx'
import { Drawer } from '../../../../../_ui/drawer.tsx'
import { Load } from '../../../../../_ui/load.tsx'
import { KeyValue, Section } from '../../../../../_ui/page.tsx'
import { ErrorPanel, PanelSkeleton } from '../../../../../_ui/states.tsx'
import { Status } from '../../../../../_ui/status.tsx'
import { useRefreshWebhooks } from './use-refresh-webhooks.ts'
import { deliveryLook, faultWords } from './words.ts'

const pretty = (text: string): string => {
  try {
    return JSON.stringify(JSON.parse(text), null, 2)
  } catch {
    return text
  }
}

function Text({ title, children }: { title: string; children: string }) {
  return (
    <div className="min-w-0">
      <p className="mb-1 flex items-center justify-between text-12 text-muted">
        {title} <CopyButton text={children} label={`Copy ${title.toLowerCase()}`} />
      </p>
      <pre tabIndex={0} className="max-h-64 overflow-auto rounded-inner border border-line bg-sunken p-2 text-12 leading-5">
        <code>{children === '' ? '(empty)' : children}</code>
      </pre>
    </div>
  )
}

const headerLines = (headers: Record<string, string>): string => Object.entries(headers).map(([name, value]) => `${name}: ${value}`).join('\n')

function Attempt({ attempt, open }: { attempt: DeliveryAttempt; open: boolean }) {
  const { error, response } = attempt
  return (
    <details open={open} className="rounded-box border border-line bg-surface">
      <summary className="flex cursor-pointer flex-wrap items-center gap-x-3 gap-y-1 px-3 py-2 text-13">
        <span className="font-strong">Attempt {attempt.number}</span>
        <Status tone={error === null ? 'good' : 'bad'} word={response === null ? 'no answer' : String(response.status)} />
        <span className="figures text-muted">
          {attempt.duration_ms < 1_000 ? `${attempt.duration_ms} ms` : duration(attempt.duration_ms)} · <time dateTime={attempt.at}>{instant(attempt.at)}</time>
        </span>
      </summary>
      <div className="flex flex-col gap-3 px-3 pb-3">
        {error === null ? null : <p className="text-13 text-bad">{attempt.detail ?? faultWords(error)}</p>}
        <Text title="Request headers">{headerLines(attempt.request.headers)}</Text>
        {response === null ? null : (
          <>
            <Text title="Response headers">{headerLines(response.headers)}</Text>
            <Text title="Response body">{response.body}</Text>
          </>
        )}
      </div>
    </details>
  )
}

function Facts({ delivery, webhook }: { delivery: DeliveryDetail; webhook: Webhook }) {
  const { org } = useOrg()
  const refresh = useRefreshWebhooks()
  const again = useMutation(useTRPC().webhooks.redeliver.mutationOptions({
    onSuccess: () => {
      toast('It is sent again')
      refresh()
    },
  }))
  const refused = refusedBecause(org, 'webhooks:write') ?? (webhook.enabled ? null : 'The webhook is disabled. Enable it first.')
  return (
    <>
      <KeyValue
        items={[
          ['Status', <Status key="status" {...deliveryLook(delivery)} />],
          ['Event', <Code key="event" copy>{delivery.event_id}</Code>],
          ['Happened', <time key="at" dateTime={delivery.created_at}>{instant(delivery.created_at)}</time>],
          ...(delivery.next_attempt_at === null ? [] : [['Next attempt', <time key="next" dateTime={delivery.next_attempt_at}>{instant(delivery.next_attempt_at)}</time>] as const]),
        ]}
      />
      <div className="mt-4 mb-6">
        <Button
          size="sm"
          icon={<RotateCcw aria-hidden className="size-3.5" />}
          busy={again.isPending}
          disabled={refused !== null}
          title={refused ?? undefined}
          onClick={() => again.mutate({ organization_id: org.id, webhook_id: webhook.id, delivery_id: delivery.id })}>
          Send again
        </Button>
        {again.error === null ? null : <ErrorPanel className="mt-3" problem={toProblem(again.error)} />}
      </div>
      <Section title="Attempts" level={3} className="mb-6">
        <div className="flex flex-col gap-2">
          {delivery.log.length === 0 ? <p className="text-13 text-muted">None yet.</p> : null}
          {delivery.log.map((attempt, index) => (
            <Attempt key={`${attempt.number} ${attempt.at}`} attempt={attempt} open={index === 0} />
          ))}
        </div>
      </Section>
      <Section title="Message" level={3}>
        <Text title="Body">{pretty(delivery.payload)}</Text>
      </Section>
    </>
  )
}

function Body({ webhook, deliveryId }: { webhook: Webhook; deliveryId: string }) {
  const { org } = useOrg()
  const query = useQuery(useTRPC().webhooks.delivery.queryOptions(
    { organization_id: org.id, webhook_id: webhook.id, delivery_id: deliveryId }, { refetchInterval: (q) => (q.state.data?.status === 'pending' ? 2_000 : false) },
  ))
  return (
    <Load query={query} skeleton={<PanelSkeleton label="Loading the delivery" />}>
      {(delivery) => <Facts delivery={delivery} webhook={webhook} />}
    </Load>
  )
}

type Props = { webhook: Webhook; delivery: { id: string; event_type: string } | null; onClose: () => void }

export function DeliveryDrawer({ webhook, delivery, onClose }: Props) {
  return (
    <Drawer open={delivery !== null} onClose={onClose} title={delivery?.event_type ?? ''}>
      {delivery === null ? null : <Body webhook={webhook} deliveryId={delivery.id} />}
    </Drawer>
  )
}

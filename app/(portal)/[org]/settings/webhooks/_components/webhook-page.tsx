'use client'
import { useMutation, useQuery } from '@tanstack/react-query'
import Link from 'next/link'
import { can, refusedBecause } from '../../../../../_lib/can.ts'
import { instant } from '../../../../../_lib/format.ts'
import { useOrg } from '../../../../../_lib/org-context.tsx'
import { paths } from '../../../../../_lib/paths.ts'
import { toProblem } from '../../../../../_lib/problem.ts'
import { useTRPC } from '../../../../../_lib/trpc.tsx'
import type { Webhook } from '../../../../../_lib/wire.ts'
import { Button } from '../../../../../_ui/button.tsx'
import { Load } from '../../../../../_ui/load.tsx'
import { KeyValue, Panel, Section } from '../../../../../_ui/page.tsx'
import { ErrorPanel, Forbidden, PanelSkeleton } from '../../../../../_ui/states.tsx'
import { Badge, Banner, Status } from '../../../../../_ui/status.tsx'
import { TimeAgo } from '../../../../../_ui/time.tsx'
import { DeliveriesSection } from './deliveries-section.tsx'
import { SendTest } from './send-test.tsx'
import { useRefreshWebhooks } from './use-refresh-webhooks.ts'
import { VerificationSample } from './verification-sample.tsx'
import { WebhookMenu } from './webhook-menu.tsx'
import { webhookLook } from './words.ts'

const WHY = { user: 'It was disabled by hand.', gone: 'It answered 410 Gone and wants nothing more.', failing: 'Nothing was delivered for five days.' }

function Enable({ webhook }: { webhook: Webhook }) {
  const { org } = useOrg()
  const refresh = useRefreshWebhooks()
  const enable = useMutation(useTRPC().webhooks.update.mutationOptions({ onSuccess: refresh }))
  const refused = refusedBecause(org, 'webhooks:write')
  return (
    <>
      <Banner
        tone={webhook.disabled_reason === 'user' ? 'info' : 'bad'}
        className="mb-4"
        action={
          <Button
            size="sm"
            busy={enable.isPending}
            disabled={refused !== null}
            title={refused ?? undefined}
            onClick={() => enable.mutate({ organization_id: org.id, webhook_id: webhook.id, enabled: true })}>
            Enable it
          </Button>
        }>
        Nothing is sent. {WHY[webhook.disabled_reason ?? 'user']}
      </Banner>
      {enable.error === null ? null : <ErrorPanel className="mb-4" problem={toProblem(enable.error)} />}
    </>
  )
}

function Facts({ webhook }: { webhook: Webhook }) {
  return (
    <Panel className="mb-6">
      <KeyValue
        columns
        items={[
          ['Status', <Status key="status" {...webhookLook(webhook)} />],
          ['Description', <bdi key="about">{webhook.description === '' ? 'None' : webhook.description}</bdi>],
          ['Made', <TimeAgo key="made" value={webhook.created_at} />],
          ['Events', <span key="events" className="flex flex-wrap gap-1">{webhook.events.map((one) => <Badge key={one}>{one === '*' ? 'every event' : one}</Badge>)}</span>],
          ['Your own headers', webhook.header_names.length === 0 ? 'None' : webhook.header_names.join(', ')],
          ...(webhook.previous_secret_until === null ? [] : [['Old secret signs until', instant(webhook.previous_secret_until)] as const]),
          ...(webhook.paused_until === null ? [] : [['Asked to wait until', instant(webhook.paused_until)] as const]),
        ]}
      />
    </Panel>
  )
}

function WebhookView({ webhook }: { webhook: Webhook }) {
  const { org } = useOrg()
  const { slug } = org
  return (
    <>
      <Section
        title={<bdi className="break-all">{webhook.url}</bdi>}
        hint={<Link href={paths.webhooks(slug)}>All webhooks</Link>}
        action={
          <div className="flex items-start gap-2">
            <SendTest id={webhook.id} blocked={webhook.enabled ? null : 'The webhook is disabled. Enable it first.'} />
            <WebhookMenu webhook={webhook} />
          </div>
        }>
        {webhook.enabled ? null : <Enable webhook={webhook} />}
        {webhook.status === 'failing' && webhook.failing_since !== null ? (
          <Banner tone="attention" className="mb-4">
            Nothing was delivered since {instant(webhook.failing_since)}. After five days without success it is turned off.
          </Banner>
        ) : null}
        <Facts webhook={webhook} />
      </Section>
      <DeliveriesSection webhook={webhook} />
      <Section title="Check the signature" hint="Verify each message before you believe it.">
        <VerificationSample />
      </Section>
    </>
  )
}

export function WebhookPage({ id }: { id: string }) {
  const { org } = useOrg()
  const allowed = can(org, 'webhooks:read')
  const query = useQuery(useTRPC().webhooks.get.queryOptions({ organization_id: org.id, webhook_id: id }, { enabled: allowed, refetchInterval: 5_000 }))
  if (!allowed) return <Forbidden reason={refusedBecause(org, 'webhooks:read') ?? ''} />
  return (
    <Load query={query} skeleton={<PanelSkeleton label="Loading the webhook" />}>
      {(webhook) => <WebhookView webhook={webhook} />}
    </Load>
  )
}

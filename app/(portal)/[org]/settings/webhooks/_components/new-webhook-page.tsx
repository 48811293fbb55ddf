'use client'
import { zodResolver } from '@hookform/resolvers/zod'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useForm } from 'react-hook-form'
import { can, refusedBecause } from '../../../../../_lib/can.ts'
import { useOrg } from '../../../../../_lib/org-context.tsx'
import { paths } from '../../../../../_lib/paths.ts'
import { useTRPC } from '../../../../../_lib/trpc.tsx'
import { useProblem } from '../../../../../_lib/use-problem.ts'
import { Button, ButtonLink } from '../../../../../_ui/button.tsx'
import { Section } from '../../../../../_ui/page.tsx'
import { ErrorPanel, Forbidden } from '../../../../../_ui/states.tsx'
import { HeaderRows, headersOf, type HeaderRow } from './header-rows.tsx'
import { SecretPanel } from './secret-panel.tsx'
import { SendTest } from './send-test.tsx'
import { useRefreshWebhooks } from './use-refresh-webhooks.ts'
import { VerificationSample } from './verification-sample.tsx'
import { FIELD_NAMES, FieldsSchema, headerFault, WebhookFields, type Fields } from './webhook-fields.tsx'

interface Made { id: string; secret: string }

function CreateForm({ onMade }: { onMade: (made: Made) => void }) {
  const { org } = useOrg()
  const refresh = useRefreshWebhooks()
  const [rows, setRows] = useState<HeaderRow[]>([])
  const form = useForm<Fields>({ resolver: zodResolver(FieldsSchema), defaultValues: { url: '', description: '', events: ['deployment.*', 'app.*'] } })
  const { problem, fail, clear } = useProblem(form, FIELD_NAMES)
  const create = useMutation(useTRPC().webhooks.create.mutationOptions({
    onError: fail,
    onSuccess: (made) => {
      refresh()
      onMade(made)
    },
  }))
  return (
    <form
      noValidate
      className="flex flex-col gap-6"
      onSubmit={form.handleSubmit((values) => {
        clear()
        create.mutate({ organization_id: org.id, ...values, headers: headersOf(rows) })
      })}>
      <WebhookFields form={form} />
      <HeaderRows rows={rows} onChange={setRows} error={headerFault(form)} />
      {problem === null ? null : <ErrorPanel problem={problem} />}
      <div className="flex flex-wrap gap-2">
        <Button type="submit" look="primary" busy={create.isPending}>
          Add the webhook
        </Button>
        <ButtonLink href={paths.webhooks(org.slug)}>Cancel</ButtonLink>
      </div>
    </form>
  )
}

function Next({ made }: { made: Made }) {
  const { org } = useOrg()
  return (
    <div className="flex flex-col gap-6">
      <SecretPanel secret={made.secret} />
      <Section title="Check the signature" hint="Anybody can post to your address; only we can sign with this secret." className="mb-0">
        <VerificationSample />
      </Section>
      <Section title="Try it" hint="Sends a webhook.test event to this address alone." className="mb-0">
        <SendTest id={made.id} />
      </Section>
      <div>
        <ButtonLink look="primary" href={paths.webhook(org.slug, made.id)}>
          I have copied the secret
        </ButtonLink>
      </div>
    </div>
  )
}

export function NewWebhookPage() {
  const { org } = useOrg()
  const [made, setMade] = useState<Made | null>(null)
  if (!can(org, 'webhooks:write')) return <Forbidden reason={refusedBecause(org, 'webhooks:write') ?? ''} />
  return (
    <Section title={made === null ? 'New webhook' : 'The webhook works from now on'} className="max-w-160">
      {made === null ? <CreateForm onMade={setMade} /> : <Next made={made} />}
    </Section>
  )
}

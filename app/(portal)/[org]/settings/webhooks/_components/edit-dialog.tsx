'use client'
import { zodResolver } from '@hookform/resolvers/zod'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useForm } from 'react-hook-form'
import { toast } from 'sonner'
import { useOrg } from '../../../../../_lib/org-context.tsx'
import { useTRPC } from '../../../../../_lib/trpc.tsx'
import { intoForm, useMeanwhile } from '../../../../../_lib/use-meanwhile.tsx'
import { useProblem } from '../../../../../_lib/use-problem.ts'
import type { Webhook } from '../../../../../_lib/wire.ts'
import { Button } from '../../../../../_ui/button.tsx'
import { Checkbox } from '../../../../../_ui/choices.tsx'
import { Dialog } from '../../../../../_ui/dialog.tsx'
import { ErrorPanel } from '../../../../../_ui/states.tsx'
import { HeaderRows, headersOf, type HeaderRow } from './header-rows.tsx'
import { useRefreshWebhooks } from './use-refresh-webhooks.ts'
import { FIELD_NAMES, FieldsSchema, headerFault, WebhookFields, type Fields } from './webhook-fields.tsx'

const LABELS = { url: 'Address', description: 'Description', events: 'Events' }
const formOf = ({ url, description, events }: Webhook): Fields => ({ url, description, events })
const versioned = (webhook: Webhook) => ({ ...webhook, etag: String(webhook.version) })

function EditForm({ webhook, onClose }: { webhook: Webhook; onClose: () => void }) {
  const { org } = useOrg()
  const refresh = useRefreshWebhooks()
  const [rows, setRows] = useState<HeaderRow[] | null>(null)
  const form = useForm<Fields>({ resolver: zodResolver(FieldsSchema), defaultValues: formOf(webhook) })
  const { problem, fail, clear } = useProblem(form, FIELD_NAMES)
  const trpc = useTRPC()
  const client = useQueryClient()
  const meanwhile = useMeanwhile<Webhook & { etag: string }, Fields>(versioned(webhook), {
    what: 'The webhook', labels: LABELS, formOf, mine: form.getValues, take: intoForm(form),
    read: async () => versioned(await client.fetchQuery(trpc.webhooks.get.queryOptions({ organization_id: org.id, webhook_id: webhook.id }))),
  })
  const update = useMutation(trpc.webhooks.update.mutationOptions({
    onError: (error) => void (meanwhile.caught(error) || fail(error)),
    onSuccess: () => {
      toast('Webhook changed')
      refresh()
      onClose()
    },
  }))
  const kept = webhook.header_names.length === 0 ? 'None are sent now.' : `Sent now: ${webhook.header_names.join(', ')}.`
  return (
    <form
      noValidate
      className="flex flex-col gap-5"
      onSubmit={form.handleSubmit((values) => {
        clear()
        const headers = rows === null ? {} : { headers: headersOf(rows) }
        update.mutate({ organization_id: org.id, webhook_id: webhook.id, if_match: meanwhile.ifMatch, ...values, ...headers })
      })}>
      <WebhookFields form={form} />
      <Checkbox checked={rows !== null} onChange={(on) => setRows(on ? [] : null)} label="Replace your own headers" hint={kept} />
      {rows === null ? null : <HeaderRows rows={rows} onChange={setRows} error={headerFault(form)} />}
      {problem === null ? null : <ErrorPanel problem={problem} />}
      {meanwhile.panel}
      <div className="flex flex-wrap justify-end gap-2">
        <Button onClick={onClose}>Cancel</Button>
        <Button type="submit" look="primary" busy={update.isPending} disabled={meanwhile.isStale}>
          Save
        </Button>
      </div>
    </form>
  )
}

export function EditDialog({ webhook, open, onOpenChange }: { webhook: Webhook; open: boolean; onOpenChange: (open: boolean) => void }) {
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title="Change the webhook">
      <EditForm webhook={webhook} onClose={() => onOpenChange(false)} />
    </Dialog>
  )
}

'use client'
import { zodResolver } from '@hookform/resolvers/zod'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useForm } from 'react-hook-form'
import { toast } from 'sonner'
import { useOrg } from '../../../../../_lib/org-context.tsx'
import { useTRPC } from '../../../../../_lib/trpc.tsx'
import { useProblem } from '../../../../../_lib/use-problem.ts'
import type { Webhook } from '../../../../../_lib/wire.ts'
import { Button } from '../../../../../_ui/button.tsx'
import { Checkbox } from '../../../../../_ui/choices.tsx'
import { Dialog } from '../../../../../_ui/dialog.tsx'
import { ErrorPanel } from '../../../../../_ui/states.tsx'
import { HeaderRows, headersOf, type HeaderRow } from './header-rows.tsx'
import { useRefreshWebhooks } from './use-refresh-webhooks.ts'
import { FIELD_NAMES, FieldsSchema, headerFault, WebhookFields, type Fields } from './webhook-fields.tsx'

function EditForm({ webhook, onClose }: { webhook: Webhook; onClose: () => void }) {
  const { org } = useOrg()
  const refresh = useRefreshWebhooks()
  const [rows, setRows] = useState<HeaderRow[] | null>(null)
  const { url, description, events } = webhook
  const form = useForm<Fields>({ resolver: zodResolver(FieldsSchema), defaultValues: { url, description, events } })
  const { problem, fail, clear } = useProblem(form, FIELD_NAMES)
  const update = useMutation(useTRPC().webhooks.update.mutationOptions({
    onError: fail,
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
        update.mutate({ organization_id: org.id, webhook_id: webhook.id, ...values, ...(rows === null ? {} : { headers: headersOf(rows) }) })
      })}>
      <WebhookFields form={form} />
      <Checkbox checked={rows !== null} onChange={(on) => setRows(on ? [] : null)} label="Replace your own headers" hint={kept} />
      {rows === null ? null : <HeaderRows rows={rows} onChange={setRows} error={headerFault(form)} />}
      {problem === null ? null : <ErrorPanel problem={problem} />}
      <div className="flex flex-wrap justify-end gap-2">
        <Button onClick={onClose}>Cancel</Button>
        <Button type="submit" look="primary" busy={update.isPending}>
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

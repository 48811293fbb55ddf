'use client'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { toast } from 'sonner'
import { plural } from '../../../../../_lib/format.ts'
import { useOrg } from '../../../../../_lib/org-context.tsx'
import { toProblem } from '../../../../../_lib/problem.ts'
import { useTRPC } from '../../../../../_lib/trpc.tsx'
import { Button } from '../../../../../_ui/button.tsx'
import { RadioCards } from '../../../../../_ui/choices.tsx'
import { Dialog } from '../../../../../_ui/dialog.tsx'
import { Field } from '../../../../../_ui/field.tsx'
import { Input } from '../../../../../_ui/inputs.tsx'
import { ErrorPanel } from '../../../../../_ui/states.tsx'
import { useRefreshWebhooks } from './use-refresh-webhooks.ts'

const DAY_MS = 86_400_000
/** As an input of kind `datetime-local` takes it: this person's own time. */
const localMinute = (at: Date): string => new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 16)

function Redeliver({ id, onClose }: { id: string; onClose: () => void }) {
  const { org } = useOrg()
  const refresh = useRefreshWebhooks()
  const [since, setSince] = useState(() => localMinute(new Date(Date.now() - DAY_MS)))
  const [until, setUntil] = useState('')
  const [status, setStatus] = useState<'failed' | 'all'>('failed')
  const again = useMutation(useTRPC().webhooks.redeliverRange.mutationOptions({
    onSuccess: ({ queued }) => {
      toast(queued === 0 ? 'There was nothing to send again' : `${plural(queued, 'delivery', 'deliveries')} will be sent again`)
      refresh()
      onClose()
    },
  }))
  return (
    <form
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault()
        if (since === '') return
        again.mutate({ organization_id: org.id, webhook_id: id, status, since: new Date(since).toISOString(), ...(until === '' ? {} : { until: new Date(until).toISOString() }) })
      }}>
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label="From" required>
          {(control) => <Input {...control} type="datetime-local" required value={since} onChange={(event) => setSince(event.target.value)} />}
        </Field>
        <Field label="To" hint="Empty: until now">
          {(control) => <Input {...control} type="datetime-local" value={until} onChange={(event) => setUntil(event.target.value)} />}
        </Field>
      </div>
      <RadioCards
        label="Which deliveries"
        columns="sm:grid-cols-2"
        value={status}
        onChange={(next) => setStatus(next === 'all' ? 'all' : 'failed')}
        options={[
          { value: 'failed', title: 'What was given up', detail: 'Failed and cancelled ones' },
          { value: 'all', title: 'Everything', detail: 'Delivered ones too; they carry the same webhook-id' },
        ]}
      />
      {again.error === null ? null : <ErrorPanel problem={toProblem(again.error)} />}
      <div className="flex flex-wrap justify-end gap-2">
        <Button onClick={onClose}>Cancel</Button>
        <Button type="submit" look="primary" busy={again.isPending}>
          Send again
        </Button>
      </div>
    </form>
  )
}

export function RedeliverDialog({ id, open, onOpenChange }: { id: string; open: boolean; onOpenChange: (open: boolean) => void }) {
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title="Send a span of time again">
      <Redeliver id={id} onClose={() => onOpenChange(false)} />
    </Dialog>
  )
}

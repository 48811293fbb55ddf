'use client'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useOrg } from '../../../../../_lib/org-context.tsx'
import { toProblem } from '../../../../../_lib/problem.ts'
import { useTRPC } from '../../../../../_lib/trpc.tsx'
import { Button } from '../../../../../_ui/button.tsx'
import { Dialog } from '../../../../../_ui/dialog.tsx'
import { Field } from '../../../../../_ui/field.tsx'
import { Select } from '../../../../../_ui/inputs.tsx'
import { ErrorPanel } from '../../../../../_ui/states.tsx'
import { SecretPanel } from './secret-panel.tsx'
import { useRefreshWebhooks } from './use-refresh-webhooks.ts'

const OVERLAPS = [
  { value: '24', label: '24 hours' },
  { value: '72', label: '3 days' },
  { value: '1', label: '1 hour' },
  { value: '0', label: 'No overlap: the old one is out at once' },
]

function Rotate({ id, onClose }: { id: string; onClose: () => void }) {
  const { org } = useOrg()
  const refresh = useRefreshWebhooks()
  const [hours, setHours] = useState('24')
  const rotate = useMutation(useTRPC().webhooks.rotateSecret.mutationOptions({ onSuccess: refresh }))
  if (rotate.data !== undefined) {
    return (
      <div className="flex flex-col gap-4">
        <SecretPanel secret={rotate.data.secret} />
        <div className="flex justify-end">
          <Button look="primary" onClick={onClose}>
            I have copied the secret
          </Button>
        </div>
      </div>
    )
  }
  return (
    <form
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault()
        rotate.mutate({ organization_id: org.id, webhook_id: id, overlap_hours: Number(hours) })
      }}>
      <Field label="Sign with the old secret too for" hint="Messages carry a signature of each, so your receiver may change over any time in between." required>
        {(control) => <Select {...control} value={hours} options={OVERLAPS} onChange={(event) => setHours(event.target.value)} />}
      </Field>
      {rotate.error === null ? null : <ErrorPanel problem={toProblem(rotate.error)} />}
      <div className="flex flex-wrap justify-end gap-2">
        <Button onClick={onClose}>Cancel</Button>
        <Button type="submit" look="primary" busy={rotate.isPending}>
          Make a new secret
        </Button>
      </div>
    </form>
  )
}

export function RotateDialog({ id, open, onOpenChange }: { id: string; open: boolean; onOpenChange: (open: boolean) => void }) {
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title="Rotate the signing secret">
      <Rotate id={id} onClose={() => onOpenChange(false)} />
    </Dialog>
  )
}

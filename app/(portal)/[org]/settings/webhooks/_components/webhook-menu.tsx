'use client'
import { useMutation } from '@tanstack/react-query'
import { Ellipsis } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { toast } from 'sonner'
import { refusedBecause } from '../../../../../_lib/can.ts'
import { useOrg } from '../../../../../_lib/org-context.tsx'
import { paths } from '../../../../../_lib/paths.ts'
import { toProblem } from '../../../../../_lib/problem.ts'
import { useTRPC } from '../../../../../_lib/trpc.tsx'
import type { Webhook } from '../../../../../_lib/wire.ts'
import { IconButton } from '../../../../../_ui/button.tsx'
import { ConfirmDialog } from '../../../../../_ui/dialog.tsx'
import { Menu } from '../../../../../_ui/menu.tsx'
import { ErrorPanel } from '../../../../../_ui/states.tsx'
import { EditDialog } from './edit-dialog.tsx'
import { RotateDialog } from './rotate-dialog.tsx'
import { useRefreshWebhooks } from './use-refresh-webhooks.ts'

type Open = 'edit' | 'rotate' | 'disable' | 'delete' | null

function Disable({ webhook, open, onClose }: { webhook: Webhook; open: boolean; onClose: () => void }) {
  const { org } = useOrg()
  const refresh = useRefreshWebhooks()
  const update = useMutation(useTRPC().webhooks.update.mutationOptions({
    onSuccess: () => {
      refresh()
      onClose()
    },
  }))
  return (
    <ConfirmDialog
      open={open}
      onOpenChange={onClose}
      title="Disable this webhook?"
      action="Disable it"
      busy={update.isPending}
      onConfirm={() => update.mutate({ organization_id: org.id, webhook_id: webhook.id, enabled: false })}>
      <p>
        Nothing more is sent, and what waits is cancelled. Once it is enabled again you can have that sent again; events of the meantime are not sent.
      </p>
      {update.error === null ? null : <ErrorPanel problem={toProblem(update.error)} />}
    </ConfirmDialog>
  )
}

function Delete({ webhook, open, onClose }: { webhook: Webhook; open: boolean; onClose: () => void }) {
  const { org } = useOrg()
  const router = useRouter()
  const refresh = useRefreshWebhooks()
  const remove = useMutation(useTRPC().webhooks.remove.mutationOptions({
    onSuccess: () => {
      toast('Webhook deleted')
      router.push(paths.webhooks(org.slug))
      refresh()
    },
  }))
  return (
    <ConfirmDialog
      open={open}
      onOpenChange={onClose}
      title="Delete this webhook?"
      action="Delete it"
      danger
      busy={remove.isPending}
      onConfirm={() => remove.mutate({ organization_id: org.id, webhook_id: webhook.id })}>
      <p>
        <bdi className="break-all">{webhook.url}</bdi> is told nothing more. Its secret and its delivery log go with it.
      </p>
      {remove.error === null ? null : <ErrorPanel problem={toProblem(remove.error)} />}
    </ConfirmDialog>
  )
}

export function WebhookMenu({ webhook }: { webhook: Webhook }) {
  const { org } = useOrg()
  const [open, setOpen] = useState<Open>(null)
  const refused = refusedBecause(org, 'webhooks:write')
  const close = () => setOpen(null)
  return (
    <>
      <Menu
        label="More for this webhook"
        trigger={
          <IconButton label="More for this webhook">
            <Ellipsis aria-hidden className="size-4" />
          </IconButton>
        }
        items={[
          { kind: 'act', label: 'Change', disabled: refused, onSelect: () => setOpen('edit') },
          { kind: 'act', label: 'Rotate the secret', disabled: refused, onSelect: () => setOpen('rotate') },
          ...(webhook.enabled ? [{ kind: 'act', label: 'Disable', disabled: refused, onSelect: () => setOpen('disable') } as const] : []),
          { kind: 'line' },
          { kind: 'act', label: 'Delete', danger: true, disabled: refused, onSelect: () => setOpen('delete') },
        ]}
      />
      <EditDialog webhook={webhook} open={open === 'edit'} onOpenChange={close} />
      <RotateDialog id={webhook.id} open={open === 'rotate'} onOpenChange={close} />
      <Disable webhook={webhook} open={open === 'disable'} onClose={close} />
      <Delete webhook={webhook} open={open === 'delete'} onClose={close} />
    </>
  )
}

'use client'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { useState, type ReactNode } from 'react'
import { toast } from 'sonner'
import { refusedBecause } from '../../../../_lib/can.ts'
import { useOrg } from '../../../../_lib/org-context.tsx'
import { paths } from '../../../../_lib/paths.ts'
import { toProblem } from '../../../../_lib/problem.ts'
import { useTRPC } from '../../../../_lib/trpc.tsx'
import type { OrganizationDetail } from '../../../../_lib/wire.ts'
import { Button } from '../../../../_ui/button.tsx'
import { ConfirmDialog } from '../../../../_ui/dialog.tsx'
import { Panel, Section } from '../../../../_ui/page.tsx'
import { ErrorPanel } from '../../../../_ui/states.tsx'
import { TransferDialog } from './transfer-dialog.tsx'

function Row({ title, children, action }: { title: string; children: ReactNode; action: ReactNode }) {
  return (
    <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-3 border-line not-first:border-t not-first:pt-4">
      <div className="min-w-0 flex-1 basis-64">
        <p className="font-strong">{title}</p>
        <p className="text-13 text-muted">{children}</p>
      </div>
      {action}
    </div>
  )
}

function LeaveDialog({ open, onOpenChange, name }: { open: boolean; onOpenChange: (open: boolean) => void; name: string }) {
  const { org } = useOrg()
  // A full load: what this organization showed must not stay in memory.
  const leave = useMutation(useTRPC().orgs.leave.mutationOptions({ onSuccess: () => window.location.assign(paths.home) }))
  return (
    <ConfirmDialog
      open={open}
      onOpenChange={onOpenChange}
      title={`Leave ${name}?`}
      action="Leave"
      danger
      busy={leave.isPending || leave.isSuccess}
      onConfirm={() => leave.mutate({ organization_id: org.id, name })}>
      <p>You lose access at once. To come back, somebody has to invite you again. Apps and invoices stay with the organization.</p>
      {leave.error === null ? null : <ErrorPanel problem={toProblem(leave.error)} />}
    </ConfirmDialog>
  )
}

function DeleteDialog({ open, onOpenChange, name }: { open: boolean; onOpenChange: (open: boolean) => void; name: string }) {
  const { org } = useOrg()
  const trpc = useTRPC()
  const client = useQueryClient()
  const router = useRouter()
  const remove = useMutation(
    trpc.orgs.remove.mutationOptions({
      onSuccess: () => {
        toast('Deletion under way. You can undo it for 72 hours.')
        onOpenChange(false)
        void client.invalidateQueries()
        router.refresh()
      },
    }),
  )
  return (
    <ConfirmDialog
      open={open}
      onOpenChange={onOpenChange}
      title={`Delete ${name}?`}
      action="Delete organization"
      danger
      typeName={name}
      busy={remove.isPending}
      onConfirm={() => remove.mutate({ organization_id: org.id, name })}>
      <p>Every app stops now. For 72 hours an owner can undo this and the apps start again; nothing else can be changed meanwhile.</p>
      <p>Then apps, their data, members and tokens are gone for good. Invoices are kept, and what was used until now comes on a last one.</p>
      {remove.error === null ? null : <ErrorPanel problem={toProblem(remove.error)} />}
    </ConfirmDialog>
  )
}

export function DangerSection({ organization }: { organization: OrganizationDetail }) {
  const { org } = useOrg()
  const [open, setOpen] = useState<'transfer' | 'leave' | 'delete' | null>(null)
  const refused = refusedBecause(org, 'org:delete')
  const deleting = organization.delete_after === null ? null : 'The organization is being deleted.'
  const close = () => setOpen(null)
  return (
    <Section title="Danger">
      <Panel className="flex flex-col gap-4 border-bad-border">
        <Row
          title="Give the ownership away"
          action={
            <Button disabled={refused !== null || deleting !== null} title={refused ?? deleting ?? undefined} onClick={() => setOpen('transfer')}>
              Transfer
            </Button>
          }>
          {refused ?? deleting ?? 'Another member becomes the owner, you become an admin.'}
        </Row>
        <Row title="Leave the organization" action={<Button onClick={() => setOpen('leave')}>Leave</Button>}>
          You lose access at once. The only owner cannot leave.
        </Row>
        <Row
          title="Delete the organization"
          action={
            <Button look="danger" disabled={refused !== null || deleting !== null} title={refused ?? deleting ?? undefined} onClick={() => setOpen('delete')}>
              Delete organization
            </Button>
          }>
          {refused ?? deleting ?? 'Its apps stop now; for 72 hours it can be undone.'}
        </Row>
      </Panel>
      {open === 'transfer' ? <TransferDialog onClose={close} /> : null}
      <LeaveDialog open={open === 'leave'} onOpenChange={close} name={organization.name} />
      <DeleteDialog open={open === 'delete'} onOpenChange={close} name={organization.name} />
    </Section>
  )
}

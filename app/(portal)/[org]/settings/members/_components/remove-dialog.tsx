'use client'
import { useMutation } from '@tanstack/react-query'
import { toast } from 'sonner'
import { useOrg } from '../../../../../_lib/org-context.tsx'
import { toProblem } from '../../../../../_lib/problem.ts'
import { useTRPC } from '../../../../../_lib/trpc.tsx'
import type { Member } from '../../../../../_lib/wire.ts'
import { ConfirmDialog } from '../../../../../_ui/dialog.tsx'
import { ErrorPanel } from '../../../../../_ui/states.tsx'
import { useRefreshMembers } from './use-members.ts'

export function RemoveDialog({ member, onClose }: { member: Member; onClose: () => void }) {
  const { org } = useOrg()
  const refresh = useRefreshMembers()
  const remove = useMutation(
    useTRPC().members.remove.mutationOptions({
      onSuccess: () => {
        toast(`${member.name} is no longer a member`)
        refresh()
        onClose()
      },
    }),
  )
  return (
    <ConfirmDialog
      open
      onOpenChange={onClose}
      title={`Remove ${member.name}?`}
      action={`Remove ${member.name}`}
      danger
      busy={remove.isPending}
      onConfirm={() => remove.mutate({ organization_id: org.id, user_id: member.user_id })}>
      <p>
        <bdi>{member.email}</bdi> loses access at once. Their tokens for <bdi>{org.name}</bdi> and the invitations they sent end too. Apps stay
        as they are.
      </p>
      {remove.error === null ? null : <ErrorPanel problem={toProblem(remove.error)} />}
    </ConfirmDialog>
  )
}

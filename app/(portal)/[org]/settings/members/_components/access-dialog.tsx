'use client'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { toast } from 'sonner'
import { ROLES } from '../../../../../../server/contract/permission.ts'
import { useOrg } from '../../../../../_lib/org-context.tsx'
import { toProblem } from '../../../../../_lib/problem.ts'
import { roleInput, roleKey } from '../../../../../_lib/roles.ts'
import { useTRPC } from '../../../../../_lib/trpc.tsx'
import type { Member } from '../../../../../_lib/wire.ts'
import { Button } from '../../../../../_ui/button.tsx'
import { Dialog } from '../../../../../_ui/dialog.tsx'
import { ErrorPanel } from '../../../../../_ui/states.tsx'
import { Banner } from '../../../../../_ui/status.tsx'
import { AppChoice } from './app-choice.tsx'
import { GrantsField } from './grants-field.tsx'
import type { Asking } from './member-may.ts'
import { RoleField } from './role-field.tsx'
import { useRefreshMembers } from './use-members.ts'

type AccessDialogProps = { member: Member; asking: Asking; onClose: () => void }

export function AccessDialog({ member, asking, onClose }: AccessDialogProps) {
  const { org } = useOrg()
  const refresh = useRefreshMembers()
  const [role, setRole] = useState(roleKey(member))
  const [appIds, setAppIds] = useState<readonly string[] | null>(member.app_ids.length === 0 ? null : member.app_ids)
  const [grants, setGrants] = useState(member.grants)
  const update = useMutation(
    useTRPC().members.update.mutationOptions({
      onSuccess: (saved) => {
        toast(`Access of ${saved.name} changed`)
        refresh()
        onClose()
      },
    }),
  )
  const problem = update.error === null ? null : toProblem(update.error)
  const missing = appIds?.length === 0 ? 'Choose at least one app.' : undefined
  return (
    <Dialog open onOpenChange={onClose} title={`Access of ${member.name}`} description={<bdi>{member.email}</bdi>}>
      <form
        noValidate
        className="flex flex-col gap-5"
        onSubmit={(event) => {
          event.preventDefault()
          if (missing !== undefined) return
          const changed = role === roleKey(member) ? {} : roleInput(role, ROLES)
          update.mutate({ organization_id: org.id, user_id: member.user_id, ...changed, app_ids: [...(appIds ?? [])], grants })
        }}>
        <RoleField owner value={role} onChange={setRole} />
        {role === 'owner' && member.role !== 'owner' ? (
          <Banner tone="attention">An owner may do everything, also delete the organization and change your own access.</Banner>
        ) : null}
        <AppChoice
          value={appIds}
          onChange={setAppIds}
          error={missing}
          fixed={role === 'owner' ? 'An owner is not restricted.' : undefined}
        />
        <GrantsField value={grants} onChange={setGrants} />
        {member.user_id === asking.viewerId ? <Banner tone="attention">This is your own access. What you give away, you cannot take back.</Banner> : null}
        {problem === null ? null : <ErrorPanel problem={problem} />}
        <div className="flex flex-wrap justify-end gap-2">
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" look="primary" busy={update.isPending} disabled={missing !== undefined}>
            Save access
          </Button>
        </div>
      </form>
    </Dialog>
  )
}

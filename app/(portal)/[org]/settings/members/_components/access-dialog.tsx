'use client'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { toast } from 'sonner'
import { ROLES } from '../../../../../../server/contract/permission.ts'
import { useOrg } from '../../../../../_lib/org-context.tsx'
import { toProblem } from '../../../../../_lib/problem.ts'
import { roleInput, roleKey } from '../../../../../_lib/roles.ts'
import { useTRPC } from '../../../../../_lib/trpc.tsx'
import { useMeanwhile } from '../../../../../_lib/use-meanwhile.tsx'
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

const LABELS = { role: 'Role', appIds: 'Restricted to', grants: 'On single apps' }
type Form = { role: string; appIds: readonly string[] | null; grants: Member['grants'] }
const formOf = (member: Member): Form => ({ role: roleKey(member), appIds: member.app_ids.length === 0 ? null : member.app_ids, grants: member.grants })
const show = (name: keyof typeof LABELS, value: unknown): string | null => {
  if (name === 'role') return String(value)
  if (name === 'appIds') return value === null ? 'no apps: all of them' : (value as string[]).join(', ')
  return (value as Member['grants']).map((one) => `${one.app_id}: ${one.permissions.join(' ')}`).join('; ')
}

type AccessDialogProps = { member: Member; asking: Asking; onClose: () => void }

export function AccessDialog({ member, asking, onClose }: AccessDialogProps) {
  const { org } = useOrg()
  const refresh = useRefreshMembers()
  const trpc = useTRPC()
  const client = useQueryClient()
  const [{ role, appIds, grants }, setForm] = useState<Form>(formOf(member))
  const set = (part: Partial<Form>) => setForm((form) => ({ ...form, ...part }))
  const meanwhile = useMeanwhile<Member, Form>(member, {
    what: 'Their access', labels: LABELS, formOf, show, mine: () => ({ role, appIds, grants }), take: setForm,
    read: () => client.fetchQuery(trpc.members.get.queryOptions({ organization_id: org.id, user_id: member.user_id })),
  })
  const update = useMutation(
    trpc.members.update.mutationOptions({
      onError: meanwhile.caught,
      onSuccess: (saved) => {
        toast(`Access of ${saved.name} changed`)
        refresh()
        onClose()
      },
    }),
  )
  const problem = update.error === null || meanwhile.panel !== null ? null : toProblem(update.error)
  const missing = appIds?.length === 0 ? 'Choose at least one app.' : undefined
  return (
    <Dialog open onOpenChange={onClose} title={`Access of ${member.name}`} description={<bdi>{member.email}</bdi>}>
      <form
        noValidate
        className="flex flex-col gap-5"
        onSubmit={(event) => {
          event.preventDefault()
          if (missing !== undefined) return
          const changed = role === roleKey(meanwhile.base ?? member) ? {} : roleInput(role, ROLES)
          update.mutate({ organization_id: org.id, user_id: member.user_id, if_match: meanwhile.ifMatch, ...changed, app_ids: [...(appIds ?? [])], grants })
        }}>
        <RoleField owner value={role} onChange={(value) => set({ role: value })} />
        {role === 'owner' && member.role !== 'owner' ? (
          <Banner tone="attention">An owner may do everything, also delete the organization and change your own access.</Banner>
        ) : null}
        <AppChoice
          value={appIds}
          onChange={(value) => set({ appIds: value })}
          error={missing}
          fixed={role === 'owner' ? 'An owner is not restricted.' : undefined}
        />
        <GrantsField value={grants} onChange={(value) => set({ grants: value })} />
        {member.user_id === asking.viewerId ? <Banner tone="attention">This is your own access. What you give away, you cannot take back.</Banner> : null}
        {problem === null ? null : <ErrorPanel problem={problem} />}
        {meanwhile.panel}
        <div className="flex flex-wrap justify-end gap-2">
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" look="primary" busy={update.isPending} disabled={missing !== undefined || meanwhile.isStale}>
            Save access
          </Button>
        </div>
      </form>
    </Dialog>
  )
}

'use client'
import { useMutation } from '@tanstack/react-query'
import { Ellipsis } from 'lucide-react'
import { useState } from 'react'
import { toast } from 'sonner'
import { plural } from '../../../../../_lib/format.ts'
import { useOrg } from '../../../../../_lib/org-context.tsx'
import { toProblem } from '../../../../../_lib/problem.ts'
import { roleTitle } from '../../../../../_lib/roles.ts'
import { useTRPC } from '../../../../../_lib/trpc.tsx'
import type { Member, RoleInfo } from '../../../../../_lib/wire.ts'
import { IconButton } from '../../../../../_ui/button.tsx'
import { Menu, type MenuItem } from '../../../../../_ui/menu.tsx'
import { ErrorPanel } from '../../../../../_ui/states.tsx'
import { Badge, Status } from '../../../../../_ui/status.tsx'
import { Table, type Column } from '../../../../../_ui/table.tsx'
import { TimeAgo } from '../../../../../_ui/time.tsx'
import { AccessDialog } from './access-dialog.tsx'
import { blockedChange, type Asking } from './member-may.ts'
import { RemoveDialog } from './remove-dialog.tsx'
import { useRefreshMembers } from './use-members.ts'

function Access({ member }: { member: Member }) {
  return (
    <span className="inline-flex flex-wrap items-center gap-x-2 gap-y-1">
      <bdi>{roleTitle(member)}</bdi>
      {member.app_ids.length === 0 ? null : <Badge>only {plural(member.app_ids.length, 'app')}</Badge>}
      {member.grants.length === 0 ? null : <Badge>more on {plural(member.grants.length, 'app')}</Badge>}
      {member.suspended_at === null ? null : <Badge tone="attention">suspended</Badge>}
    </span>
  )
}

type Acts = { onChange: (member: Member) => void; onSuspend: (member: Member) => void; onRemove: (member: Member) => void }

function RowMenu({ member, asking, acts }: { member: Member; asking: Asking; acts: Acts }) {
  const suspended = member.suspended_at !== null
  const items: MenuItem[] = [
    { kind: 'act', label: 'Change access', disabled: blockedChange(asking, member, (now) => now), onSelect: () => acts.onChange(member) },
    {
      kind: 'act',
      label: suspended ? 'Let in again' : 'Suspend',
      disabled: blockedChange(asking, member, (now) => ({ ...now, suspended: !suspended })),
      onSelect: () => acts.onSuspend(member),
    },
    { kind: 'line' },
    { kind: 'act', label: 'Remove', danger: true, disabled: blockedChange(asking, member, () => null), onSelect: () => acts.onRemove(member) },
  ]
  return (
    <Menu
      label={`Actions for ${member.name}`}
      items={items}
      trigger={
        <IconButton size="sm" label={`Actions for ${member.name}`} className="h-7">
          <Ellipsis aria-hidden className="size-4" />
        </IconButton>
      }
    />
  )
}

const columns = (asking: Asking, acts: Acts): ReadonlyArray<Column<Member>> => [
  {
    id: 'name',
    title: 'Member',
    cell: (member) => (
      <span className="flex min-w-0 flex-col">
        <span className="font-strong">
          <bdi>{member.name}</bdi>
          {member.user_id === asking.viewerId ? <span className="font-normal text-muted"> (you)</span> : null}
        </span>
        <bdi className="text-12 break-all text-muted">{member.email}</bdi>
      </span>
    ),
  },
  { id: 'role', title: 'Access', cell: (member) => <Access member={member} /> },
  {
    id: 'mfa',
    title: 'Second factor',
    cell: (member) => (member.mfa ? <Status tone="good" word="on" /> : <Status tone="idle" word="off" />),
  },
  {
    id: 'seen',
    title: 'Last seen',
    align: 'end',
    cell: (member) => (member.last_seen_at === null ? <span className="text-muted">never</span> : <TimeAgo value={member.last_seen_at} />),
  },
  { id: 'act', title: '', align: 'end', cell: (member) => <RowMenu member={member} asking={asking} acts={acts} /> },
]

export function MembersTable({ members, all, roles }: { members: readonly Member[]; all: readonly Member[]; roles: readonly RoleInfo[] }) {
  const { org, viewer } = useOrg()
  const trpc = useTRPC()
  const refresh = useRefreshMembers()
  const [changing, setChanging] = useState<Member | null>(null)
  const [removing, setRemoving] = useState<Member | null>(null)
  const suspend = useMutation(trpc.members.suspend.mutationOptions({ onSettled: refresh, onSuccess: (one) => toast(`${one.name} is shut out`) }))
  const unsuspend = useMutation(trpc.members.unsuspend.mutationOptions({ onSettled: refresh, onSuccess: (one) => toast(`${one.name} is in again`) }))
  const failed = suspend.error ?? unsuspend.error
  const asking: Asking = { org, viewerId: viewer.user.id, members: all, roles }
  const onSuspend = (member: Member) => {
    suspend.reset()
    unsuspend.reset()
    const act = member.suspended_at === null ? suspend : unsuspend
    act.mutate({ organization_id: org.id, user_id: member.user_id })
  }
  return (
    <>
      {failed === null ? null : <ErrorPanel className="mb-3" problem={toProblem(failed)} />}
      <Table
        caption="Members of this organization"
        columns={columns(asking, { onChange: setChanging, onSuspend, onRemove: setRemoving })}
        rows={members}
        rowKey={(member) => member.user_id}
      />
      {changing === null ? null : <AccessDialog key={changing.user_id} member={changing} asking={asking} onClose={() => setChanging(null)} />}
      {removing === null ? null : <RemoveDialog member={removing} onClose={() => setRemoving(null)} />}
    </>
  )
}

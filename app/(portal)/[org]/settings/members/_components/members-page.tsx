'use client'
import { UserPlus } from 'lucide-react'
import { useState } from 'react'
import { refusedBecause } from '../../../../../_lib/can.ts'
import { plural } from '../../../../../_lib/format.ts'
import { useOrg } from '../../../../../_lib/org-context.tsx'
import { toProblem } from '../../../../../_lib/problem.ts'
import { roleWords } from '../../../../../_lib/roles.ts'
import type { Member } from '../../../../../_lib/wire.ts'
import { Button } from '../../../../../_ui/button.tsx'
import { FilterBar, useFilters } from '../../../../../_ui/filter-bar.tsx'
import { Section } from '../../../../../_ui/page.tsx'
import { Pagination } from '../../../../../_ui/pagination.tsx'
import { ErrorPanel, NothingMatches, TableSkeleton } from '../../../../../_ui/states.tsx'
import { InvitationsSection } from './invitations-section.tsx'
import { InviteDialog } from './invite-dialog.tsx'
import { MembersTable } from './members-table.tsx'
import { useMembers, useRoles } from './use-members.ts'

const roleOptions = [...Object.entries(roleWords).map(([value, label]) => ({ value, label })), { value: 'custom', label: 'Custom role' }]

const fits = (member: Member, q: string, role: string): boolean =>
  (role === '' || member.role === role) && `${member.name} ${member.email}`.toLowerCase().includes(q.toLowerCase())

function InviteButton() {
  const { org } = useOrg()
  const [open, setOpen] = useState(false)
  const refused = refusedBecause(org, 'members:write')
  return (
    <>
      <Button
        look="primary"
        size="sm"
        icon={<UserPlus aria-hidden className="size-4" />}
        disabled={refused !== null}
        title={refused ?? undefined}
        onClick={() => setOpen(true)}>
        Invite
      </Button>
      <InviteDialog open={open} onOpenChange={setOpen} />
    </>
  )
}

export function MembersPage() {
  const filters = useFilters()
  const roles = useRoles()
  const { query, members } = useMembers()
  const [q, role] = [filters.get('q'), filters.get('role')]
  const shown = members?.filter((member) => fits(member, q, role))
  const failed = query.error ?? roles.error
  return (
    <>
      <Section
        title="Members"
        hint={members === undefined ? 'Who works here and what each may do.' : plural(members.length, 'member')}
        action={<InviteButton />}>
        {members !== undefined && (members.length > 5 || filters.active) ? (
          <FilterBar search={{ name: 'q', label: 'Find by name or e-mail' }} selects={[{ name: 'role', label: 'Any role', options: roleOptions }]} />
        ) : null}
        {failed === null ? null : (
          <ErrorPanel
            className="mb-4"
            problem={toProblem(failed)}
            onRetry={() => {
              void query.refetch()
              void roles.refetch()
            }}
          />
        )}
        {shown === undefined || roles.data === undefined ? (
          failed === null ? (
            <TableSkeleton rows={3} label="Loading members" />
          ) : null
        ) : shown.length === 0 ? (
          <NothingMatches onClear={filters.clear} />
        ) : (
          <MembersTable members={shown} all={members ?? []} roles={roles.data.data} />
        )}
        <Pagination
          shown={members?.length ?? 0}
          noun="members"
          hasMore={query.hasNextPage}
          busy={query.isFetchingNextPage}
          onMore={() => {
            void query.fetchNextPage()
          }}
        />
      </Section>
      <InvitationsSection />
    </>
  )
}

'use client'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Plus } from 'lucide-react'
import { useState } from 'react'
import { toast } from 'sonner'
import { refusedBecause } from '../../../../../_lib/can.ts'
import { useOrg } from '../../../../../_lib/org-context.tsx'
import { toProblem } from '../../../../../_lib/problem.ts'
import { useTRPC } from '../../../../../_lib/trpc.tsx'
import type { RoleInfo } from '../../../../../_lib/wire.ts'
import { Button } from '../../../../../_ui/button.tsx'
import { ConfirmDialog } from '../../../../../_ui/dialog.tsx'
import { Load } from '../../../../../_ui/load.tsx'
import { Section } from '../../../../../_ui/page.tsx'
import { ErrorPanel, TableSkeleton } from '../../../../../_ui/states.tsx'
import { RoleDialog } from './role-dialog.tsx'
import { RoleMatrix } from './role-matrix.tsx'

export function RolesPage() {
  const { org } = useOrg()
  const trpc = useTRPC()
  const client = useQueryClient()
  const roles = useQuery(trpc.roles.list.queryOptions({ organization_id: org.id }))
  const [editing, setEditing] = useState<RoleInfo | 'new' | null>(null)
  const [deleting, setDeleting] = useState<RoleInfo | null>(null)
  const remove = useMutation(
    trpc.roles.remove.mutationOptions({
      onSuccess: () => {
        toast('Role deleted')
        void client.invalidateQueries({ queryKey: trpc.roles.pathKey() })
        setDeleting(null)
      },
    }),
  )
  const refused = refusedBecause(org, 'members:write')
  return (
    <Section
      title="Roles"
      hint="What each role may do, in every app and in the organization. Single apps can be added for a member under Members."
      action={
        <Button
          look="primary"
          size="sm"
          icon={<Plus aria-hidden className="size-4" />}
          disabled={refused !== null}
          title={refused ?? undefined}
          onClick={() => setEditing('new')}>
          New role
        </Button>
      }>
      <Load query={roles} skeleton={<TableSkeleton rows={12} label="Loading roles" />}>
        {({ data }) => (
          <RoleMatrix
            roles={data}
            own={org.permissions}
            refused={refused}
            onEdit={setEditing}
            onDelete={(role) => {
              remove.reset()
              setDeleting(role)
            }}
          />
        )}
      </Load>
      {editing === null ? null : <RoleDialog key={editing === 'new' ? 'new' : editing.id} role={editing === 'new' ? null : editing} onClose={() => setEditing(null)} />}
      <ConfirmDialog
        open={deleting !== null}
        onOpenChange={() => setDeleting(null)}
        title={`Delete the role ${deleting?.name ?? ''}?`}
        action="Delete role"
        danger
        busy={remove.isPending}
        onConfirm={() => remove.mutate({ organization_id: org.id, role_id: deleting?.id ?? '' })}>
        <p>Nobody may have it any more. Members and service accounts that do need another role first.</p>
        {remove.error === null ? null : <ErrorPanel problem={toProblem(remove.error)} />}
      </ConfirmDialog>
    </Section>
  )
}

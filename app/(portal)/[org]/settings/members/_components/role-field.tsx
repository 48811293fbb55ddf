'use client'
import { covers } from '../../../../../../server/contract/member-rule.ts'
import { useOrg } from '../../../../../_lib/org-context.tsx'
import { roleInfoTitle } from '../../../../../_lib/roles.ts'
import { Field } from '../../../../../_ui/field.tsx'
import { Select } from '../../../../../_ui/inputs.tsx'
import { useRoles } from './use-members.ts'

type RoleFieldProps = { value: string; onChange: (key: string) => void; error?: string | undefined; owner?: boolean }

/** Built-in roles and the organization's own; those that allow more than the viewer may do are shown, but closed. */
export function RoleField({ value, onChange, error, owner = false }: RoleFieldProps) {
  const { org } = useOrg()
  const roles = useRoles().data?.data ?? []
  const offered = roles.filter((role) => owner || role.id !== 'owner')
  const chosen = offered.find((role) => role.id === value)
  return (
    <Field label="Role" hint={chosen?.description === '' ? undefined : chosen?.description} error={error} required>
      {(control) => (
        <Select
          {...control}
          value={value}
          options={offered.map((role) => {
            const open = covers(org.permissions, role.permissions)
            return { value: role.id, label: open ? roleInfoTitle(role) : `${roleInfoTitle(role)} (more than you may do)`, disabled: !open }
          })}
          onChange={(event) => onChange(event.target.value)}
        />
      )}
    </Field>
  )
}

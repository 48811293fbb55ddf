'use client'
import type { Permission } from '../../../server/contract/permission.ts'
import { permissionGroups, permissionWords } from '../../_lib/permission-words.ts'
import { Checkbox, RadioCards } from '../../_ui/choices.tsx'
import { Fieldset } from '../../_ui/field.tsx'

type ScopePickerProps = {
  /** Null: everything its holder may do. */
  value: readonly Permission[] | null
  onChange: (value: Permission[] | null) => void
  refused: (permission: Permission) => string | null
  error?: string | undefined
}

export function ScopePicker({ value, onChange, refused, error }: ScopePickerProps) {
  const toggle = (permission: Permission, on: boolean) =>
    onChange(on ? [...(value ?? []), permission] : (value ?? []).filter((one) => one !== permission))
  return (
    <Fieldset legend="What it may do" error={error}>
      <RadioCards
        label="What it may do"
        columns="sm:grid-cols-2"
        value={value === null ? 'all' : 'some'}
        onChange={(next) => onChange(next === 'all' ? null : ['apps:read'])}
        options={[
          { value: 'some', title: 'Only what is chosen', detail: 'Better: it can do no more than its job.' },
          { value: 'all', title: 'Everything its holder may', detail: 'Also what they may do later.' },
        ]}
      />
      {value === null ? null : (
        <div className="grid gap-4 rounded-inner border border-line p-3 sm:grid-cols-2">
          {permissionGroups.map((group) => (
            <div key={group.title} className="flex flex-col gap-2">
              <p className="text-12 text-muted">{group.title}</p>
              {group.permissions.map((permission) => (
                <Checkbox
                  key={permission}
                  checked={value.includes(permission)}
                  disabled={refused(permission) !== null}
                  label={permissionWords[permission]}
                  hint={refused(permission) ?? undefined}
                  onChange={(on) => toggle(permission, on)}
                />
              ))}
            </div>
          ))}
        </div>
      )}
    </Fieldset>
  )
}

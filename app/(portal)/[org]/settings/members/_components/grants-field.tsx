'use client'
import { Plus, Trash2 } from 'lucide-react'
import { APP_PERMISSIONS } from '../../../../../../server/contract/permission.ts'
import { useOrg } from '../../../../../_lib/org-context.tsx'
import { permissionWords } from '../../../../../_lib/permission-words.ts'
import type { Member } from '../../../../../_lib/wire.ts'
import { Button, IconButton } from '../../../../../_ui/button.tsx'
import { Checkbox } from '../../../../../_ui/choices.tsx'
import { Fieldset } from '../../../../../_ui/field.tsx'
import { Select } from '../../../../../_ui/inputs.tsx'
import { useAppNames } from './use-members.ts'

type Grants = Member['grants']
type GrantsFieldProps = { value: Grants; onChange: (value: Grants) => void; error?: string | undefined }

/** A grant always shows its app; the rest is chosen. */
const choices = APP_PERMISSIONS.filter((permission) => permission !== 'apps:read')

export function GrantsField({ value, onChange, error }: GrantsFieldProps) {
  const { org } = useOrg()
  const apps = useAppNames() ?? []
  const free = apps.filter((app) => !value.some((grant) => grant.app_id === app.id))
  const [next] = free
  const set = (index: number, grant: Grants[number]) => onChange(value.map((one, i) => (i === index ? grant : one)))
  return (
    <Fieldset legend="More on single apps" hint="Added to what the role allows." error={error}>
      {value.map((grant, index) => (
        <div key={grant.app_id} className="flex flex-col gap-2 rounded-inner border border-line p-3">
          <div className="flex items-center gap-2">
            <Select
              aria-label="App"
              className="flex-1"
              value={grant.app_id}
              options={[grant.app_id, ...free.map((app) => app.id)].map((id) => ({
                value: id,
                label: apps.find((app) => app.id === id)?.name ?? 'a deleted app',
              }))}
              onChange={(event) => set(index, { ...grant, app_id: event.target.value })}
            />
            <IconButton label="Take this away" size="sm" onClick={() => onChange(value.filter((_, i) => i !== index))}>
              <Trash2 aria-hidden className="size-4" />
            </IconButton>
          </div>
          {choices.map((permission) => (
            <Checkbox
              key={permission}
              checked={grant.permissions.includes(permission)}
              disabled={!org.permissions.includes(permission)}
              label={permissionWords[permission]}
              hint={org.permissions.includes(permission) ? undefined : 'You may not do this yourself.'}
              onChange={(on) =>
                set(index, { ...grant, permissions: on ? [...grant.permissions, permission] : grant.permissions.filter((one) => one !== permission) })
              }
            />
          ))}
        </div>
      ))}
      <Button
        size="sm"
        className="w-max"
        icon={<Plus aria-hidden className="size-4" />}
        disabled={next === undefined}
        title={next === undefined ? 'There is no other app.' : undefined}
        onClick={() => {
          if (next !== undefined) onChange([...value, { app_id: next.id, permissions: ['apps:read'] }])
        }}>
        Add an app
      </Button>
    </Fieldset>
  )
}

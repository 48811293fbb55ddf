'use client'
import { Checkbox, RadioCards } from '../../_ui/choices.tsx'
import { Fieldset } from '../../_ui/field.tsx'
import { SkeletonLine } from '../../_ui/states.tsx'

export type AppName = { id: string; name: string }
type AppPickerProps = {
  /** Null: every app. */
  value: readonly string[] | null
  onChange: (value: string[] | null) => void
  /** Undefined while they are read. */
  apps: readonly AppName[] | undefined
  error?: string | undefined
}

export function AppPicker({ value, onChange, apps, error }: AppPickerProps) {
  const toggle = (id: string, on: boolean) => onChange(on ? [...(value ?? []), id] : (value ?? []).filter((one) => one !== id))
  return (
    <Fieldset legend="Apps" error={error}>
      <RadioCards
        label="Which apps"
        columns="sm:grid-cols-2"
        value={value === null ? 'all' : 'some'}
        onChange={(next) => onChange(next === 'all' ? null : [])}
        options={[
          { value: 'all', title: 'Every app', detail: 'Also those made later.' },
          { value: 'some', title: 'Only some apps', detail: 'Nothing else is seen or changed.' },
        ]}
      />
      {value === null ? null : (
        <div className="flex max-h-48 flex-col gap-2 overflow-y-auto rounded-inner border border-line p-3">
          {apps === undefined ? <SkeletonLine className="w-1/2" /> : null}
          {apps?.length === 0 ? <p className="text-13 text-muted">There is no app yet.</p> : null}
          {apps?.map((app) => (
            <Checkbox key={app.id} checked={value.includes(app.id)} onChange={(on) => toggle(app.id, on)} label={<bdi>{app.name}</bdi>} />
          ))}
        </div>
      )}
    </Fieldset>
  )
}

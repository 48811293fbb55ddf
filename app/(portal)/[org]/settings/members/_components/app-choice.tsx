'use client'
import { Checkbox, RadioCards } from '../../../../../_ui/choices.tsx'
import { Fieldset } from '../../../../../_ui/field.tsx'
import { SkeletonLine } from '../../../../../_ui/states.tsx'
import { useAppNames } from './use-members.ts'

type AppChoiceProps = {
  /** Null: every app. */
  value: readonly string[] | null
  onChange: (value: readonly string[] | null) => void
  error?: string | undefined
  /** Why it must be every app. */
  fixed?: string | undefined
}

/** Every app, or some of them by name. */
export function AppChoice({ value, onChange, error, fixed }: AppChoiceProps) {
  const apps = useAppNames()
  const gone = (value ?? []).filter((id) => apps !== undefined && !apps.some((app) => app.id === id))
  const toggle = (id: string, on: boolean) => onChange(on ? [...(value ?? []), id] : (value ?? []).filter((one) => one !== id))
  return (
    <Fieldset legend="Apps" error={error}>
      <RadioCards
        label="Which apps"
        columns="sm:grid-cols-2"
        value={value === null ? 'all' : 'some'}
        onChange={(next) => onChange(next === 'all' ? null : (value ?? []))}
        options={[
          { value: 'all', title: 'Every app', detail: 'Also those made later.' },
          { value: 'some', title: 'Only some apps', detail: 'Nothing else is seen or changed.', disabled: fixed },
        ]}
      />
      {value === null ? null : (
        <div className="max-h-48 overflow-y-auto rounded-inner border border-line p-3">
          {apps === undefined ? <SkeletonLine className="w-1/2" /> : null}
          {apps?.length === 0 ? <p className="text-13 text-muted">There is no app yet.</p> : null}
          <div className="flex flex-col gap-2">
            {apps?.map((app) => (
              <Checkbox key={app.id} checked={value.includes(app.id)} onChange={(on) => toggle(app.id, on)} label={app.name} />
            ))}
            {gone.map((id) => (
              <Checkbox key={id} checked onChange={() => toggle(id, false)} label={<span className="text-muted">a deleted app</span>} />
            ))}
          </div>
        </div>
      )}
    </Fieldset>
  )
}

'use client'
import { Field } from '../../../../_ui/field.tsx'
import { Input } from '../../../../_ui/inputs.tsx'

type LogDaysFieldProps = { value: string; fault: string | undefined; onChange: (value: string) => void }

export function LogDaysField({ value, fault, onChange }: LogDaysFieldProps) {
  return (
    <Field label="Days log lines are kept" required error={fault}>
      {(control) => <Input {...control} type="number" inputMode="numeric" min={1} max={3650} value={value} onChange={(event) => onChange(event.target.value)} />}
    </Field>
  )
}

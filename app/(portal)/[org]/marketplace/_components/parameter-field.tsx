'use client'
import type { ManifestParameter } from '../../../../_lib/wire.ts'
import { Checkbox } from '../../../../_ui/choices.tsx'
import { Field, type ControlProps } from '../../../../_ui/field.tsx'
import { Input, PasswordInput, Select, Textarea } from '../../../../_ui/inputs.tsx'

type ParameterFieldProps = {
  schema: ManifestParameter
  required: boolean
  value: string | boolean
  error: string | undefined
  onChange: (value: string | boolean) => void
}

type Text = { schema: ManifestParameter; required: boolean; control: ControlProps; value: string; onChange: (value: string) => void }

function TextControl({ schema, required, control, value, onChange }: Text) {
  const input = { ...control, value, autoComplete: 'off', onChange: (event: { target: { value: string } }) => onChange(event.target.value) }
  if (schema.type !== 'string') return <Input {...input} inputMode="decimal" className="w-40" />
  if (schema.enum !== undefined) {
    return (
      <Select
        {...input}
        options={[...(required ? [] : [{ value: '', label: 'Not set' }]), ...schema.enum.map((one) => ({ value: one, label: one }))]}
      />
    )
  }
  if (schema.writeOnly === true || schema.format === 'password') return <PasswordInput {...input} autoComplete="new-password" />
  if (schema.format === 'multiline') return <Textarea {...input} />
  return schema.format === 'color' ? <Input {...input} type="color" className="w-20 p-1" /> : <Input {...input} />
}

/** One control per type of the manifest; its own title and description are the words beside it. */
export function ParameterField({ schema, required, value, error, onChange }: ParameterFieldProps) {
  const made = schema.type === 'string' && schema.generate !== undefined ? 'Left empty, one is made up.' : ''
  const words = [schema.description ?? '', made].filter((part) => part !== '').join(' ')
  const hint = words === '' ? {} : { hint: words }
  if (schema.type === 'boolean') return <Checkbox checked={value === true} onChange={onChange} label={schema.title} {...hint} />
  return (
    <Field label={schema.title} required={required} error={error} {...hint}>
      {(control) => (
        <TextControl
          schema={schema}
          required={required}
          control={control}
          value={typeof value === 'string' ? value : ''}
          onChange={onChange}
        />
      )}
    </Field>
  )
}

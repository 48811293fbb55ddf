'use client'
import type { JsonField } from '../../../../_lib/wire.ts'
import { Checkbox } from '../../../../_ui/choices.tsx'
import { Field } from '../../../../_ui/field.tsx'
import { Input, PasswordInput, Select } from '../../../../_ui/inputs.tsx'

export type ParameterValue = string | boolean

type ParameterFieldProps = { name: string; schema: JsonField; required: boolean; value: ParameterValue; error: string | undefined; onChange: (value: ParameterValue) => void }

/** One control per JSON Schema type; the schema's own title and description are the words beside it. */
export function ParameterField({ name, schema, required, value, error, onChange }: ParameterFieldProps) {
  const title = schema.title ?? name
  const text = typeof value === 'string' ? value : ''
  if (schema.type === 'boolean') {
    return <Checkbox checked={value === true} onChange={onChange} label={title} {...(schema.description === undefined ? {} : { hint: schema.description })} />
  }
  return (
    <Field label={title} required={required} error={error} {...(schema.description === undefined ? {} : { hint: schema.description })}>
      {(control) => {
        if (schema.enum !== undefined) {
          const none = required ? [] : [{ value: '', label: 'Not set' }]
          return <Select {...control} value={text} options={[...none, ...schema.enum.map((one) => ({ value: one, label: one }))]} onChange={(event) => onChange(event.target.value)} />
        }
        if (schema.writeOnly === true || schema.format === 'password') return <PasswordInput {...control} value={text} autoComplete="new-password" onChange={(event) => onChange(event.target.value)} />
        const numeric = schema.type !== 'string'
        return <Input {...control} value={text} inputMode={numeric ? 'decimal' : 'text'} className={numeric ? 'w-40' : ''} autoComplete="off" onChange={(event) => onChange(event.target.value)} />
      }}
    </Field>
  )
}

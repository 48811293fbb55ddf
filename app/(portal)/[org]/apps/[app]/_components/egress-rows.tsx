'use client'
import { Plus, X } from 'lucide-react'
import { useFieldArray, type UseFormReturn } from 'react-hook-form'
import { Button, IconButton } from '../../../../../_ui/button.tsx'
import { Fieldset } from '../../../../../_ui/field.tsx'
import { Input, Select } from '../../../../../_ui/inputs.tsx'
import { MOST_RULES, type EgressValues } from './egress-values.ts'

const PROTOCOLS = [{ value: 'tcp', label: 'TCP' }, { value: 'udp', label: 'UDP' }, { value: 'icmp', label: 'ICMP' }, { value: 'any', label: 'Any' }]

/** A destination beside its protocol and ports; on a phone they stand under each other. */
export function EgressRows({ form, disabled }: { form: UseFormReturn<EgressValues>; disabled: boolean }) {
  const { fields, append, remove } = useFieldArray({ control: form.control, name: 'rules' })
  const errors = form.formState.errors.rules
  const rules = form.watch('rules')
  return (
    <Fieldset legend="May go to" hint="An address range, or a host name; *.example.com takes every name below it. No ports means all of them.">
      {fields.length === 0 ? <p className="text-14 text-muted">Without a rule the app reaches nothing outside its own network.</p> : null}
      {fields.map((row, at) => {
        const fault = errors?.[at]?.to?.message ?? errors?.[at]?.ports?.message ?? errors?.[at]?.protocol?.message ?? errors?.[at]?.message
        const portless = rules[at]?.protocol === 'icmp' || rules[at]?.protocol === 'any'
        return (
          <div key={row.id} className="flex flex-col gap-1.5">
            <div className="flex flex-wrap items-center gap-2">
              <Input aria-label={`Destination ${at + 1}`} aria-invalid={fault !== undefined || undefined} mono placeholder="api.example.com" className="min-w-40 flex-[3] basis-40" autoComplete="off"
                {...form.register(`rules.${at}.to`)} disabled={disabled} />
              <Select aria-label={`Protocol ${at + 1}`} className="min-w-24 flex-1 basis-24" {...form.register(`rules.${at}.protocol`)} options={PROTOCOLS} disabled={disabled} />
              <Input aria-label={`Ports ${at + 1}`} aria-invalid={errors?.[at]?.ports !== undefined || undefined} mono placeholder="443" className="min-w-24 flex-1 basis-24" autoComplete="off"
                {...form.register(`rules.${at}.ports`)} disabled={disabled || portless} />
              <IconButton label={`Remove rule ${at + 1}`} disabled={disabled} onClick={() => remove(at)}>
                <X aria-hidden className="size-4" />
              </IconButton>
            </div>
            {fault === undefined ? null : <p role="alert" className="text-13 text-bad">{fault}</p>}
          </div>
        )
      })}
      {errors?.message === undefined ? null : <p role="alert" className="text-13 text-bad">{errors.message}</p>}
      {fields.length >= MOST_RULES ? null : (
        <div>
          <Button size="sm" disabled={disabled} icon={<Plus aria-hidden className="size-3.5" />} onClick={() => append({ to: '', protocol: 'tcp', ports: '443' })}>
            Add a rule
          </Button>
        </div>
      )}
    </Fieldset>
  )
}

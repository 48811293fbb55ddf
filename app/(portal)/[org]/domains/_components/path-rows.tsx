'use client'
import { Plus, X } from 'lucide-react'
import { Controller, useFieldArray, type UseFormReturn } from 'react-hook-form'
import { Button, IconButton } from '../../../../_ui/button.tsx'
import { Checkbox } from '../../../../_ui/choices.tsx'
import { Fieldset } from '../../../../_ui/field.tsx'
import { Input, Select } from '../../../../_ui/inputs.tsx'
import type { RoutingValues } from './routing-values.ts'

type Options = ReadonlyArray<{ value: string; label: string }>
type Props = { form: UseFormReturn<RoutingValues>; apps: Options; disabled: boolean }

/** Requests below a path go to another app; the longest path that fits wins. */
export function PathRows({ form, apps, disabled }: Props) {
  const { fields, append, remove } = useFieldArray({ control: form.control, name: 'paths' })
  const errors = form.formState.errors.paths
  return (
    <Fieldset legend="Paths that lead to other apps" hint="Everything else goes to the app above. The longest path that fits wins.">
      {fields.map((row, at) => {
        const fault = errors?.[at]?.path?.message ?? errors?.[at]?.app_id?.message
        return (
          <div key={row.id} className="flex flex-col gap-1.5">
            <div className="flex flex-wrap items-center gap-2">
              <Input aria-label={`Path ${at + 1}`} aria-invalid={fault !== undefined || undefined} mono placeholder="/api" className="min-w-32 flex-1 basis-32"
                {...form.register(`paths.${at}.path`)} disabled={disabled} />
              <Select aria-label={`App of path ${at + 1}`} className="min-w-32 flex-1 basis-32" {...form.register(`paths.${at}.app_id`)} disabled={disabled} options={[...apps]} />
              <Controller control={form.control} name={`paths.${at}.strip_prefix`}
                render={({ field }) => <Checkbox checked={field.value} onChange={field.onChange} label="Strip it" disabled={disabled} />} />
              <IconButton label={`Remove path ${at + 1}`} disabled={disabled} onClick={() => remove(at)}>
                <X aria-hidden className="size-4" />
              </IconButton>
            </div>
            {fault === undefined ? null : <p role="alert" className="text-13 text-bad">{fault}</p>}
          </div>
        )
      })}
      {errors?.message === undefined ? null : <p role="alert" className="text-13 text-bad">{errors.message}</p>}
      {fields.length >= 20 ? null : (
        <div>
          <Button size="sm" disabled={disabled || apps.length === 0} icon={<Plus aria-hidden className="size-3.5" />}
            onClick={() => append({ path: '', app_id: apps[0]?.value ?? '', strip_prefix: false })}>
            Add a path
          </Button>
        </div>
      )}
    </Fieldset>
  )
}

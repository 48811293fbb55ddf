'use client'
import { Controller, type UseFormReturn } from 'react-hook-form'
import { z } from 'zod'
import { requiredText } from '../../../../../_lib/form-rules.ts'
import { Field } from '../../../../../_ui/field.tsx'
import { Input } from '../../../../../_ui/inputs.tsx'
import { EventPicker } from './event-picker.tsx'

export const FieldsSchema = z.object({
  url: requiredText('Enter an address like https://example.com/hook.'), description: z.string().max(200, 'At most 200 characters.'),
  events: z.array(z.string()).min(1, 'Choose at least one event.'),
})
export type Fields = z.infer<typeof FieldsSchema>
export const FIELD_NAMES = ['url', 'description', 'events', 'headers']

/** First fault of the customer's own headers, which are no field of the form. */
export const headerFault = (form: UseFormReturn<Fields>): string | undefined => {
  const faults = (form.formState.errors as { headers?: object }).headers
  if (faults === undefined) return undefined
  const { message } = faults as { message?: unknown }
  if (typeof message === 'string') return message
  const [name, first] = Object.entries(faults)[0] ?? []
  return `${name}: ${(first as { message?: string } | undefined)?.message ?? 'not allowed'}`
}

/** What a webhook is, for making and for changing one. */
export function WebhookFields({ form }: { form: UseFormReturn<Fields> }) {
  const { errors } = form.formState
  return (
    <>
      <Field label="Address" hint="A public https address of yours. Redirects are not followed." error={errors.url?.message} required>
        {(control) => <Input {...control} {...form.register('url')} type="url" inputMode="url" mono autoComplete="off" placeholder="https://example.com/hooks" />}
      </Field>
      <Field label="Description" error={errors.description?.message}>
        {(control) => <Input {...control} {...form.register('description')} autoComplete="off" placeholder="Posts deployments to our chat" />}
      </Field>
      <Controller
        control={form.control}
        name="events"
        render={({ field }) => (
          <EventPicker value={field.value} onChange={field.onChange} error={errors.events?.message ?? errors.events?.find?.((one) => one)?.message} />
        )}
      />
    </>
  )
}

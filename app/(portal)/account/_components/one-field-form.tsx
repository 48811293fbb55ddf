'use client'
import { zodResolver } from '@hookform/resolvers/zod'
import { useMutation } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { useForm, type UseFormRegisterReturn } from 'react-hook-form'
import { z } from 'zod'
import { useProblem } from '../../../_lib/use-problem.ts'
import { Button } from '../../../_ui/button.tsx'
import { Field, type ControlProps } from '../../../_ui/field.tsx'
import { ErrorPanel } from '../../../_ui/states.tsx'

type Props<Answer> = {
  /** As the server calls it: its faults of that name stand at the field. */
  field: string
  rule: z.ZodType<string, string>
  label: string
  hint?: string
  value?: string
  act: string
  send: (value: string) => Promise<Answer>
  onSent?: (answer: Answer) => void
  /** Above the field. */
  above?: ReactNode
  children: (control: ControlProps & UseFormRegisterReturn) => ReactNode
}

/** What most dialogs of an account are: one thing to type and one button. */
export function OneFieldForm<Answer>({ field, rule, label, hint, value = '', act, send, onSent, above, children }: Props<Answer>) {
  const form = useForm<{ value: string }>({ resolver: zodResolver(z.object({ value: rule })), defaultValues: { value } })
  const { problem, fail, clear } = useProblem(form, ['value'], (path) => (path === field ? 'value' : path))
  const save = useMutation({ mutationFn: send, onError: fail, ...(onSent === undefined ? {} : { onSuccess: onSent }) })
  return (
    <form
      noValidate
      className="flex flex-col gap-4"
      onSubmit={form.handleSubmit((values) => {
        clear()
        save.mutate(values.value)
      })}>
      {above}
      <Field label={label} hint={hint} error={form.formState.errors.value?.message} required>
        {(control) => children({ ...control, ...form.register('value') })}
      </Field>
      {problem === null ? null : <ErrorPanel problem={problem} />}
      <div className="flex justify-end">
        <Button type="submit" look="primary" busy={save.isPending}>
          {act}
        </Button>
      </div>
    </form>
  )
}

'use client'
import { zodResolver } from '@hookform/resolvers/zod'
import { useMutation } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { useForm, type DefaultValues, type FieldValues, type Path } from 'react-hook-form'
import type { z } from 'zod'
import { useProblem } from '../../_lib/use-problem.ts'
import { Button } from '../../_ui/button.tsx'
import { Field } from '../../_ui/field.tsx'
import { Input, PasswordInput } from '../../_ui/inputs.tsx'
import { AuthCard } from './auth-card.tsx'

export type AuthField<T> = {
  name: Path<T>
  label: string
  hint?: ReactNode
  /** `code`: pasted or typed once, digits or letters. */
  type?: 'text' | 'email' | 'password' | 'code'
  autoComplete: string
}

type AuthFormProps<T extends FieldValues, R> = {
  title: string
  intro?: ReactNode
  schema: z.ZodType<T, T>
  initial: DefaultValues<T>
  fields: ReadonlyArray<AuthField<T>>
  submit: string
  send: (values: T) => Promise<R>
  /** While it leads away, the button stays busy. */
  onDone: (result: R) => void
  /** Under the button. */
  children?: ReactNode
  below?: ReactNode
}

/** Every form of the pages around sign-in: one column, faults at their fields, the rest above. */
export function AuthForm<T extends FieldValues, R>(props: AuthFormProps<T, R>) {
  const { title, intro, schema, initial, fields, submit, send, onDone, children, below } = props
  const form = useForm<T, unknown, T>({ resolver: zodResolver(schema), defaultValues: initial })
  const { problem, fail, clear } = useProblem<T>(
    form,
    fields.map((field) => field.name),
  )
  const mutation = useMutation({ mutationFn: send, onSuccess: onDone, onError: fail })
  return (
    <AuthCard title={title} intro={intro} problem={problem} below={below}>
      <form
        noValidate
        className="flex flex-col gap-4"
        onSubmit={form.handleSubmit((values) => {
          clear()
          mutation.mutate(values)
        })}>
        {fields.map(({ name, label, hint, type = 'text', autoComplete }, index) => (
          <Field key={name} label={label} hint={hint} error={form.getFieldState(name, form.formState).error?.message} required>
            {(control) => {
              const shared = { ...control, ...form.register(name), autoComplete, autoFocus: index === 0 }
              if (type === 'password') return <PasswordInput {...shared} />
              return type === 'code' ? (
                <Input {...shared} mono spellCheck={false} autoCapitalize="none" />
              ) : (
                <Input {...shared} type={type} />
              )
            }}
          </Field>
        ))}
        <Button type="submit" look="primary" busy={mutation.isPending || mutation.isSuccess}>
          {submit}
        </Button>
      </form>
      {children}
    </AuthCard>
  )
}

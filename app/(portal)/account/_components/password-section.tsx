'use client'
import { zodResolver } from '@hookform/resolvers/zod'
import { useMutation } from '@tanstack/react-query'
import { useForm } from 'react-hook-form'
import { toast } from 'sonner'
import { z } from 'zod'
import { newPasswordRule } from '../../../_lib/form-rules.ts'
import { useTRPC } from '../../../_lib/trpc.tsx'
import { useProblem } from '../../../_lib/use-problem.ts'
import { Button } from '../../../_ui/button.tsx'
import { Field } from '../../../_ui/field.tsx'
import { PasswordInput } from '../../../_ui/inputs.tsx'
import { Panel, Section } from '../../../_ui/page.tsx'
import { ErrorPanel } from '../../../_ui/states.tsx'

const Schema = z.object({ current_password: z.string().min(1, 'Enter your present password.'), password: newPasswordRule })

export function PasswordSection({ email }: { email: string }) {
  const form = useForm<z.infer<typeof Schema>>({ resolver: zodResolver(Schema), defaultValues: { current_password: '', password: '' } })
  const { problem, fail, clear } = useProblem(form, ['current_password', 'password'])
  const change = useMutation(useTRPC().auth.changePassword.mutationOptions({ onError: fail, onSuccess: () => { form.reset(); toast('Password changed') } }))
  const { errors } = form.formState
  return (
    <Section title="Password">
      <Panel>
        <form noValidate className="grid gap-4 sm:grid-cols-2" onSubmit={form.handleSubmit((values) => { clear(); change.mutate(values) })}>
          <input type="email" readOnly hidden autoComplete="username" value={email} />
          <Field label="Present password" error={errors.current_password?.message} required>{(control) => <PasswordInput {...control} {...form.register('current_password')} autoComplete="current-password" />}</Field>
          <Field label="New password" hint="At least 10 characters. Other sessions are signed out." error={errors.password?.message} required>{(control) => <PasswordInput {...control} {...form.register('password')} autoComplete="new-password" />}</Field>
          {problem === null ? null : <ErrorPanel className="sm:col-span-2" problem={problem} />}
          <Button type="submit" className="w-max" busy={change.isPending}>Change password</Button>
        </form>
      </Panel>
    </Section>
  )
}

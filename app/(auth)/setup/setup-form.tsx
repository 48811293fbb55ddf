'use client'
import { zodResolver } from '@hookform/resolvers/zod'
import { useMutation } from '@tanstack/react-query'
import { useForm } from 'react-hook-form'
import { z } from 'zod'
import { emailRule, nameRule, newPasswordRule, requiredText } from '../../_lib/form-rules.ts'
import { paths } from '../../_lib/paths.ts'
import { useTRPC } from '../../_lib/trpc.tsx'
import { useProblem } from '../../_lib/use-problem.ts'
import { Button } from '../../_ui/button.tsx'
import { Field } from '../../_ui/field.tsx'
import { Input, PasswordInput } from '../../_ui/inputs.tsx'
import { AuthCard } from '../_components/auth-card.tsx'

const Schema = z.object({ code: requiredText('Enter the setup code.'), name: nameRule, email: emailRule, password: newPasswordRule })
type Values = z.infer<typeof Schema>

export function SetupForm({ code }: { code: string }) {
  const trpc = useTRPC()
  const form = useForm<Values>({ resolver: zodResolver(Schema), defaultValues: { code, name: '', email: '', password: '' } })
  const { problem, fail, clear } = useProblem(form, ['code', 'name', 'email', 'password'])
  const setup = useMutation(trpc.auth.setup.mutationOptions({ onSuccess: () => window.location.assign(paths.admin), onError: fail }))
  const { errors } = form.formState
  return (
    <AuthCard
      title="Set up the platform"
      intro="This console has no operator yet. The account you create here operates it: nodes, resellers, prices."
      problem={problem}>
      <form
        noValidate
        className="flex flex-col gap-4"
        onSubmit={form.handleSubmit((values) => {
          clear()
          setup.mutate(values)
        })}>
        <Field
          label="Setup code"
          hint={
            <>
              Printed in the terminal by <code>npm run up</code>. It works once.
            </>
          }
          error={errors.code?.message}
          required>
          {(control) => <Input {...control} {...form.register('code')} mono autoComplete="one-time-code" spellCheck={false} autoFocus />}
        </Field>
        <Field label="Your name" error={errors.name?.message} required>
          {(control) => <Input {...control} {...form.register('name')} autoComplete="name" />}
        </Field>
        <Field label="E-mail" error={errors.email?.message} required>
          {(control) => <Input {...control} {...form.register('email')} type="email" autoComplete="username" />}
        </Field>
        <Field label="Password" hint="At least 10 characters." error={errors.password?.message} required>
          {(control) => <PasswordInput {...control} {...form.register('password')} autoComplete="new-password" />}
        </Field>
        <Button type="submit" look="primary" busy={setup.isPending || setup.isSuccess}>
          Create operator account
        </Button>
      </form>
    </AuthCard>
  )
}

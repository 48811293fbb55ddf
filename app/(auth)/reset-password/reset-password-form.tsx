'use client'
import { zodResolver } from '@hookform/resolvers/zod'
import { useMutation } from '@tanstack/react-query'
import Link from 'next/link'
import { useForm } from 'react-hook-form'
import { z } from 'zod'
import { newPasswordRule } from '../../_lib/form-rules.ts'
import { paths } from '../../_lib/paths.ts'
import { useTRPC } from '../../_lib/trpc.tsx'
import { useProblem } from '../../_lib/use-problem.ts'
import { Button, ButtonLink } from '../../_ui/button.tsx'
import { Field } from '../../_ui/field.tsx'
import { PasswordInput } from '../../_ui/inputs.tsx'
import { AuthCard } from '../_components/auth-card.tsx'

const Schema = z.object({ password: newPasswordRule })

export function ResetPasswordForm({ token }: { token: string }) {
  const trpc = useTRPC()
  const form = useForm<z.infer<typeof Schema>>({ resolver: zodResolver(Schema), defaultValues: { password: '' } })
  const { problem, fail, clear } = useProblem(form, ['password'])
  const reset = useMutation(trpc.auth.resetPassword.mutationOptions({ onError: fail }))
  if (reset.isSuccess) {
    return (
      <AuthCard title="Password changed" intro="Every other session of your account was signed out.">
        <ButtonLink look="primary" href={paths.signIn}>
          Sign in
        </ButtonLink>
      </AuthCard>
    )
  }
  return (
    <AuthCard
      title="Set a new password"
      problem={problem}
      below={
        <Link className="link" href={paths.forgotPassword}>
          Ask for a new link
        </Link>
      }>
      <form
        noValidate
        className="flex flex-col gap-4"
        onSubmit={form.handleSubmit(({ password }) => {
          clear()
          reset.mutate({ token, password })
        })}>
        <Field
          label="New password"
          hint="At least 10 characters. All sessions are signed out."
          error={form.formState.errors.password?.message}
          required>
          {(control) => <PasswordInput {...control} {...form.register('password')} autoComplete="new-password" autoFocus />}
        </Field>
        <Button type="submit" look="primary" busy={reset.isPending}>
          Set password
        </Button>
      </form>
    </AuthCard>
  )
}

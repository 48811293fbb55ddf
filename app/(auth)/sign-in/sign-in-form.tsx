'use client'
import { zodResolver } from '@hookform/resolvers/zod'
import { useMutation } from '@tanstack/react-query'
import Link from 'next/link'
import { useForm } from 'react-hook-form'
import { z } from 'zod'
import { emailRule } from '../../_lib/form-rules.ts'
import { paths } from '../../_lib/paths.ts'
import { useTRPC } from '../../_lib/trpc.tsx'
import { useProblem } from '../../_lib/use-problem.ts'
import { Button } from '../../_ui/button.tsx'
import { Field } from '../../_ui/field.tsx'
import { Input, PasswordInput } from '../../_ui/inputs.tsx'
import { AuthCard } from '../_components/auth-card.tsx'

const Schema = z.object({ email: emailRule, password: z.string().min(1, 'Enter your password.') })
type Values = z.infer<typeof Schema>

export function SignInForm({ next }: { next: string }) {
  const trpc = useTRPC()
  const form = useForm<Values>({ resolver: zodResolver(Schema), defaultValues: { email: '', password: '' } })
  const { problem, fail, clear } = useProblem(form, ['email', 'password'])
  // A full load: the server renders the next page with the new session.
  const signIn = useMutation(trpc.auth.signIn.mutationOptions({ onSuccess: () => window.location.assign(next), onError: fail }))
  const { errors } = form.formState
  return (
    <AuthCard
      title="Sign in"
      problem={problem}
      below={
        <>
          No account yet?{' '}
          <Link className="link" href={paths.signUp}>
            Create one
          </Link>
        </>
      }>
      <form
        noValidate
        className="flex flex-col gap-4"
        onSubmit={form.handleSubmit((values) => {
          clear()
          signIn.mutate(values)
        })}>
        <Field label="E-mail" error={errors.email?.message} required>
          {(control) => <Input {...control} {...form.register('email')} type="email" autoComplete="username" autoFocus />}
        </Field>
        <Field label="Password" error={errors.password?.message} required>
          {(control) => <PasswordInput {...control} {...form.register('password')} autoComplete="current-password" />}
        </Field>
        <Button type="submit" look="primary" busy={signIn.isPending || signIn.isSuccess}>
          Sign in
        </Button>
        <Link className="link w-max text-13" href={paths.forgotPassword}>
          Forgot your password?
        </Link>
      </form>
    </AuthCard>
  )
}

'use client'
import { zodResolver } from '@hookform/resolvers/zod'
import { useMutation } from '@tanstack/react-query'
import Link from 'next/link'
import { useForm } from 'react-hook-form'
import { z } from 'zod'
import { emailRule, nameRule, newPasswordRule } from '../../_lib/form-rules.ts'
import { useBrand } from '../../_lib/org-context.tsx'
import { paths } from '../../_lib/paths.ts'
import { useTRPC } from '../../_lib/trpc.tsx'
import { useProblem } from '../../_lib/use-problem.ts'
import { Button } from '../../_ui/button.tsx'
import { Field } from '../../_ui/field.tsx'
import { Input, PasswordInput } from '../../_ui/inputs.tsx'
import { AuthCard } from '../_components/auth-card.tsx'
import { CheckMail } from '../_components/check-mail.tsx'

const Schema = z.object({ name: nameRule, email: emailRule, password: newPasswordRule })
type Values = z.infer<typeof Schema>

export function SignUpForm() {
  const trpc = useTRPC()
  const brand = useBrand()
  const form = useForm<Values>({ resolver: zodResolver(Schema), defaultValues: { name: '', email: '', password: '' } })
  const { problem, fail, clear } = useProblem(form, ['name', 'email', 'password'])
  const signUp = useMutation(trpc.auth.signUp.mutationOptions({ onError: fail }))
  const { errors } = form.formState
  if (signUp.isSuccess) return <CheckMail email={signUp.data.email} />
  return (
    <AuthCard
      title={`Create your ${brand.name} account`}
      problem={problem}
      below={
        <>
          Have an account?{' '}
          <Link className="link" href={paths.signIn}>
            Sign in
          </Link>
        </>
      }>
      <form
        noValidate
        className="flex flex-col gap-4"
        onSubmit={form.handleSubmit((values) => {
          clear()
          signUp.mutate(values)
        })}>
        <Field label="Your name" error={errors.name?.message} required>
          {(control) => <Input {...control} {...form.register('name')} autoComplete="name" autoFocus />}
        </Field>
        <Field label="E-mail" error={errors.email?.message} required>
          {(control) => <Input {...control} {...form.register('email')} type="email" autoComplete="username" />}
        </Field>
        <Field label="Password" hint="At least 10 characters. A short sentence works well." error={errors.password?.message} required>
          {(control) => <PasswordInput {...control} {...form.register('password')} autoComplete="new-password" />}
        </Field>
        <Button type="submit" look="primary" busy={signUp.isPending}>
          Create account
        </Button>
      </form>
    </AuthCard>
  )
}

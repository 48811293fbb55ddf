'use client'
import { zodResolver } from '@hookform/resolvers/zod'
import { useMutation } from '@tanstack/react-query'
import Link from 'next/link'
import { useForm } from 'react-hook-form'
import { z } from 'zod'
import { emailRule } from '../../_lib/form-rules.ts'
import { useBrand } from '../../_lib/org-context.tsx'
import { paths } from '../../_lib/paths.ts'
import { useTRPC } from '../../_lib/trpc.tsx'
import { useProblem } from '../../_lib/use-problem.ts'
import { Button, ButtonLink } from '../../_ui/button.tsx'
import { Field } from '../../_ui/field.tsx'
import { Input } from '../../_ui/inputs.tsx'
import { AuthCard } from '../_components/auth-card.tsx'

const Schema = z.object({ email: emailRule })

export function ForgotPasswordForm() {
  const trpc = useTRPC()
  const brand = useBrand()
  const form = useForm<z.infer<typeof Schema>>({ resolver: zodResolver(Schema), defaultValues: { email: '' } })
  const { problem, fail, clear } = useProblem(form, ['email'])
  const request = useMutation(trpc.auth.requestPasswordReset.mutationOptions({ onError: fail }))
  const back = (
    <Link className="link" href={paths.signIn}>
      Back to sign in
    </Link>
  )
  if (request.isSuccess) {
    return (
      <AuthCard
        title="Check your mail"
        intro="If an account has this address, a link to set a new password is on its way. It is valid for one hour."
        below={back}>
        {brand.mode === 'sandbox' ? <ButtonLink href={paths.sandboxMail}>Open test mail</ButtonLink> : null}
      </AuthCard>
    )
  }
  return (
    <AuthCard title="Forgot your password" intro="We send a link to set a new one." problem={problem} below={back}>
      <form
        noValidate
        className="flex flex-col gap-4"
        onSubmit={form.handleSubmit((values) => {
          clear()
          request.mutate(values)
        })}>
        <Field label="E-mail" error={form.formState.errors.email?.message} required>
          {(control) => <Input {...control} {...form.register('email')} type="email" autoComplete="username" autoFocus />}
        </Field>
        <Button type="submit" look="primary" busy={request.isPending}>
          Send the link
        </Button>
      </form>
    </AuthCard>
  )
}

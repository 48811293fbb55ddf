'use client'
import { zodResolver } from '@hookform/resolvers/zod'
import { useMutation } from '@tanstack/react-query'
import { useForm } from 'react-hook-form'
import { z } from 'zod'
import { nameRule, newPasswordRule } from '../../_lib/form-rules.ts'
import { useTRPC } from '../../_lib/trpc.tsx'
import { useProblem } from '../../_lib/use-problem.ts'
import { Button } from '../../_ui/button.tsx'
import { Field } from '../../_ui/field.tsx'
import { Input, PasswordInput } from '../../_ui/inputs.tsx'
import { ErrorPanel } from '../../_ui/states.tsx'
import type { InvitationOffer } from './offer.ts'

const Schema = z.object({ name: nameRule, password: newPasswordRule })
type Values = z.infer<typeof Schema>
type Joined = { organization: { slug: string } }

/** No address is asked for: the mail has proven it. */
export function JoinBySignUp({ token, offer, onDone }: { token: string; offer: InvitationOffer; onDone: (joined: Joined) => void }) {
  const form = useForm<Values>({ resolver: zodResolver(Schema), defaultValues: { name: '', password: '' } })
  const { problem, fail, clear } = useProblem(form, ['name', 'password'])
  const join = useMutation(useTRPC().invitations.signUp.mutationOptions({ onSuccess: onDone, onError: fail }))
  const { errors } = form.formState
  return (
    <form
      noValidate
      className="flex flex-col gap-4"
      onSubmit={form.handleSubmit((values) => {
        clear()
        join.mutate({ token, ...values })
      })}>
      {problem === null ? null : <ErrorPanel problem={problem} />}
      <input type="hidden" name="username" autoComplete="username" value={offer.email} readOnly />
      <Field label="Your name" error={errors.name?.message} required>
        {(control) => <Input {...control} {...form.register('name')} autoComplete="name" autoFocus />}
      </Field>
      <Field label="Password" hint="At least 10 characters. A short sentence works well." error={errors.password?.message} required>
        {(control) => <PasswordInput {...control} {...form.register('password')} autoComplete="new-password" />}
      </Field>
      <Button type="submit" look="primary" busy={join.isPending || join.isSuccess}>
        Create account and join
      </Button>
    </form>
  )
}

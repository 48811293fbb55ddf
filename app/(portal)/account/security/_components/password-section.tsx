'use client'
import { zodResolver } from '@hookform/resolvers/zod'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useForm } from 'react-hook-form'
import { toast } from 'sonner'
import { z } from 'zod'
import { newPasswordRule } from '../../../../_lib/form-rules.ts'
import { useTRPC } from '../../../../_lib/trpc.tsx'
import { useProblem } from '../../../../_lib/use-problem.ts'
import type { AccountSecurity } from '../../../../_lib/wire.ts'
import { Button } from '../../../../_ui/button.tsx'
import { Dialog } from '../../../../_ui/dialog.tsx'
import { Field } from '../../../../_ui/field.tsx'
import { PasswordInput } from '../../../../_ui/inputs.tsx'
import { Panel, Section } from '../../../../_ui/page.tsx'
import { ErrorPanel } from '../../../../_ui/states.tsx'
import { TimeAgo } from '../../../../_ui/time.tsx'

const Schema = z.object({ password: newPasswordRule })

function ChangeForm({ onDone }: { onDone: () => void }) {
  const trpc = useTRPC()
  const form = useForm<z.infer<typeof Schema>>({ resolver: zodResolver(Schema), defaultValues: { password: '' } })
  const { problem, fail, clear } = useProblem(form, ['password'])
  const change = useMutation(trpc.account.changePassword.mutationOptions({ onSuccess: onDone, onError: fail }))
  return (
    <form
      noValidate
      className="flex flex-col gap-4"
      onSubmit={form.handleSubmit((values) => {
        clear()
        change.mutate(values)
      })}>
      <Field
        label="New password"
        hint="At least 10 characters. A short sentence works well."
        error={form.formState.errors.password?.message}
        required>
        {(control) => <PasswordInput {...control} {...form.register('password')} autoComplete="new-password" autoFocus />}
      </Field>
      {problem === null ? null : <ErrorPanel problem={problem} />}
      <div className="flex justify-end">
        <Button type="submit" look="primary" busy={change.isPending}>
          Set password
        </Button>
      </div>
    </form>
  )
}

export function PasswordSection({ password, onChanged }: { password: AccountSecurity['password']; onChanged: () => void }) {
  const [open, setOpen] = useState(false)
  const done = () => {
    setOpen(false)
    toast('Password changed', { description: 'Every other session was signed out.' })
    onChanged()
  }
  return (
    <Section title="Password">
      <Panel className="flex flex-wrap items-center justify-between gap-3">
        <span className="text-muted">
          {password.changed_at === null ? 'You sign in without a password.' : <>Last changed <TimeAgo value={password.changed_at} />.</>}
        </span>
        <Button size="sm" onClick={() => setOpen(true)}>
          {password.set ? 'Change password' : 'Set a password'}
        </Button>
      </Panel>
      <Dialog open={open} onOpenChange={setOpen} title="Change password" description="Every other session of your account is signed out.">
        <ChangeForm onDone={done} />
      </Dialog>
    </Section>
  )
}

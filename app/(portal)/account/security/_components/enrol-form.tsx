'use client'
import { zodResolver } from '@hookform/resolvers/zod'
import { useMutation } from '@tanstack/react-query'
import { useMemo } from 'react'
import { useForm } from 'react-hook-form'
import { renderSVG } from 'uqr'
import { z } from 'zod'
import { requiredText } from '../../../../_lib/form-rules.ts'
import { useTRPC } from '../../../../_lib/trpc.tsx'
import { useProblem } from '../../../../_lib/use-problem.ts'
import { Button } from '../../../../_ui/button.tsx'
import { Code } from '../../../../_ui/copy.tsx'
import { Field } from '../../../../_ui/field.tsx'
import { Input } from '../../../../_ui/inputs.tsx'
import { ErrorPanel } from '../../../../_ui/states.tsx'

const Schema = z.object({ code: requiredText('Enter the code your app shows.') })

type Props = { enrolment: { secret: string; uri: string }; onDone: (codes: string[] | null) => void }

export function EnrolForm({ enrolment, onDone }: Props) {
  const trpc = useTRPC()
  const form = useForm<z.infer<typeof Schema>>({ resolver: zodResolver(Schema), defaultValues: { code: '' } })
  const { problem, fail, clear } = useProblem(form, ['code'])
  const confirm = useMutation(
    trpc.account.confirmTotp.mutationOptions({ onSuccess: ({ recovery_codes: codes }) => onDone(codes), onError: fail }),
  )
  const picture = useMemo(() => `data:image/svg+xml,${encodeURIComponent(renderSVG(enrolment.uri, { border: 2 }))}`, [enrolment.uri])
  return (
    <form
      noValidate
      className="flex flex-col gap-4"
      onSubmit={form.handleSubmit((values) => {
        clear()
        confirm.mutate(values)
      })}>
      <img src={picture} alt="Picture with the secret, for the camera of your phone" className="mx-auto size-48 rounded-inner bg-white" />
      <div className="text-13 text-muted">
        No camera? Enter this key in the app: <Code copy>{enrolment.secret}</Code>
      </div>
      <Field label="Code" hint="Six digits; they change every 30 seconds." error={form.formState.errors.code?.message} required>
        {(control) => (
          <Input {...control} {...form.register('code')} mono inputMode="numeric" autoComplete="one-time-code" autoFocus className="max-w-40" />
        )}
      </Field>
      {problem === null ? null : <ErrorPanel problem={problem} />}
      <div className="flex justify-end">
        <Button type="submit" look="primary" busy={confirm.isPending}>
          Turn on
        </Button>
      </div>
    </form>
  )
}

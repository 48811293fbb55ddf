'use client'
import { zodResolver } from '@hookform/resolvers/zod'
import { useMutation } from '@tanstack/react-query'
import { useForm } from 'react-hook-form'
import { z } from 'zod'
import { PasskeyName } from '../../../../../server/contract/sign-in.ts'
import { useProblem } from '../../../../_lib/use-problem.ts'
import { Button } from '../../../../_ui/button.tsx'
import { Field } from '../../../../_ui/field.tsx'
import { Input } from '../../../../_ui/inputs.tsx'
import { ErrorPanel } from '../../../../_ui/states.tsx'

const Schema = z.object({ name: PasskeyName })

type Props = { name: string; act: string; send: (name: string) => Promise<void> }

export function PasskeyNameForm({ name, act, send }: Props) {
  const form = useForm<z.infer<typeof Schema>>({ resolver: zodResolver(Schema), defaultValues: { name } })
  const { problem, fail, clear } = useProblem(form, ['name'])
  const save = useMutation({ mutationFn: send, onError: fail })
  return (
    <form
      noValidate
      className="flex flex-col gap-4"
      onSubmit={form.handleSubmit((values) => {
        clear()
        save.mutate(values.name)
      })}>
      <Field label="Name" hint="For example: work laptop, blue security key." error={form.formState.errors.name?.message} required>
        {(control) => <Input {...control} {...form.register('name')} autoComplete="off" autoFocus />}
      </Field>
      {problem === null ? null : <ErrorPanel problem={problem} />}
      <div className="flex justify-end">
        <Button type="submit" look="primary" busy={save.isPending}>
          {act}
        </Button>
      </div>
    </form>
  )
}

'use client'
import { zodResolver } from '@hookform/resolvers/zod'
import { useMutation } from '@tanstack/react-query'
import { useForm } from 'react-hook-form'
import { z } from 'zod'
import { UserCode } from '../../../../server/contract/device.ts'
import { useProblem } from '../../../_lib/use-problem.ts'
import type { DeviceRequest } from '../../../_lib/wire.ts'
import { Button } from '../../../_ui/button.tsx'
import { Field } from '../../../_ui/field.tsx'
import { Input } from '../../../_ui/inputs.tsx'
import { ErrorPanel } from '../../../_ui/states.tsx'

const Schema = z.object({ user_code: UserCode })
type FormProps = { code: string; find: (code: string) => Promise<DeviceRequest>; onFound: (request: DeviceRequest) => void }

export function CodeForm({ code, find, onFound }: FormProps) {
  const form = useForm<z.input<typeof Schema>, unknown, z.output<typeof Schema>>({ resolver: zodResolver(Schema), defaultValues: { user_code: code } })
  const { problem, fail, clear } = useProblem(form, ['user_code'])
  const finding = useMutation({ mutationFn: find, onError: fail, onSuccess: onFound })
  return (
    <form
      noValidate
      className="flex flex-col gap-5"
      onSubmit={form.handleSubmit(({ user_code: userCode }) => {
        clear()
        finding.mutate(userCode)
      })}>
      <Field label="Code" hint="The program shows it. Compare it if it is filled in here already." error={form.formState.errors.user_code?.message} required>
        {(control) => (
          <Input {...control} {...form.register('user_code')} mono autoFocus autoComplete="off" autoCapitalize="characters" spellCheck={false} placeholder="BCDF-GHJK" className="tracking-widest uppercase placeholder:normal-case" />
        )}
      </Field>
      {problem === null ? null : <ErrorPanel problem={problem} />}
      <Button type="submit" look="primary" busy={finding.isPending}>
        Continue
      </Button>
    </form>
  )
}

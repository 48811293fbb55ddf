'use client'
import { zodResolver } from '@hookform/resolvers/zod'
import { useMutation } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { useForm } from 'react-hook-form'
import { toast } from 'sonner'
import { z } from 'zod'
import { nameRule } from '../../../_lib/form-rules.ts'
import { useTRPC } from '../../../_lib/trpc.tsx'
import { useProblem } from '../../../_lib/use-problem.ts'
import { Button } from '../../../_ui/button.tsx'
import { Field } from '../../../_ui/field.tsx'
import { Input } from '../../../_ui/inputs.tsx'
import { Panel } from '../../../_ui/page.tsx'
import { ErrorPanel } from '../../../_ui/states.tsx'

const Schema = z.object({ name: nameRule })

export function NameForm({ name, onSaved }: { name: string; onSaved: (name: string) => void }) {
  const trpc = useTRPC()
  const router = useRouter()
  const form = useForm<z.infer<typeof Schema>>({ resolver: zodResolver(Schema), values: { name } })
  const { problem, fail, clear } = useProblem(form, ['name'])
  const save = useMutation(
    trpc.account.update.mutationOptions({
      onSuccess: (user) => {
        onSaved(user.name)
        toast('Name saved')
        router.refresh()
      },
      onError: fail,
    }),
  )
  return (
    <Panel>
      <form
        noValidate
        className="flex flex-col gap-4"
        onSubmit={form.handleSubmit((values) => {
          clear()
          save.mutate(values)
        })}>
        <Field label="Your name" error={form.formState.errors.name?.message} required>
          {(control) => <Input {...control} {...form.register('name')} autoComplete="name" className="max-w-100" />}
        </Field>
        {problem === null ? null : <ErrorPanel problem={problem} />}
        <Button type="submit" className="w-max" busy={save.isPending} disabled={!form.formState.isDirty}>
          {form.formState.isDirty ? 'Save name' : 'Saved'}
        </Button>
      </form>
    </Panel>
  )
}

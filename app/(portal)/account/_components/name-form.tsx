'use client'
import { zodResolver } from '@hookform/resolvers/zod'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { useForm } from 'react-hook-form'
import { toast } from 'sonner'
import { z } from 'zod'
import { nameRule } from '../../../_lib/form-rules.ts'
import { useTRPC } from '../../../_lib/trpc.tsx'
import { intoForm, useMeanwhile } from '../../../_lib/use-meanwhile.tsx'
import { useProblem } from '../../../_lib/use-problem.ts'
import type { Viewer } from '../../../_lib/wire.ts'
import { Button } from '../../../_ui/button.tsx'
import { Field } from '../../../_ui/field.tsx'
import { Input } from '../../../_ui/inputs.tsx'
import { Panel } from '../../../_ui/page.tsx'
import { ErrorPanel } from '../../../_ui/states.tsx'

const Schema = z.object({ name: nameRule })
const formOf = ({ name }: { name: string }) => ({ name })

export function NameForm({ user }: { user: Viewer['user'] }) {
  const trpc = useTRPC()
  const client = useQueryClient()
  const router = useRouter()
  const form = useForm<z.infer<typeof Schema>>({ resolver: zodResolver(Schema), defaultValues: formOf(user) })
  const { problem, fail, clear } = useProblem(form, ['name'])
  const meanwhile = useMeanwhile<Pick<Viewer['user'], 'name' | 'etag'>, { name: string }>(user, {
    what: 'Your name', labels: { name: 'Name' }, formOf, mine: form.getValues, take: intoForm(form),
    read: async () => (await client.fetchQuery(trpc.auth.me.queryOptions({}))).user,
  })
  const save = useMutation(
    trpc.account.update.mutationOptions({
      onSuccess: (saved) => {
        meanwhile.saved(saved)
        form.reset(formOf(saved))
        toast('Name saved')
        router.refresh()
      },
      onError: (error) => void (meanwhile.caught(error) || fail(error)),
    }),
  )
  return (
    <Panel>
      <form
        noValidate
        className="flex flex-col gap-4"
        onSubmit={form.handleSubmit((values) => {
          clear()
          save.mutate({ ...values, if_match: meanwhile.ifMatch })
        })}>
        <Field label="Your name" error={form.formState.errors.name?.message} required>
          {(control) => <Input {...control} {...form.register('name')} autoComplete="name" className="max-w-100" />}
        </Field>
        {problem === null ? null : <ErrorPanel problem={problem} />}
        {meanwhile.panel}
        <Button type="submit" className="w-max" busy={save.isPending} disabled={!form.formState.isDirty || meanwhile.isStale}>
          {form.formState.isDirty ? 'Save name' : 'Saved'}
        </Button>
      </form>
    </Panel>
  )
}

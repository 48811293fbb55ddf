'use client'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useForm } from 'react-hook-form'
import { toast } from 'sonner'
import { MAX_SLEEP_MINUTES } from '../../../../../../server/contract/app.ts'
import { useTRPC } from '../../../../../_lib/trpc.tsx'
import { intoForm, useMeanwhile } from '../../../../../_lib/use-meanwhile.tsx'
import { useProblem } from '../../../../../_lib/use-problem.ts'
import type { AppDetail } from '../../../../../_lib/wire.ts'
import { Button } from '../../../../../_ui/button.tsx'
import { Field } from '../../../../../_ui/field.tsx'
import { Input } from '../../../../../_ui/inputs.tsx'
import { Panel, Section } from '../../../../../_ui/page.tsx'
import { ErrorPanel } from '../../../../../_ui/states.tsx'

type Values = { sleep_after_minutes: string }
type Tagged = AppDetail & { etag: string }
const tagged = (app: AppDetail): Tagged => ({ ...app, etag: String(app.version) })
const valuesOf = (app: Pick<AppDetail, 'sleep_after_minutes'>): Values => ({ sleep_after_minutes: app.sleep_after_minutes === null ? '' : String(app.sleep_after_minutes) })

const isMinutes = (text: string): true | string =>
  text.trim() === '' || (/^\d+$/.test(text.trim()) && Number(text) >= 1 && Number(text) <= MAX_SLEEP_MINUTES) || `Enter 1 to ${MAX_SLEEP_MINUTES} minutes, or nothing for never.`

/** Saving starts a deployment: an instance knows from its start on when it may sleep. */
export function SleepForm({ app, refused }: { app: AppDetail; refused: string | null }) {
  const trpc = useTRPC()
  const client = useQueryClient()
  const form = useForm<Values>({ defaultValues: valuesOf(app) })
  const { problem, fail, clear } = useProblem(form, ['sleep_after_minutes'])
  const meanwhile = useMeanwhile<Tagged, Values>(tagged(app), {
    what: 'The app', labels: { sleep_after_minutes: 'Sleep after' }, formOf: valuesOf, mine: form.getValues, take: intoForm(form),
    read: async () => tagged(await client.fetchQuery(trpc.apps.get.queryOptions({ organization_id: app.organization_id, app_id: app.id }))),
  })
  const save = useMutation(trpc.apps.update.mutationOptions({
    onError: (error) => void (meanwhile.caught(error) || fail(error)),
    onSuccess: async (saved) => {
      toast(saved.sleep_after_minutes === null ? `${app.name} stays awake` : `${app.name} sleeps after ${saved.sleep_after_minutes} min without requests`)
      meanwhile.saved({ ...app, ...saved, etag: String(saved.version) })
      form.reset(valuesOf(saved))
      await client.invalidateQueries({ queryKey: trpc.apps.pathKey() })
    },
  }))
  return (
    <Section title="Sleep" hint="An idle app gives its memory back. The next request waits a moment while it wakes where it left off. Saving starts a deployment.">
      <Panel>
        <form noValidate className="flex flex-col gap-5" onSubmit={form.handleSubmit((values) => {
          clear()
          const text = values.sleep_after_minutes.trim()
          save.mutate({ organization_id: app.organization_id, app_id: app.id, if_match: meanwhile.ifMatch, sleep_after_minutes: text === '' ? null : Number(text) })
        })}>
          <Field
            label="Sleep after"
            hint="Minutes without requests, open connections, commands and terminals. Empty: never. Health checks do not count; any visitor wakes it, robots too."
            error={form.formState.errors.sleep_after_minutes?.message}>
            {(control) => (
              <div className="max-w-40">
                <Input {...control} {...form.register('sleep_after_minutes', { validate: isMinutes })} after="min" inputMode="numeric" autoComplete="off" disabled={refused !== null} />
              </div>
            )}
          </Field>
          {problem === null ? null : <ErrorPanel problem={problem} />}
          {meanwhile.panel}
          <div className="flex justify-end">
            <Button type="submit" look="primary" disabled={refused !== null || meanwhile.isStale || !form.formState.isDirty} title={refused ?? undefined} busy={save.isPending}>Save sleep</Button>
          </div>
        </form>
      </Panel>
    </Section>
  )
}

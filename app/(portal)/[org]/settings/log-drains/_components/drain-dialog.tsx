'use client'
import { zodResolver } from '@hookform/resolvers/zod'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useForm, type UseFormReturn } from 'react-hook-form'
import { toast } from 'sonner'
import { z } from 'zod'
import { requiredText } from '../../../../../_lib/form-rules.ts'
import { useOrg } from '../../../../../_lib/org-context.tsx'
import { useTRPC } from '../../../../../_lib/trpc.tsx'
import { useProblem } from '../../../../../_lib/use-problem.ts'
import type { Drain } from '../../../../../_lib/wire.ts'
import { Button } from '../../../../../_ui/button.tsx'
import { Checkbox } from '../../../../../_ui/choices.tsx'
import { Dialog } from '../../../../../_ui/dialog.tsx'
import { Field } from '../../../../../_ui/field.tsx'
import { Input, Select } from '../../../../../_ui/inputs.tsx'
import { ErrorPanel } from '../../../../../_ui/states.tsx'
import { HeaderRows, headersOf, type HeaderRow } from '../../webhooks/_components/header-rows.tsx'
import { LOG_LEVELS } from '../../../../../../server/contract/log.ts'

const Schema = z.object({
  name: requiredText('Enter a name.'), kind: z.enum(['loki', 'http']), url: requiredText('Enter an address like https://logs.example.com.'), level: z.enum(LOG_LEVELS),
  app_id: z.string(),
})
type Fields = z.infer<typeof Schema>

const KINDS = [{ value: 'loki', label: 'Loki' }, { value: 'http', label: 'JSON lines over HTTP' }]
const LEVELS = [
  { value: 'debug', label: 'Every line' }, { value: 'info', label: 'All but debug' }, { value: 'warn', label: 'Warnings and errors' }, { value: 'error', label: 'Errors' },
]

/** What is chosen once: kind and app. */
function Fixed({ form }: { form: UseFormReturn<Fields> }) {
  const { org } = useOrg()
  const apps = useQuery(useTRPC().apps.list.queryOptions({ organization_id: org.id, limit: 100 }))
  return (
    <>
      <Field label="Kind">{(control) => <Select {...control} {...form.register('kind')} options={KINDS} />}</Field>
      <Field label="App" error={form.formState.errors.app_id?.message}>
        {(control) => (
          <Select {...control} {...form.register('app_id')} options={[{ value: '', label: 'Every app' }, ...(apps.data?.data ?? []).map(({ id, name }) => ({ value: id, label: name }))]} />
        )}
      </Field>
    </>
  )
}

function useSave(drain: Drain | null, form: UseFormReturn<Fields>, rows: HeaderRow[] | null, onClose: () => void) {
  const { org } = useOrg()
  const trpc = useTRPC()
  const client = useQueryClient()
  const { problem, fail, clear } = useProblem(form, ['name', 'kind', 'url', 'level', 'app_id'])
  const done = (word: string) => ({
    onError: fail,
    onSuccess: () => {
      toast(word)
      void client.invalidateQueries(trpc.logDrains.pathFilter())
      onClose()
    },
  })
  const create = useMutation(trpc.logDrains.create.mutationOptions(done('Drain added')))
  const update = useMutation(trpc.logDrains.update.mutationOptions(done('Drain changed')))
  const save = ({ kind, app_id, ...values }: Fields) => {
    clear()
    const headers = rows === null ? {} : { headers: headersOf(rows) }
    if (drain === null) create.mutate({ organization_id: org.id, kind, ...values, ...headers, ...(app_id === '' ? {} : { app_id }) })
    else update.mutate({ organization_id: org.id, drain_id: drain.id, ...values, ...headers })
  }
  return { save, problem, busy: create.isPending || update.isPending }
}

function DrainForm({ drain, onClose }: { drain: Drain | null; onClose: () => void }) {
  const [rows, setRows] = useState<HeaderRow[] | null>(drain === null ? [] : null)
  const form = useForm<Fields>({
    resolver: zodResolver(Schema),
    defaultValues: drain === null ? { name: '', kind: 'loki', url: '', level: 'debug', app_id: '' } : { name: drain.name, kind: drain.kind, url: drain.url, level: drain.level, app_id: '' },
  })
  const { save, problem, busy } = useSave(drain, form, rows, onClose)
  const { errors } = form.formState
  return (
    <form noValidate className="flex flex-col gap-5" onSubmit={form.handleSubmit(save)}>
      <Field label="Name" error={errors.name?.message} required>
        {(control) => <Input {...control} {...form.register('name')} autoComplete="off" placeholder="Our Loki" />}
      </Field>
      {drain === null ? <Fixed form={form} /> : null}
      <Field label="Address" hint="A public https address. Of Loki the server's is enough; redirects are not followed." error={errors.url?.message} required>
        {(control) => <Input {...control} {...form.register('url')} type="url" inputMode="url" mono autoComplete="off" placeholder="https://loki.example.com" />}
      </Field>
      <Field label="Lines">{(control) => <Select {...control} {...form.register('level')} options={LEVELS} />}</Field>
      {drain === null ? null : (
        <Checkbox
          checked={rows !== null}
          onChange={(on) => setRows(on ? [] : null)}
          label="Replace your own headers"
          hint={drain.header_names.length === 0 ? 'None are sent now.' : `Sent now: ${drain.header_names.join(', ')}.`}
        />
      )}
      {rows === null ? null : <HeaderRows rows={rows} onChange={setRows} />}
      {problem === null ? null : <ErrorPanel problem={problem} />}
      <div className="flex flex-wrap justify-end gap-2">
        <Button onClick={onClose}>Cancel</Button>
        <Button type="submit" look="primary" busy={busy}>
          {drain === null ? 'Add it' : 'Save'}
        </Button>
      </div>
    </form>
  )
}

export function DrainDialog({ drain, open, onOpenChange }: { drain: Drain | null; open: boolean; onOpenChange: (open: boolean) => void }) {
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title={drain === null ? 'Add a log drain' : 'Change the log drain'}>
      <DrainForm drain={drain} onClose={() => onOpenChange(false)} />
    </Dialog>
  )
}

'use client'
import { zodResolver } from '@hookform/resolvers/zod'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { useForm, type Control } from 'react-hook-form'
import { toast } from 'sonner'
import type { z } from 'zod'
import { useOrg } from '../../../../../_lib/org-context.tsx'
import { paths } from '../../../../../_lib/paths.ts'
import { useTRPC } from '../../../../../_lib/trpc.tsx'
import { useProblem } from '../../../../../_lib/use-problem.ts'
import type { AppDetail, Size } from '../../../../../_lib/wire.ts'
import { Button } from '../../../../../_ui/button.tsx'
import { Field } from '../../../../../_ui/field.tsx'
import { Input } from '../../../../../_ui/inputs.tsx'
import { ErrorPanel } from '../../../../../_ui/states.tsx'
import { Banner } from '../../../../../_ui/status.tsx'
import { CountField, EnvField, NetworkFields, SizeField } from '../../_components/app-fields.tsx'
import { AppSpec, toSpec, type AppSpecForm } from '../../_components/app-form-rules.ts'
import { deployLabel } from '../../_components/new-app-form.tsx'

export function AppSettingsForm({ app: latest, sizes }: { app: AppDetail; sizes: readonly Size[] }) {
  const { org } = useOrg()
  const trpc = useTRPC()
  const client = useQueryClient()
  const router = useRouter()
  // What the person began to edit; the page around it keeps refreshing.
  const [app] = useState(latest)
  const form = useForm<AppSpecForm, unknown, z.output<typeof AppSpec>>({
    resolver: zodResolver(AppSpec),
    defaultValues: { image: app.image, size: app.size.id, replicas: app.replicas.desired, port: app.port === null ? '' : String(app.port), health_path: app.health_path ?? '', env: app.env },
  })
  const { problem, fail, clear } = useProblem(form, ['image', 'size', 'replicas', 'port', 'health_path', 'env'])
  const update = useMutation(trpc.apps.update.mutationOptions({
    onError: fail,
    onSuccess: ({ deployment_id }) => {
      void client.invalidateQueries({ queryKey: trpc.apps.pathKey() })
      if (deployment_id === null) toast('Saved; nothing had to be deployed')
      else router.push(paths.deployment(org.slug, app.name, deployment_id))
    },
  }))
  const { errors, isDirty } = form.formState
  const [sizeId, replicas] = form.watch(['size', 'replicas'])
  const shared = { register: form.register, control: form.control as unknown as Control<AppSpecForm>, errors }
  return (
    <form noValidate className="flex flex-col gap-6 rounded-box border border-line bg-surface p-4 sm:p-5" onSubmit={form.handleSubmit((values) => { clear(); update.mutate({ app_id: app.id, etag: app.etag, ...toSpec(values) }) })}>
      <Field label="Image" error={errors.image?.message} required>
        {(control) => <Input {...control} {...form.register('image')} mono spellCheck={false} autoCapitalize="off" autoComplete="off" />}
      </Field>
      <SizeField {...shared} sizes={sizes} />
      <CountField {...shared} />
      <NetworkFields {...shared} />
      <EnvField {...shared} />
      {problem === null ? null : <ErrorPanel problem={problem} />}
      <div className="flex flex-wrap items-center gap-3 border-t border-line pt-4">
        <Button type="submit" look="primary" disabled={!isDirty} busy={update.isPending}>{isDirty ? deployLabel(sizes.find((one) => one.id === sizeId), Number(replicas)) : 'No change yet'}</Button>
        {isDirty ? <Button look="quiet" onClick={() => { form.reset(); clear() }}>Discard changes</Button> : null}
      </div>
      {app.status === 'stopped' && isDirty ? <Banner tone="info">The app is stopped: the change takes effect when you start it.</Banner> : null}
    </form>
  )
}

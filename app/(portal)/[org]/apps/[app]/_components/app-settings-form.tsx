'use client'
import { zodResolver } from '@hookform/resolvers/zod'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import Link from 'next/link'
import { useRouter } from 'next/navigation'
import { useEffect, useState } from 'react'
import { useForm, type Control } from 'react-hook-form'
import { toast } from 'sonner'
import type { z } from 'zod'
import { useOrg } from '../../../../../_lib/org-context.tsx'
import { paths } from '../../../../../_lib/paths.ts'
import { presetOf, presetsFor } from '../../../../../_lib/sizes.ts'
import { toProblem } from '../../../../../_lib/problem.ts'
import { useTRPC } from '../../../../../_lib/trpc.tsx'
import { useProblem } from '../../../../../_lib/use-problem.ts'
import { useSizePrices } from '../../../../../_lib/use-size-prices.ts'
import type { AppDetail } from '../../../../../_lib/wire.ts'
import { Button } from '../../../../../_ui/button.tsx'
import { ChangedMeanwhile } from '../../../../../_ui/changed-meanwhile.tsx'
import { Field } from '../../../../../_ui/field.tsx'
import { Input } from '../../../../../_ui/inputs.tsx'
import { ErrorPanel } from '../../../../../_ui/states.tsx'
import { Banner } from '../../../../../_ui/status.tsx'
import { CountField, EnvField, NetworkFields, SizeField } from '../../_components/app-fields.tsx'
import { AppSpec, envEntries, envPatch, formPath, portOf, type AppSpecForm } from '../../_components/app-form-rules.ts'
import { deployLabel } from '../../_components/new-app-form.tsx'
import { formOf, mergeSpec } from '../../_components/spec-merge.ts'

/** Only what differs is sent: each field sent starts a new release. */
function changesOf(app: AppDetail, values: z.output<typeof AppSpec>) {
  const { cpu, memory, disk } = presetsFor(app.resources).find((one) => one.id === values.size) ?? app.resources
  const path = values.health_path === '' ? null : values.health_path
  const env = envPatch(envEntries(app.env), values.env)
  return {
    organization_id: app.organization_id,
    app_id: app.id,
    if_match: String(app.version),
    ...(values.image === app.image ? {} : { image: values.image }),
    ...(values.replicas === app.replicas.desired ? {} : { replicas: values.replicas }),
    ...(portOf(values.port) === app.port ? {} : { port: portOf(values.port) }),
    ...(presetOf(app.resources) === values.size ? {} : { resources: { cpu, memory, disk } }),
    ...(path === app.health_check.path ? {} : { health_check: { ...app.health_check, path } }),
    ...(Object.keys(env).length === 0 ? {} : { env }),
  }
}

export function AppSettingsForm({ app: latest }: { app: AppDetail }) {
  const { org } = useOrg()
  const trpc = useTRPC()
  const client = useQueryClient()
  const router = useRouter()
  // What the person began to edit; the page around it keeps refreshing.
  const [app, setApp] = useState(latest)
  const sizes = presetsFor(app.resources)
  const prices = useSizePrices(sizes)
  const form = useForm<AppSpecForm, unknown, z.output<typeof AppSpec>>({
    resolver: zodResolver(AppSpec),
    defaultValues: formOf(app),
  })
  const { problem, fail, clear } = useProblem(form, ['image', 'size', 'replicas', 'port', 'health_path', 'env'], (path) =>
    formPath(path, form.getValues('env')),
  )
  const update = useMutation(
    trpc.apps.update.mutationOptions({
      onError: (error) => {
        // Somebody was faster: the panel below shows what they changed as soon as it is read.
        if (toProblem(error).code === 'precondition_failed') void client.invalidateQueries({ queryKey: trpc.apps.pathKey() })
        else fail(error)
      },
      onSuccess: (saved) => {
        void client.invalidateQueries({ queryKey: trpc.apps.pathKey() })
        if (saved.deployment_id === null || saved.deployment_id === app.deployment_id) {
          toast('Saved')
          router.push(paths.app(org.slug, app.name))
        } else router.push(paths.deployment(org.slug, app.name, saved.deployment_id))
      },
    }),
  )
  const { errors, isDirty } = form.formState
  const outdated = latest.version !== app.version
  const startFrom = (state: AppDetail): void => {
    setApp(state)
    form.reset(formOf(state))
    clear()
  }
  useEffect(() => {
    if (outdated && !isDirty && !update.isPending && !update.isSuccess) startFrom(latest)
  })
  const mergeIn = (): void => {
    const { merged } = mergeSpec(formOf(app), formOf(latest), form.getValues())
    setApp(latest)
    form.reset(formOf(latest))
    for (const name of Object.keys(merged) as Array<keyof AppSpecForm>) form.setValue(name, merged[name], { shouldDirty: true })
    clear()
  }
  const [sizeId, replicas] = form.watch(['size', 'replicas'])
  const shared = { register: form.register, control: form.control as unknown as Control<AppSpecForm>, errors }
  return (
    <form
      noValidate
      className="flex flex-col gap-6 rounded-box border border-line bg-surface p-4 sm:p-5"
      onSubmit={form.handleSubmit((values) => {
        clear()
        update.mutate(changesOf(app, values))
      })}>
      <Field label="Image" error={errors.image?.message} required>
        {(control) => <Input {...control} {...form.register('image')} mono spellCheck={false} autoCapitalize="off" autoComplete="off" />}
      </Field>
      <SizeField {...shared} sizes={sizes} prices={prices} />
      {app.autoscaling === null ? <CountField {...shared} /> : (
        <p className="text-13 text-muted">
          {`Between ${app.autoscaling.min} and ${app.autoscaling.max} instances follow the load: `}
          <Link className="link" href={paths.scaling(org.slug, app.name)}>see Scaling</Link>.
        </p>
      )}
      <NetworkFields {...shared} />
      <EnvField {...shared} />
      {problem === null ? null : <ErrorPanel problem={problem} />}
      {outdated && isDirty && !update.isPending && !update.isSuccess ? (
        <ChangedMeanwhile
          what="The app"
          nothing="Nothing this form shows is different: it was scaled, deployed, started, stopped, or a secret was replaced."
          changes={mergeSpec(formOf(app), formOf(latest), form.getValues()).changes}
          onMerge={mergeIn}
          onDiscard={() => startFrom(latest)}
        />
      ) : null}
      <div className="flex flex-row-reverse flex-wrap items-center gap-3 border-t border-line pt-4">
        <Button type="submit" look="primary" disabled={!isDirty || outdated} busy={update.isPending}>
          {outdated && isDirty ? 'Changed meanwhile' : isDirty ? deployLabel(prices.get(sizeId) ?? null, Number(replicas)) : 'No change yet'}
        </Button>
        {isDirty ? (
          <Button
            look="quiet"
            onClick={() => {
              form.reset()
              clear()
            }}>
            Discard changes
          </Button>
        ) : null}
      </div>
      {app.status === 'stopped' && isDirty ? (
        <Banner tone="info">The app is stopped: the change takes effect when you start it.</Banner>
      ) : null}
    </form>
  )
}

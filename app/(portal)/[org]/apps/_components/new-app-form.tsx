'use client'
import { zodResolver } from '@hookform/resolvers/zod'
import { useMutation } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { useForm, type Control, type UseFormRegister } from 'react-hook-form'
import type { z } from 'zod'
import { money, plural, times } from '../../../../_lib/format.ts'
import { useOrg } from '../../../../_lib/org-context.tsx'
import { paths } from '../../../../_lib/paths.ts'
import { SIZE_PRESETS } from '../../../../_lib/sizes.ts'
import { useTRPC } from '../../../../_lib/trpc.tsx'
import { useProblem } from '../../../../_lib/use-problem.ts'
import { useSizePrices } from '../../../../_lib/use-size-prices.ts'
import type { Money } from '../../../../_lib/wire.ts'
import { Button } from '../../../../_ui/button.tsx'
import { Field } from '../../../../_ui/field.tsx'
import { Input } from '../../../../_ui/inputs.tsx'
import { ErrorPanel } from '../../../../_ui/states.tsx'
import { CountField, EnvField, NetworkFields, SizeField } from './app-fields.tsx'
import { NewApp, envRecord, formPath, nameFromImage, portOf, type AppSpecForm, type NewAppForm as Values } from './app-form-rules.ts'

/** Built by the platform itself: deploys without internet. */
const BUILTIN = [{ image: 'builtin/hello:v1', title: 'Use the hello image', port: 8080 }] as const

export const monthly = (price: Money | null, replicas: number): string | null =>
  price === null || !Number.isSafeInteger(replicas) || replicas < 1 ? null : money(times(price, replicas))

/** `Deploy 2 instances, about $6.40 a month`: the button says the act and its price. */
export const deployLabel = (price: Money | null, replicas: number): string => {
  const cost = monthly(price, replicas)
  return cost === null ? 'Deploy' : `Deploy ${plural(replicas, 'instance')}, about ${cost} a month`
}

export function NewAppForm({ appsDomain, image }: { appsDomain: string; image: string }) {
  const { org } = useOrg()
  const trpc = useTRPC()
  const router = useRouter()
  const prices = useSizePrices(SIZE_PRESETS)
  const form = useForm<Values, unknown, z.output<typeof NewApp>>({
    resolver: zodResolver(NewApp),
    defaultValues: { image, name: nameFromImage(image), size: 'micro', replicas: 1, port: '8080', health_path: '', env: [] },
  })
  const { problem, fail, clear } = useProblem(form, ['name', 'image', 'size', 'replicas', 'port', 'health_path', 'env'], (path) =>
    formPath(path, form.getValues('env')),
  )
  const create = useMutation(
    trpc.apps.create.mutationOptions({
      onError: fail,
      onSuccess: (app) =>
        router.push(app.deployment_id === null ? paths.app(org.slug, app.name) : paths.deployment(org.slug, app.name, app.deployment_id)),
    }),
  )
  const { errors, dirtyFields } = form.formState
  const [sizeId, replicas, name] = form.watch(['size', 'replicas', 'name'])
  const shared = {
    register: form.register as unknown as UseFormRegister<AppSpecForm>,
    control: form.control as unknown as Control<AppSpecForm>,
    errors,
  }
  const suggestName = (given: string) => {
    if (dirtyFields.name !== true) form.setValue('name', nameFromImage(given))
  }
  const useBuiltin = (one: { image: string; port: number }) => {
    form.setValue('image', one.image, { shouldValidate: true })
    form.setValue('port', String(one.port))
    suggestName(one.image)
  }
  return (
    <form
      noValidate
      className="flex flex-col gap-8"
      onSubmit={form.handleSubmit((values) => {
        clear()
        const { cpu, memory, disk } = SIZE_PRESETS.find((one) => one.id === values.size) ?? SIZE_PRESETS[0]
        create.mutate({
          organization_id: org.id,
          name: values.name,
          image: values.image,
          replicas: values.replicas,
          port: portOf(values.port),
          env: envRecord(values.env),
          resources: { cpu, memory, disk },
          health_check: { path: values.health_path === '' ? null : values.health_path },
        })
      })}>
      <div className="flex flex-col gap-4">
        <Field label="Image" hint="From any public registry." error={errors.image?.message} required>
          {(control) => (
            <Input
              {...control}
              {...form.register('image', { onChange: (event: { target: { value: string } }) => suggestName(event.target.value) })}
              mono
              autoFocus
              spellCheck={false}
              autoCapitalize="off"
              autoComplete="off"
              placeholder="ghcr.io/acme/web:2.1"
            />
          )}
        </Field>
        <div className="flex flex-wrap items-center gap-2 text-13 text-muted">
          No image at hand?
          {BUILTIN.map((one) => (
            <Button key={one.image} size="sm" onClick={() => useBuiltin(one)}>
              {one.title}
            </Button>
          ))}
        </div>
        <Field
          label="Name"
          hint={
            <>
              Answers at{' '}
              <bdi className="font-mono break-all">
                https://{name === '' ? 'name' : name}.{appsDomain}
              </bdi>
            </>
          }
          error={errors.name?.message}
          required>
          {(control) => <Input {...control} {...form.register('name')} mono spellCheck={false} autoCapitalize="off" autoComplete="off" />}
        </Field>
      </div>
      <SizeField {...shared} sizes={SIZE_PRESETS} prices={prices} />
      <CountField {...shared} />
      <NetworkFields {...shared} />
      <EnvField {...shared} />
      <div className="flex flex-col gap-3 border-t border-line pt-5">
        {problem === null ? null : <ErrorPanel problem={problem} />}
        <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
          <Button type="submit" look="primary" busy={create.isPending || create.isSuccess}>
            {deployLabel(prices.get(sizeId) ?? null, Number(replicas))}
          </Button>
          <p className="text-13 text-muted">Billed by the second while it runs; traffic out is extra.</p>
        </div>
      </div>
    </form>
  )
}

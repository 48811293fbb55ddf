'use client'
import { zodResolver } from '@hookform/resolvers/zod'
import { useMutation } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { useForm, type Control, type UseFormRegister } from 'react-hook-form'
import type { z } from 'zod'
import { money, plural, times } from '../../../../_lib/format.ts'
import { useOrg } from '../../../../_lib/org-context.tsx'
import { paths } from '../../../../_lib/paths.ts'
import { useTRPC } from '../../../../_lib/trpc.tsx'
import { useProblem } from '../../../../_lib/use-problem.ts'
import type { Size } from '../../../../_lib/wire.ts'
import { Button } from '../../../../_ui/button.tsx'
import { Field } from '../../../../_ui/field.tsx'
import { Input } from '../../../../_ui/inputs.tsx'
import { ErrorPanel } from '../../../../_ui/states.tsx'
import { CountField, EnvField, NetworkFields, SizeField } from './app-fields.tsx'
import { NewApp, nameFromImage, toSpec, type AppSpecForm, type NewAppForm as Values } from './app-form-rules.ts'

type Offer = { data: Size[]; apps_domain: string; builtin_images: Array<{ image: string; title: string; port: number }> }

export const monthly = (size: Size | undefined, replicas: number): string | null =>
  size === undefined || !Number.isSafeInteger(replicas) || replicas < 1 ? null : money(times(size.price_month, replicas))

/** `Deploy 2 instances, about $6.40 a month`: the button says the act and its price. */
export const deployLabel = (size: Size | undefined, replicas: number): string => {
  const cost = monthly(size, replicas)
  return cost === null ? 'Deploy' : `Deploy ${plural(replicas, 'instance')}, about ${cost} a month`
}

export function NewAppForm({ offer, image }: { offer: Offer; image: string }) {
  const { org } = useOrg()
  const trpc = useTRPC()
  const router = useRouter()
  const builtin = offer.builtin_images.find((one) => one.image === image)
  const form = useForm<Values, unknown, z.output<typeof NewApp>>({
    resolver: zodResolver(NewApp),
    defaultValues: { image, name: nameFromImage(image), size: offer.data[0]?.id ?? '', replicas: 1, port: String(builtin?.port ?? 8080), health_path: '', env: [] },
  })
  const { problem, fail, clear } = useProblem(form, ['name', 'image', 'size', 'replicas', 'port', 'health_path', 'env'])
  const create = useMutation(trpc.apps.create.mutationOptions({
    onError: fail, onSuccess: ({ app, deployment_id }) => router.push(paths.deployment(org.slug, app.name, deployment_id)),
  }))
  const { errors, dirtyFields } = form.formState
  const [sizeId, replicas, name] = form.watch(['size', 'replicas', 'name'])
  const size = offer.data.find((one) => one.id === sizeId)
  const shared = { register: form.register as unknown as UseFormRegister<AppSpecForm>, control: form.control as unknown as Control<AppSpecForm>, errors }
  const suggestName = (given: string) => { if (dirtyFields.name !== true) form.setValue('name', nameFromImage(given)) }
  const useBuiltin = (one: { image: string; port: number }) => {
    form.setValue('image', one.image, { shouldValidate: true })
    form.setValue('port', String(one.port))
    suggestName(one.image)
  }
  return (
    <form noValidate className="flex flex-col gap-8" onSubmit={form.handleSubmit((values) => {
      clear(); create.mutate({ organization_id: org.id, name: values.name, ...toSpec(values) })
    })}>
      <div className="flex flex-col gap-4">
        <Field label="Image" hint="From any public registry." error={errors.image?.message} required>
          {(control) => <Input {...control} {...form.register('image', { onChange: (event: { target: { value: string } }) => suggestName(event.target.value) })} mono autoFocus
            spellCheck={false} autoCapitalize="off" autoComplete="off" placeholder="ghcr.io/acme/web:2.1" />}
        </Field>
        <div className="flex flex-wrap items-center gap-2 text-13 text-muted">
          No image at hand?
          {offer.builtin_images.map((one) => <Button key={one.image} size="sm" onClick={() => useBuiltin(one)}>{one.title}</Button>)}
        </div>
        <Field label="Name" hint={<>Answers at <bdi className="font-mono break-all">https://{name === '' ? 'name' : name}.{offer.apps_domain}</bdi></>} error={errors.name?.message} required>
          {(control) => <Input {...control} {...form.register('name')} mono spellCheck={false} autoCapitalize="off" autoComplete="off" />}
        </Field>
      </div>
      <SizeField {...shared} sizes={offer.data} />
      <CountField {...shared} />
      <NetworkFields {...shared} />
      <EnvField {...shared} />
      <div className="flex flex-col gap-3 border-t border-line pt-5">
        {problem === null ? null : <ErrorPanel problem={problem} />}
        <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
          <Button type="submit" look="primary" busy={create.isPending || create.isSuccess}>{deployLabel(size, Number(replicas))}</Button>
          <p className="text-13 text-muted">Billed by the second while it runs; traffic out is extra.</p>
        </div>
      </div>
    </form>
  )
}

'use client'
import { Controller, type Control, type FieldErrors, type UseFormRegister } from 'react-hook-form'
import { mebibytes, plural } from '../../../../_lib/format.ts'
import { mib, type SizePreset } from '../../../../_lib/sizes.ts'
import type { Money as Value } from '../../../../_lib/wire.ts'
import { RadioCards } from '../../../../_ui/choices.tsx'
import { EnvEditor } from '../../../../_ui/env-editor.tsx'
import { Field, Fieldset } from '../../../../_ui/field.tsx'
import { Input } from '../../../../_ui/inputs.tsx'
import { Money } from '../../../../_ui/money.tsx'
import type { AppSpecForm } from './app-form-rules.ts'

type Shared = { register: UseFormRegister<AppSpecForm>; errors: FieldErrors<AppSpecForm>; control: Control<AppSpecForm> }

export function SizeField({
  control,
  errors,
  sizes,
  prices,
}: Pick<Shared, 'control' | 'errors'> & { sizes: readonly SizePreset[]; prices: ReadonlyMap<string, Value | null> }) {
  return (
    <Fieldset legend="Size of one instance" error={errors.size?.message}>
      <Controller
        control={control}
        name="size"
        render={({ field }) => (
          <RadioCards
            label="Size of one instance"
            value={field.value}
            onChange={field.onChange}
            options={sizes
              .map((size) => ({ price: prices.get(size.id) ?? null, size }))
              .map(({ price, size }) => ({
                value: size.id,
                title: size.name,
                detail: `${plural(Number(size.cpu), 'vCPU')}, ${mebibytes(mib(size.memory))}, ${mebibytes(mib(size.disk))} disk`,
                aside:
                  price === null ? (
                    <span className="text-muted">price loading</span>
                  ) : (
                    <>
                      <Money value={price} /> <span className="text-muted">a month</span>
                    </>
                  ),
              }))}
          />
        )}
      />
    </Fieldset>
  )
}

export function CountField({ register, errors }: Pick<Shared, 'register' | 'errors'>) {
  return (
    <Field
      label="Instances"
      hint="Each is a virtual machine of its own; requests are spread over the healthy ones."
      error={errors.replicas?.message}
      required>
      {(control) => <Input {...control} {...register('replicas')} type="number" inputMode="numeric" min={1} max={20} className="w-24" />}
    </Field>
  )
}

export function NetworkFields({ register, errors }: Pick<Shared, 'register' | 'errors'>) {
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      <Field label="Port" hint="Where the app listens. Leave it empty for a worker without an address." error={errors.port?.message}>
        {(control) => <Input {...control} {...register('port')} inputMode="numeric" autoComplete="off" />}
      </Field>
      <Field
        label="Health path"
        hint="Must answer 2xx before traffic arrives. Empty: the port must open."
        error={errors.health_path?.message}>
        {(control) => <Input {...control} {...register('health_path')} mono placeholder="/health" autoComplete="off" />}
      </Field>
    </div>
  )
}

export function EnvField({ control, errors }: Pick<Shared, 'control' | 'errors'>) {
  const faults = new Map<number, string>()
  for (let index = 0; index < (errors.env?.length ?? 0); index++) {
    const row = errors.env?.[index]
    const message = row?.name?.message ?? row?.value?.message ?? row?.message
    if (message !== undefined) faults.set(index, message)
  }
  return (
    <Fieldset
      legend="Environment"
      hint="The lock keeps a value secret: it is stored encrypted and never shown again."
      error={errors.env?.root?.message ?? errors.env?.message}>
      <Controller
        control={control}
        name="env"
        render={({ field }) => <EnvEditor value={field.value} onChange={field.onChange} errors={faults} />}
      />
    </Fieldset>
  )
}

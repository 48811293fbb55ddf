'use client'
import { zodResolver } from '@hookform/resolvers/zod'
import { useMutation } from '@tanstack/react-query'
import { Controller, useForm } from 'react-hook-form'
import { z } from 'zod'
import { useOrg } from '../../../../../_lib/org-context.tsx'
import { useTRPC } from '../../../../../_lib/trpc.tsx'
import { useProblem } from '../../../../../_lib/use-problem.ts'
import type { Secret } from '../../../../../_lib/wire.ts'
import { Button } from '../../../../../_ui/button.tsx'
import { Dialog } from '../../../../../_ui/dialog.tsx'
import { Field } from '../../../../../_ui/field.tsx'
import { Input } from '../../../../../_ui/inputs.tsx'
import { ErrorPanel } from '../../../../../_ui/states.tsx'
import { dayOf, dayRule, expiryOf, RedeployChoice, tomorrow, ValueField, valueRule } from './secret-fields.tsx'
import { useSaved } from './use-saved.ts'

const Schema = z.object({ value: valueRule, expires_at: dayRule, redeploy: z.boolean() })
type Values = z.infer<typeof Schema>

export function RotateDialog({ secret, onClose }: { secret: Secret; onClose: () => void }) {
  const { org } = useOrg()
  const saved = useSaved(onClose)
  // An expiry that is over cannot be kept: the new value begins without one.
  const kept = secret.status === 'expired' ? '' : dayOf(secret.expires_at)
  const form = useForm<Values>({ resolver: zodResolver(Schema), defaultValues: { value: '', expires_at: kept, redeploy: false } })
  const { problem, fail, clear } = useProblem(form, ['value', 'expires_at'])
  const rotate = useMutation(useTRPC().secrets.rotate.mutationOptions({ onError: fail, onSuccess: ({ name, version }) => saved(`${name} is at version ${version}`) }))
  const { errors } = form.formState
  const submit = form.handleSubmit(({ expires_at: day, ...values }) => {
    clear()
    rotate.mutate({ organization_id: org.id, secret_id: secret.id, ...values, ...(day === dayOf(secret.expires_at) ? {} : { expires_at: expiryOf(day) }) })
  })
  return (
    <Dialog open onOpenChange={onClose} title={`Rotate ${secret.name}`} description={`The new value becomes version ${secret.version + 1}. The last ten stay to roll back to.`}>
      <form noValidate className="flex flex-col gap-4" onSubmit={submit}>
        <ValueField error={errors.value?.message} control={() => form.register('value')} />
        <Field label="Expires" error={errors.expires_at?.message}>
          {(control) => <Input {...control} {...form.register('expires_at')} type="date" min={tomorrow()} className="w-44" />}
        </Field>
        <Controller control={form.control} name="redeploy" render={({ field }) => <RedeployChoice users={secret.used_by} checked={field.value} onChange={field.onChange} />} />
        {problem === null ? null : <ErrorPanel problem={problem} />}
        <div className="flex flex-wrap justify-end gap-2">
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" look="primary" busy={rotate.isPending}>
            Rotate
          </Button>
        </div>
      </form>
    </Dialog>
  )
}

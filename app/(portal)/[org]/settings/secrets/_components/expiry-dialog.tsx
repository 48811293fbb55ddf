'use client'
import { zodResolver } from '@hookform/resolvers/zod'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useForm } from 'react-hook-form'
import { z } from 'zod'
import { useOrg } from '../../../../../_lib/org-context.tsx'
import { useTRPC } from '../../../../../_lib/trpc.tsx'
import { intoForm, useMeanwhile } from '../../../../../_lib/use-meanwhile.tsx'
import { useProblem } from '../../../../../_lib/use-problem.ts'
import type { Secret } from '../../../../../_lib/wire.ts'
import { Button } from '../../../../../_ui/button.tsx'
import { Dialog } from '../../../../../_ui/dialog.tsx'
import { Field } from '../../../../../_ui/field.tsx'
import { Input } from '../../../../../_ui/inputs.tsx'
import { ErrorPanel } from '../../../../../_ui/states.tsx'
import { dayOf, dayRule, expiryOf, tomorrow } from './secret-fields.tsx'
import { useSaved } from './use-saved.ts'

const Schema = z.object({ expires_at: dayRule })
const formOf = (secret: Secret) => ({ expires_at: dayOf(secret.expires_at) })

export function ExpiryDialog({ secret, onClose }: { secret: Secret; onClose: () => void }) {
  const { org } = useOrg()
  const saved = useSaved(onClose)
  const form = useForm<z.infer<typeof Schema>>({ resolver: zodResolver(Schema), defaultValues: formOf(secret) })
  const { problem, fail, clear } = useProblem(form, ['expires_at'])
  const trpc = useTRPC()
  const client = useQueryClient()
  const meanwhile = useMeanwhile(secret, {
    what: 'The secret', labels: { expires_at: 'Expires' }, formOf, mine: form.getValues, take: intoForm(form),
    read: () => client.fetchQuery(trpc.secrets.get.queryOptions({ organization_id: org.id, secret_id: secret.id })),
  })
  const update = useMutation(trpc.secrets.update.mutationOptions({
    onError: (error) => void (meanwhile.caught(error) || fail(error)),
    onSuccess: () => saved('Expiry saved'),
  }))
  const submit = form.handleSubmit(({ expires_at: day }) => {
    clear()
    update.mutate({ organization_id: org.id, secret_id: secret.id, if_match: meanwhile.ifMatch, expires_at: expiryOf(day) })
  })
  return (
    <Dialog open onOpenChange={onClose} title={`Expiry of ${secret.name}`} description="We remind you a week before and on the day. It goes on working.">
      <form noValidate className="flex flex-col gap-4" onSubmit={submit}>
        <Field label="Expires" hint="Leave it empty for never." error={form.formState.errors.expires_at?.message}>
          {(control) => <Input {...control} {...form.register('expires_at')} type="date" min={tomorrow()} className="w-44" autoFocus />}
        </Field>
        {problem === null ? null : <ErrorPanel problem={problem} />}
        {meanwhile.panel}
        <div className="flex flex-wrap justify-end gap-2">
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" look="primary" busy={update.isPending} disabled={meanwhile.isStale}>
            Save expiry
          </Button>
        </div>
      </form>
    </Dialog>
  )
}

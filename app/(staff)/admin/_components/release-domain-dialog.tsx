'use client'
import { zodResolver } from '@hookform/resolvers/zod'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useForm } from 'react-hook-form'
import { toast } from 'sonner'
import { z } from 'zod'
import { useTRPC } from '../../../_lib/trpc.tsx'
import { useProblem } from '../../../_lib/use-problem.ts'
import type { HeldDomain } from '../../../_lib/wire.ts'
import { Button } from '../../../_ui/button.tsx'
import { Dialog } from '../../../_ui/dialog.tsx'
import { Field } from '../../../_ui/field.tsx'
import { Textarea } from '../../../_ui/inputs.tsx'
import { ErrorPanel } from '../../../_ui/states.tsx'
import { Banner } from '../../../_ui/status.tsx'

const Schema = z.object({ reason: z.string().trim().min(3, 'Say why, for the records.').max(500) })

export function ReleaseDomainDialog({ held, onClose }: { held: HeldDomain; onClose: () => void }) {
  const trpc = useTRPC()
  const client = useQueryClient()
  const form = useForm({ resolver: zodResolver(Schema), defaultValues: { reason: '' } })
  const { problem, fail, clear } = useProblem(form, ['reason'])
  const release = useMutation(
    trpc.staff.releaseDomain.mutationOptions({
      onError: fail,
      onSuccess: ({ hostname }) => {
        toast(`${hostname} is free for whoever proves it`)
        void client.invalidateQueries({ queryKey: trpc.staff.heldDomains.pathKey() })
        onClose()
      },
    }),
  )
  return (
    <Dialog open onOpenChange={onClose} title="Release a domain" description={<bdi className="break-all">{held.hostname}</bdi>}>
      <form
        noValidate
        className="flex flex-col gap-4"
        onSubmit={form.handleSubmit((values) => {
          clear()
          release.mutate({ hostname: held.hostname, ...values })
        })}>
        <Banner tone="attention">
          A record of {held.organization_name} may still lead here: whoever proves the name next answers its visitors. Be sure who owns it.
        </Banner>
        <Field label="Reason" hint="Its former owner sees it in their audit log." error={form.formState.errors.reason?.message} required>
          {(control) => <Textarea {...control} {...form.register('reason')} autoFocus placeholder="Ticket 4711: sold, transfer at the registry seen" />}
        </Field>
        {problem === null ? null : <ErrorPanel problem={problem} />}
        <div className="flex flex-wrap justify-end gap-2">
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" look="danger" busy={release.isPending}>
            Release domain
          </Button>
        </div>
      </form>
    </Dialog>
  )
}

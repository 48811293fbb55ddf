'use client'
import { zodResolver } from '@hookform/resolvers/zod'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useForm } from 'react-hook-form'
import { toast } from 'sonner'
import { z } from 'zod'
import { plural } from '../../../_lib/format.ts'
import { useTRPC } from '../../../_lib/trpc.tsx'
import { useProblem } from '../../../_lib/use-problem.ts'
import type { StaffAccount } from '../../../_lib/wire.ts'
import { Button } from '../../../_ui/button.tsx'
import { Dialog } from '../../../_ui/dialog.tsx'
import { Field } from '../../../_ui/field.tsx'
import { Textarea } from '../../../_ui/inputs.tsx'
import { ErrorPanel } from '../../../_ui/states.tsx'
import { Banner } from '../../../_ui/status.tsx'

const Schema = z.object({ reason: z.string().trim().min(10, 'Say why and how you know it is them, in a sentence.').max(300) })

export function ResetFactorDialog({ account, onClose }: { account: StaffAccount; onClose: () => void }) {
  const trpc = useTRPC()
  const client = useQueryClient()
  const form = useForm({ resolver: zodResolver(Schema), defaultValues: { reason: '' } })
  const { problem, fail, clear } = useProblem(form, ['reason'])
  const reset = useMutation(
    trpc.staff.resetSecondFactor.mutationOptions({
      onError: fail,
      onSuccess: ({ ended_sessions: ended }) => {
        toast(`Second factor removed, ${plural(ended, 'session')} ended`)
        void client.invalidateQueries({ queryKey: trpc.staff.users.pathKey() })
        onClose()
      },
    }),
  )
  return (
    <Dialog open onOpenChange={onClose} title={`Reset the second factor of ${account.name}`} description={<bdi>{account.email}</bdi>}>
      <form
        noValidate
        className="flex flex-col gap-4"
        onSubmit={form.handleSubmit((values) => {
          clear()
          reset.mutate({ user_id: account.id, ...values })
        })}>
        <Banner tone="attention">
          Their authenticator app, passkeys and recovery codes go, and every session ends. Then a password alone opens the account: be sure who asks.
        </Banner>
        <Field label="Reason" hint="They and their organizations are told, with your name." error={form.formState.errors.reason?.message} required>
          {(control) => <Textarea {...control} {...form.register('reason')} autoFocus placeholder="Ticket 4711: phone lost, called back on the number on file" />}
        </Field>
        {problem === null ? null : <ErrorPanel problem={problem} />}
        <div className="flex flex-wrap justify-end gap-2">
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" look="danger" busy={reset.isPending}>
            Reset second factor
          </Button>
        </div>
      </form>
    </Dialog>
  )
}

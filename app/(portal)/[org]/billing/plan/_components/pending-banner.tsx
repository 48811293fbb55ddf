'use client'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { toast } from 'sonner'
import { day } from '../../../../../_lib/format.ts'
import { useOrg } from '../../../../../_lib/org-context.tsx'
import { paths } from '../../../../../_lib/paths.ts'
import { toProblem } from '../../../../../_lib/problem.ts'
import { useTRPC } from '../../../../../_lib/trpc.tsx'
import type { SubscriptionChange } from '../../../../../_lib/wire.ts'
import { Button, ButtonLink } from '../../../../../_ui/button.tsx'
import { Banner } from '../../../../../_ui/status.tsx'
import { ErrorPanel } from '../../../../../_ui/states.tsx'

const sentence = ({ kind, plan, quantity, effective_at: at, state }: SubscriptionChange): string => {
  const from = `on ${day(at)}`
  if (state === 'awaiting_payment') return `The change to ${plan ?? 'the other plan'} happens once its invoice is paid.`
  if (kind === 'cancel') return `The subscription ends ${from}, and apps stop then.`
  if (kind === 'migration') return `The price of ${plan ?? 'your plan'} changes ${from}.`
  return `Changes to ${plan ?? 'the other plan'}${quantity !== null && quantity > 1 ? ` × ${quantity}` : ''} ${from}.`
}

export function PendingBanner({ change, refused }: { change: SubscriptionChange; refused: string | null }) {
  const trpc = useTRPC()
  const client = useQueryClient()
  const { org } = useOrg()
  const undo = useMutation(
    trpc.subscription.undo.mutationOptions({
      onSuccess: () => {
        toast('The change was taken back')
        void client.invalidateQueries({ queryKey: trpc.subscription.pathKey() })
      },
    }),
  )
  return (
    <div className="mb-6 flex flex-col gap-2">
      <Banner
        tone="attention"
        action={
          <>
            {change.invoice_id === null || change.state !== 'awaiting_payment' ? null : (
              <ButtonLink size="sm" look="primary" href={paths.invoice(org.slug, change.invoice_id)}>
                Pay the invoice
              </ButtonLink>
            )}
            <Button size="sm" busy={undo.isPending} disabled={refused !== null} title={refused ?? undefined} onClick={() => undo.mutate({ organization_id: org.id })}>
              Undo
            </Button>
          </>
        }>
        {sentence(change)}
      </Banner>
      {undo.error === null ? null : <ErrorPanel problem={toProblem(undo.error)} />}
    </div>
  )
}

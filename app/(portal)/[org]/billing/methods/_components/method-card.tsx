'use client'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { toast } from 'sonner'
import { methodName } from '../../../../../../server/contract/payment-words.ts'
import { useOrg } from '../../../../../_lib/org-context.tsx'
import { toProblem } from '../../../../../_lib/problem.ts'
import { useTRPC } from '../../../../../_lib/trpc.tsx'
import type { PaymentMethod, PaymentSettings } from '../../../../../_lib/wire.ts'
import { Button } from '../../../../../_ui/button.tsx'
import { ConfirmDialog } from '../../../../../_ui/dialog.tsx'
import { ErrorPanel } from '../../../../../_ui/states.tsx'
import { Badge, Status } from '../../../../../_ui/status.tsx'
import { RailMark } from '../../../../../pay/_components/rail.tsx'
import { brokenWords, expiryText, methodLook, removalWarning } from './method-words.ts'

const marks: Record<PaymentMethod['kind'], 'redirect' | 'push' | 'instructions'> = { card: 'redirect', mobile_money: 'push', bank: 'instructions' }

type Props = { method: PaymentMethod; all: readonly PaymentMethod[]; settings: PaymentSettings | undefined; refused: string | null }

function RemoveDialog({ method, all, settings, onClose }: Omit<Props, 'refused'> & { onClose: () => void }) {
  const { org } = useOrg()
  const trpc = useTRPC()
  const client = useQueryClient()
  const remove = useMutation(
    trpc.paymentMethods.remove.mutationOptions({
      onSuccess: () => {
        toast(`${methodName(method)} removed`)
        onClose()
        void client.invalidateQueries({ queryKey: trpc.paymentMethods.pathKey() })
      },
    }),
  )
  const warning = removalWarning(method, all, settings)
  return (
    <ConfirmDialog
      open
      danger
      title={`Remove ${methodName(method)}?`}
      action="Remove it"
      busy={remove.isPending}
      onOpenChange={(open) => (open ? undefined : onClose())}
      onConfirm={() => remove.mutate({ organization_id: org.id, payment_method_id: method.id })}>
      <p>It is not charged again, and the provider forgets it. Receipts stay.</p>
      {warning === null ? null : <p className="font-strong text-attention">{warning}</p>}
      {remove.error === null ? null : <ErrorPanel problem={toProblem(remove.error)} />}
    </ConfirmDialog>
  )
}

/** As a card looks: who issued it, its last digits, until when it is good, and what may be done with it. */
export function MethodCard({ method, all, settings, refused }: Props) {
  const { org } = useOrg()
  const trpc = useTRPC()
  const client = useQueryClient()
  const [removing, setRemoving] = useState(false)
  const makeDefault = useMutation(
    trpc.paymentMethods.setDefault.mutationOptions({
      onSuccess: () => {
        toast(`${methodName(method)} is charged from now on`)
        void client.invalidateQueries({ queryKey: trpc.paymentMethods.pathKey() })
      },
    }),
  )
  const look = methodLook(method, new Date())
  const expiry = expiryText(method)
  const promotable = !method.default && method.state === 'active'
  return (
    <li className="flex min-w-0 flex-col gap-4 rounded-box border border-line bg-surface p-4">
      <div className="flex items-start justify-between gap-3">
        <RailMark kind={marks[method.kind]} className="size-6 text-muted" />
        {method.default ? <Badge tone="good">Default</Badge> : null}
      </div>
      <div className="min-w-0">
        <h3 className="font-strong">
          <bdi>{methodName(method)}</bdi>
        </h3>
        <p className="figures text-13 text-muted">{expiry === null ? (method.country ?? 'No expiry') : `Expires ${expiry}`}</p>
        {look === null ? null : <Status {...look} className="mt-1 text-13" />}
        {method.state === 'broken' ? <p className="mt-1 text-13 text-muted">{brokenWords(method)}</p> : null}
      </div>
      {makeDefault.error === null ? null : <ErrorPanel problem={toProblem(makeDefault.error)} />}
      <div className="mt-auto flex flex-wrap gap-2">
        {promotable ? (
          <Button
            size="sm"
            busy={makeDefault.isPending}
            disabled={refused !== null}
            title={refused ?? undefined}
            aria-label={`Make ${methodName(method)} the default`}
            onClick={() => makeDefault.mutate({ organization_id: org.id, payment_method_id: method.id })}>
            Make default
          </Button>
        ) : null}
        <Button
          size="sm"
          look="quiet"
          className={promotable ? undefined : '-ms-2.5'}
          disabled={refused !== null}
          title={refused ?? undefined}
          aria-label={`Remove ${methodName(method)}`}
          onClick={() => setRemoving(true)}>
          Remove
        </Button>
      </div>
      {removing ? <RemoveDialog method={method} all={all} settings={settings} onClose={() => setRemoving(false)} /> : null}
    </li>
  )
}

'use client'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useSearchParams } from 'next/navigation'
import { useCallback } from 'react'
import { methodName } from '../../../../../../server/contract/payment-words.ts'
import { refusedBecause } from '../../../../../_lib/can.ts'
import { useOrg } from '../../../../../_lib/org-context.tsx'
import { useTRPC } from '../../../../../_lib/trpc.tsx'
import type { PaymentMethod } from '../../../../../_lib/wire.ts'
import { Load } from '../../../../../_ui/load.tsx'
import { Forbidden, PanelSkeleton } from '../../../../../_ui/states.tsx'
import type { ChargeableMethod, Choice } from '../../../../../pay/_components/choose-way.tsx'
import { PayPanel } from '../../../../../pay/_components/pay-panel.tsx'
import { askAgain, follow, useReturn } from '../../../../../pay/_components/use-paying.ts'
import { expiryText } from '../../methods/_components/method-words.ts'
import { PayLinkButton } from './pay-link-button.tsx'

const chargeable = (method: PaymentMethod): ChargeableMethod => {
  const expiry = expiryText(method)
  return { id: method.id, provider: method.provider, title: methodName(method), detail: expiry === null ? 'Charged at once' : `Charged at once; expires ${expiry}` }
}

const choiceOf = ({ provider, phone, saveMethod, methodId }: Choice) =>
  methodId === null ? { provider, ...(phone === null ? {} : { phone }), ...(saveMethod ? { save_method: true } : {}) } : { payment_method_id: methodId }

function Paying({ invoiceId }: { invoiceId: string }) {
  const { org } = useOrg()
  const trpc = useTRPC()
  const client = useQueryClient()
  const returned = useSearchParams().get('payment')
  const input = { organization_id: org.id, invoice_id: invoiceId }
  const query = useQuery(trpc.billing.checkout.queryOptions(input, { refetchInterval: ({ state }) => askAgain(state.data, returned) }))
  const methods = useQuery(trpc.paymentMethods.list.queryOptions({ organization_id: org.id, limit: 100 }))
  const again = () => {
    void query.refetch()
    void client.invalidateQueries({ queryKey: trpc.billing.invoice.queryKey(input) })
  }
  const pay = useMutation(trpc.billing.pay.mutationOptions({ onSuccess: (started) => follow(started, again), onError: again }))
  const check = useMutation(trpc.billing.checkPayments.mutationOptions({ onSettled: again }))
  const ask = check.mutate
  useReturn(returned, useCallback(() => ask({ organization_id: org.id, invoice_id: invoiceId }), [ask, org.id, invoiceId]))
  if (methods.isPending) return <PanelSkeleton label="Loading the ways to pay" className="h-32" />
  return (
    <Load query={query} skeleton={<PanelSkeleton label="Loading the ways to pay" className="h-32" />}>
      {(checkout) => (
        <PayPanel
          checkout={checkout}
          returned={returned}
          canSave
          methods={(methods.data?.data ?? []).filter(({ state }) => state === 'active').sort((a, b) => Number(b.default) - Number(a.default)).map(chargeable)}
          receiptHref={(id) => `/v1/payments/${id}/receipt.pdf?organization_id=${org.id}`}
          opening={{
            busy: pay.isPending || (pay.isSuccess && pay.data.checkout_url !== null),
            error: pay.error,
            clear: pay.reset,
            start: (choice) => pay.mutate({ ...input, ...choiceOf(choice) }),
          }}
        />
      )}
    </Load>
  )
}

/** What is open of an invoice can be paid here, or handed to somebody without an account. */
export function InvoicePayment({ invoiceId }: { invoiceId: string }) {
  const { org } = useOrg()
  const refused = refusedBecause(org, 'billing:pay')
  return (
    <div className="flex flex-col gap-3">
      {refused === null ? <Paying invoiceId={invoiceId} /> : <Forbidden reason={refused} />}
      <PayLinkButton invoiceId={invoiceId} />
    </div>
  )
}

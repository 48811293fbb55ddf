'use client'
import { useMutation } from '@tanstack/react-query'
import { refusedBecause } from '../../../../_lib/can.ts'
import { money } from '../../../../_lib/format.ts'
import { useOrg } from '../../../../_lib/org-context.tsx'
import { toProblem } from '../../../../_lib/problem.ts'
import { useTRPC } from '../../../../_lib/trpc.tsx'
import type { Invoice, Provider } from '../../../../_lib/wire.ts'
import { Button } from '../../../../_ui/button.tsx'
import { ErrorPanel, Forbidden } from '../../../../_ui/states.tsx'

const providers: Record<Provider, string> = { stripe: 'Stripe', paystack: 'Paystack' }
export const providerName = (provider: Provider): string => providers[provider]

export function PayButtons({ invoice }: { invoice: Invoice }) {
  const { org } = useOrg()
  // The provider's own page takes the card; this console never sees it.
  const pay = useMutation(useTRPC().billing.pay.mutationOptions({ onSuccess: ({ checkout_url }) => window.location.assign(checkout_url) }))
  const refused = refusedBecause(org, 'billing:pay')
  if (refused !== null) return <Forbidden reason={refused} />
  const start = (provider: Provider) => pay.mutate({ organization_id: org.id, invoice_id: invoice.id, provider })
  return (
    <div className="flex flex-col gap-3">
      <div className="flex flex-wrap gap-2">
        {invoice.providers.map((provider, index) => (
          <Button
            key={provider}
            look={index === 0 ? 'primary' : 'plain'}
            disabled={pay.isSuccess}
            busy={(pay.isPending || pay.isSuccess) && pay.variables.provider === provider}
            onClick={() => start(provider)}>
            Pay {money(invoice.amount_due)} with {providerName(provider)}
          </Button>
        ))}
      </div>
      {pay.error === null ? null : <ErrorPanel problem={toProblem(pay.error)} />}
    </div>
  )
}

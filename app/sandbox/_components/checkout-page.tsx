'use client'
import { useMutation, useQuery } from '@tanstack/react-query'
import { money } from '../../_lib/format.ts'
import { toProblem } from '../../_lib/problem.ts'
import { getJson, postJson } from '../../_lib/rest.ts'
import type { Money } from '../../_lib/wire.ts'
import { Button } from '../../_ui/button.tsx'
import { Load } from '../../_ui/load.tsx'
import { Figure, PageHeader, Panel } from '../../_ui/page.tsx'
import { ErrorPanel, PanelSkeleton } from '../../_ui/states.tsx'
import { Banner } from '../../_ui/status.tsx'

type Status = 'open' | 'paid' | 'pending' | 'declined' | 'expired'
type Checkout = {
  provider: 'stripe' | 'paystack'; status: Status; payable: boolean; message: string | null
  amount: Money; description: string; customer_email: string; merchant: string
}
type Outcome = 'success' | 'decline' | 'async'

const names = { stripe: 'Stripe', paystack: 'Paystack' } as const
const closed: Record<Exclude<Status, 'open'>, string> = {
  paid: 'This checkout is paid.', pending: 'A transfer is under way.', declined: 'The card was declined.', expired: 'This checkout has expired.',
}

/** Stands where the provider's own page would be; no card is asked for and no money moves. */
export function CheckoutPage({ provider, session }: { provider: string; session: string }) {
  const address = `/v1/test/checkouts/${provider}/${encodeURIComponent(session)}`
  const checkout = useQuery({ queryKey: ['sandbox-checkout', provider, session], queryFn: ({ signal }) => getJson<Checkout>(address, signal) })
  const complete = useMutation({
    mutationFn: (outcome: Outcome) => postJson<{ status: Status; return_url: string | null }>(`${address}/complete`, { outcome }),
    onSuccess: ({ return_url: back }) => (back === null ? checkout.refetch() : window.location.assign(back)),
  })
  const choices: Array<[Outcome, string]> = [['decline', 'Decline'], ['async', 'Pay by slow transfer']]
  return (
    <Load query={checkout} skeleton={<PanelSkeleton label="Loading the checkout" />}>
      {(c) => (
        <>
          <PageHeader title={`Sandbox ${names[c.provider]} checkout`} facts="No card is asked for and no money moves." />
          <Panel className="flex flex-col gap-5 sm:p-6">
            <Figure label={`${c.description} · ${c.merchant}`} value={money(c.amount)} />
            <p className="text-13 text-muted">{c.customer_email}</p>
            {c.message === null ? null : <Banner tone="attention">{c.message}</Banner>}
            {c.payable ? (
              <div className="flex flex-wrap gap-2">
                <Button look="primary" busy={complete.isPending || complete.isSuccess} onClick={() => complete.mutate('success')}>
                  Pay {money(c.amount)}
                </Button>
                {choices.map(([outcome, label]) => (
                  <Button key={outcome} disabled={complete.isPending} onClick={() => complete.mutate(outcome)}>
                    {label}
                  </Button>
                ))}
              </div>
            ) : (
              <Banner tone="info">{c.status === 'open' ? 'This checkout is closed.' : closed[c.status]}</Banner>
            )}
            {complete.error === null ? null : <ErrorPanel problem={toProblem(complete.error)} />}
          </Panel>
        </>
      )}
    </Load>
  )
}

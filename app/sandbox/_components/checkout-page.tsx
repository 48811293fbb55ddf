'use client'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { money } from '../../_lib/format.ts'
import { toProblem } from '../../_lib/problem.ts'
import { getJson, postJson } from '../../_lib/rest.ts'
import type { Money } from '../../_lib/wire.ts'
import { Button } from '../../_ui/button.tsx'
import { Field } from '../../_ui/field.tsx'
import { Select } from '../../_ui/inputs.tsx'
import { Load } from '../../_ui/load.tsx'
import { Figure, PageHeader, Panel } from '../../_ui/page.tsx'
import { ErrorPanel, PanelSkeleton } from '../../_ui/states.tsx'
import { Banner } from '../../_ui/status.tsx'

type Status = 'open' | 'challenge' | 'paid' | 'saved' | 'pending' | 'declined' | 'expired'
type Checkout = {
  provider: string; provider_label: string; status: Status; payable: boolean; message: string | null; setup: boolean
  cards: Array<{ number: string; label: string }>; amount: Money; description: string; customer_email: string; merchant: string
}
type Payer = { outcome: 'success' | 'decline' | 'async' } | { card: string } | { authentication: 'pass' | 'fail' }

const closed: Record<Exclude<Status, 'open' | 'challenge'>, string> = {
  paid: 'This checkout is paid.', saved: 'The card is kept.', pending: 'A transfer is under way.', declined: 'The card was declined.', expired: 'This checkout has expired.',
}
const spaced = (number: string): string => number.replace(/(.{4})(?=.)/g, '$1 ')

type StepProps = { checkout: Checkout; busy: boolean; pay: (payer: Payer) => void }

function Choices({ checkout, busy, pay }: StepProps) {
  const [card, setCard] = useState(checkout.cards[0]?.number ?? '')
  return (
    <>
      <div className="flex flex-wrap gap-2">
        <Button look="primary" busy={busy} onClick={() => pay({ outcome: 'success' })}>
          {checkout.setup ? 'Keep a card' : `Pay ${money(checkout.amount)}`}
        </Button>
        <Button disabled={busy} onClick={() => pay({ outcome: 'decline' })}>
          Decline
        </Button>
        {checkout.setup ? null : (
          <Button disabled={busy} onClick={() => pay({ outcome: 'async' })}>
            Pay by slow transfer
          </Button>
        )}
      </div>
      {checkout.cards.length === 0 ? null : (
        <form
          className="flex flex-wrap items-end gap-2"
          onSubmit={(event) => {
            event.preventDefault()
            pay({ card })
          }}>
          <Field className="min-w-0 flex-1 basis-72" label="Test card">
            {(control) => (
              <Select
                {...control}
                value={card}
                onChange={(event) => setCard(event.target.value)}
                options={checkout.cards.map(({ number, label }) => ({ value: number, label: `${spaced(number)}: ${label}` }))}
              />
            )}
          </Field>
          <Button type="submit" disabled={busy}>
            Use this card
          </Button>
        </form>
      )}
    </>
  )
}

function Challenge({ busy, pay }: Omit<StepProps, 'checkout'>) {
  return (
    <div className="flex flex-col gap-3">
      <Banner tone="info">3-D Secure: the bank asks whether it is really you.</Banner>
      <div className="flex flex-wrap gap-2">
        <Button look="primary" busy={busy} onClick={() => pay({ authentication: 'pass' })}>
          It is me
        </Button>
        <Button disabled={busy} onClick={() => pay({ authentication: 'fail' })}>
          Fail the check
        </Button>
      </div>
    </div>
  )
}

/** Stands where the provider's own page would be; no card is asked for and no money moves. */
export function CheckoutPage({ provider, session }: { provider: string; session: string }) {
  const address = `/v1/test/checkouts/${provider}/${encodeURIComponent(session)}`
  const checkout = useQuery({ queryKey: ['sandbox-checkout', provider, session], queryFn: ({ signal }) => getJson<Checkout>(address, signal) })
  const complete = useMutation({
    mutationFn: (payer: Payer) => postJson<{ status: Status; return_url: string | null }>(`${address}/complete`, payer),
    onSuccess: ({ return_url: back }) => (back === null ? checkout.refetch() : window.location.assign(back)),
  })
  const busy = complete.isPending || (complete.data !== undefined && complete.data.return_url !== null)
  return (
    <Load query={checkout} skeleton={<PanelSkeleton label="Loading the checkout" />}>
      {(c) => (
        <>
          <PageHeader title={`Sandbox ${c.provider_label} checkout`} facts="No card is asked for and no money moves." />
          <Panel className="flex flex-col gap-5 sm:p-6">
            <Figure label={`${c.description} · ${c.merchant}`} value={c.setup ? 'Nothing to pay' : money(c.amount)} />
            <p className="text-13 text-muted">{c.customer_email}</p>
            {c.message === null ? null : <Banner tone="attention">{c.message}</Banner>}
            {c.status === 'challenge' ? <Challenge busy={busy} pay={complete.mutate} /> : null}
            {c.payable ? <Choices checkout={c} busy={busy} pay={complete.mutate} /> : null}
            {c.payable || c.status === 'challenge' ? null : (
              <Banner tone="info">{c.status === 'open' ? 'This checkout is closed.' : closed[c.status]}</Banner>
            )}
            {complete.error === null ? null : <ErrorPanel problem={toProblem(complete.error)} />}
          </Panel>
        </>
      )}
    </Load>
  )
}

'use client'
import { useMutation, useQuery } from '@tanstack/react-query'
import { Download } from 'lucide-react'
import { useCallback } from 'react'
import { day } from '../../_lib/format.ts'
import { useTRPC } from '../../_lib/trpc.tsx'
import type { Checkout } from '../../_lib/wire.ts'
import { buttonClass } from '../../_ui/button.tsx'
import { Load } from '../../_ui/load.tsx'
import { Money } from '../../_ui/money.tsx'
import { Figure, Panel } from '../../_ui/page.tsx'
import { PanelSkeleton } from '../../_ui/states.tsx'
import { PayPanel } from './pay-panel.tsx'
import { askAgain, follow, useReturn } from './use-paying.ts'

const dueWords = ({ status, due_at: due, paid_at: paid }: Checkout): string | undefined => {
  if (status === 'paid') return paid === null ? undefined : `Paid on ${day(paid)}`
  if (due === null) return undefined
  return status === 'overdue' ? `Overdue since ${day(due)}` : `Due on ${day(due)}`
}

const SHOWN = 8

function Lines({ checkout }: { checkout: Checkout }) {
  const more = checkout.lines.length - SHOWN
  return (
    <details className="group rounded-box border border-line bg-surface">
      <summary className="cursor-pointer px-4 py-3 text-14">What it is for</summary>
      <dl className="figures flex flex-col gap-2 border-t border-line px-4 py-3 text-13">
        {checkout.lines.slice(0, SHOWN).map((line, index) => (
          <div key={index} className="flex justify-between gap-4">
            <dt className="min-w-0 text-muted">
              <bdi>{line.description}</bdi>
            </dt>
            <dd>
              <Money value={line.amount} />
            </dd>
          </div>
        ))}
        {more > 0 ? <p className="text-muted">and {more} more, all in the PDF</p> : null}
        <div className="flex justify-between gap-4 border-t border-line pt-2 font-strong">
          <dt>Total, tax included</dt>
          <dd>
            <Money value={checkout.total} />
          </dd>
        </div>
      </dl>
    </details>
  )
}

function Seller({ seller }: Pick<Checkout, 'seller'>) {
  return (
    <p className="text-13 text-muted">
      <bdi>{seller.name}</bdi>
      {seller.address === null ? null : (
        <>
          , <bdi>{seller.address}</bdi>
        </>
      )}
      {seller.support_email === null ? null : (
        <>
          {'. '}Questions:{' '}
          <a className="link" href={`mailto:${seller.support_email}`}>
            {seller.support_email}
          </a>
        </>
      )}
    </p>
  )
}

/** The whole of what somebody needs who was sent a link: the sum, from whom, for what, and the ways to pay it. */
export function PayPage({ token, returned }: { token: string; returned: string | null }) {
  const trpc = useTRPC()
  const query = useQuery(trpc.payLinks.get.queryOptions({ token }, { refetchInterval: ({ state }) => askAgain(state.data, returned) }))
  const refetch = query.refetch
  const pay = useMutation(trpc.payLinks.pay.mutationOptions({ onSuccess: (started) => follow(started, refetch) }))
  const check = useMutation(trpc.payLinks.check.mutationOptions({ onSettled: () => refetch() }))
  const ask = check.mutate
  useReturn(returned, useCallback(() => ask({ token }), [ask, token]))
  const file = (path: string) => `/v1/pay-links/${token}/${path}`
  return (
    <Load query={query} skeleton={<PanelSkeleton label="Loading the invoice" className="h-96" />}>
      {(checkout) => (
        <div className="flex flex-col gap-4">
          <div>
            <h1 className="text-20 font-strong">Invoice {checkout.number}</h1>
            <p className="text-14 text-muted">
              for <bdi>{checkout.buyer.name}</bdi>
            </p>
          </div>
          <Panel className="flex flex-col gap-5 sm:p-6">
            <Figure
              label={checkout.amount_due.amount > 0 ? 'To pay' : 'Total'}
              value={<Money value={checkout.amount_due.amount > 0 ? checkout.amount_due : checkout.total} />}
              note={dueWords(checkout)}
            />
            <PayPanel
              checkout={checkout}
              returned={returned}
              receiptHref={(id) => file(`payments/${id}/receipt.pdf`)}
              opening={{
                busy: pay.isPending || (pay.isSuccess && pay.data.checkout_url !== null),
                error: pay.error,
                clear: pay.reset,
                start: ({ provider, phone }) => pay.mutate({ token, provider, ...(phone === null ? {} : { phone }) }),
              }}
            />
          </Panel>
          <Lines checkout={checkout} />
          <div>
            <a className={buttonClass('quiet', 'sm')} href={file('invoice.pdf')} download>
              <Download aria-hidden className="size-4" />
              Invoice as PDF
            </a>
          </div>
          <Seller seller={checkout.seller} />
        </div>
      )}
    </Load>
  )
}

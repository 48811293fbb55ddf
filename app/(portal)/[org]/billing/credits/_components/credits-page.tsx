'use client'
import { useQuery } from '@tanstack/react-query'
import { refusedBecause } from '../../../../../_lib/can.ts'
import { day } from '../../../../../_lib/format.ts'
import { useOrg } from '../../../../../_lib/org-context.tsx'
import { useTRPC } from '../../../../../_lib/trpc.tsx'
import type { CreditBalance } from '../../../../../_lib/wire.ts'
import { Load } from '../../../../../_ui/load.tsx'
import { Money } from '../../../../../_ui/money.tsx'
import { Figure, PageHeader, Panel, Stat } from '../../../../../_ui/page.tsx'
import { Forbidden, PanelSkeleton } from '../../../../../_ui/states.tsx'
import { BuyCredit } from './buy-credit.tsx'
import { Coupons } from './coupons.tsx'
import { CreditHistory } from './credit-history.tsx'

function Balance({ credit }: { credit: CreditBalance }) {
  const [next] = credit.expiring
  return (
    <Panel className="mb-10 sm:p-6">
      <div className="flex flex-wrap items-start justify-between gap-x-10 gap-y-5">
        <Figure
          label="Credit"
          value={<Money value={credit.balance} />}
          note={
            next === undefined ? (
              'Invoices use it before they ask for money.'
            ) : (
              <>
                <Money value={next.amount} /> of it ends on {day(next.at)}.
              </>
            )
          }
        />
        <div className="flex flex-wrap gap-x-8 gap-y-3">
          <Stat label="Bought" value={<Money value={credit.paid} />} />
          <Stat label="Given" value={<Money value={credit.promotional} />} note="used first" />
        </div>
      </div>
      <BuyCredit currency={credit.balance.currency} />
    </Panel>
  )
}

export function CreditsPage() {
  const { org } = useOrg()
  const refused = refusedBecause(org, 'billing:read')
  const balance = useQuery(useTRPC().credits.balance.queryOptions({ organization_id: org.id }, { enabled: refused === null }))
  return (
    <>
      <PageHeader title="Credit" />
      {refused === null ? (
        <>
          <Load query={balance} skeleton={<PanelSkeleton label="Loading your credit" className="mb-10 h-48" />}>
            {(credit) => <Balance credit={credit} />}
          </Load>
          <Coupons />
          <CreditHistory />
        </>
      ) : (
        <Forbidden reason={refused} />
      )}
    </>
  )
}

'use client'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { refusedBecause } from '../../../../../_lib/can.ts'
import { day } from '../../../../../_lib/format.ts'
import { useOrg } from '../../../../../_lib/org-context.tsx'
import { useTRPC } from '../../../../../_lib/trpc.tsx'
import type { Offer, Subscription } from '../../../../../_lib/wire.ts'
import { Button } from '../../../../../_ui/button.tsx'
import { Load } from '../../../../../_ui/load.tsx'
import { Money } from '../../../../../_ui/money.tsx'
import { Figure, KeyValue, PageHeader, Panel, Section } from '../../../../../_ui/page.tsx'
import { EmptyState, Forbidden, PanelSkeleton } from '../../../../../_ui/states.tsx'
import { Banner, Status } from '../../../../../_ui/status.tsx'
import { ChangeDialog, type WantedChange } from './change-dialog.tsx'
import { HistorySection } from './history-section.tsx'
import { PendingBanner } from './pending-banner.tsx'
import { PlanCards } from './plan-cards.tsx'
import { intervalWords, subscriptionLook } from './plan-words.ts'
import { QuantityForm } from './quantity-form.tsx'

function Present({ subscription }: { subscription: Subscription }) {
  const { price, period } = subscription
  return (
    <Panel className="mb-6 sm:p-6">
      <div className="flex flex-wrap items-start justify-between gap-x-10 gap-y-4">
        <Figure
          label={subscription.plan}
          value={<Money value={subscription.fee} />}
          note={`a ${intervalWords[price.interval]} in ${price.timing}, before tax and usage`}
        />
        <Status {...subscriptionLook[subscription.status]} />
      </div>
      <div className="mt-5">
        <KeyValue
          columns
          items={[
            ['Period', `${day(period.first_day)} to ${day(period.end_day)}`],
            ['Periods begin', subscription.anchor === 'calendar' ? 'with the calendar' : 'on the day of your plan'],
            ['Time zone', subscription.timezone],
            ...(subscription.quantity > 1 ? [['Quantity', String(subscription.quantity)] as const] : []),
            ...(subscription.status === 'trialing' && subscription.trial_ends_at !== null ? [['Trial ends', day(subscription.trial_ends_at)] as const] : []),
            ...(subscription.ended_at === null ? [] : [['Ended', day(subscription.ended_at)] as const]),
            ['Price version', `${price.version}, since ${day(price.active_from)}`],
          ]}
        />
      </div>
    </Panel>
  )
}

function Acts({ subscription, refused, onChoose }: { subscription: Subscription; refused: string | null; onChoose: (wanted: WantedChange) => void }) {
  const interval = intervalWords[subscription.price.interval]
  const button = (label: string, wanted: WantedChange) => (
    <Button disabled={refused !== null} title={refused ?? undefined} onClick={() => onChoose(wanted)}>
      {label}
    </Button>
  )
  const resume: WantedChange = { action: 'resume', interval, title: 'Resume the subscription', act: 'Resume', note: 'Apps stay stopped until you start them.' }
  if (subscription.status === 'paused' || subscription.status === 'cancelled') return button('Resume the subscription', resume)
  return (
    <div className="flex flex-wrap gap-2">
      {button('Pause the subscription', {
        action: 'pause', interval, title: 'Pause the subscription', act: 'Pause and stop every app', danger: true,
        note: 'Every app stops. The plan costs nothing until you resume it; what is stored is kept.',
      })}
      {subscription.pending_change?.kind === 'cancel' ? null : button('End the subscription', {
        action: 'cancel', interval, title: 'End the subscription', act: 'End it', danger: true,
        note: 'Every app stops when it ends. Invoices stay, and you can begin again later.',
      })}
    </div>
  )
}

const hasQuantity = ({ price }: Subscription): boolean => price.recurring.model !== 'flat'

function Plan({ subscription, offers }: { subscription: Subscription; offers: readonly Offer[] }) {
  const { org } = useOrg()
  const [wanted, setWanted] = useState<WantedChange | null>(null)
  const refused = refusedBecause(org, 'billing:write')
  const isOpen = subscription.status === 'active' || subscription.status === 'trialing'
  const interval = intervalWords[subscription.price.interval]
  const blocked = refused ?? (isOpen ? null : 'Resume the subscription first.')
  return (
    <>
      {subscription.pending_change === null ? null : <PendingBanner change={subscription.pending_change} refused={refused} />}
      {subscription.status === 'paused' ? <Banner tone="attention" className="mb-6">The subscription is paused: no app runs, and the plan costs nothing.</Banner> : null}
      <Present subscription={subscription} />
      {hasQuantity(subscription) && isOpen ? (
        <Section title="Quantity">
          <QuantityForm
            key={subscription.quantity}
            subscription={subscription}
            refused={refused}
            onChoose={(quantity) => setWanted({ action: 'plan', quantity, interval, title: `Change the quantity to ${quantity}`, act: 'Change the quantity' })}
          />
        </Section>
      ) : null}
      <Section title="Plans" hint="Change at any time. You see the exact figures before anything happens.">
        {offers.length === 0 ? (
          <EmptyState title="No plans to choose from">Your provider offers none in your currency yet.</EmptyState>
        ) : (
          <PlanCards
            offers={offers}
            refused={blocked}
            onChoose={(offer) => setWanted({
              action: 'plan', plan_key: offer.key, interval: intervalWords[offer.price.interval], title: `Change to ${offer.name}`, act: `Change to ${offer.name}`,
            })}
          />
        )}
      </Section>
      <HistorySection />
      <Section title="Pause or end">
        <Acts subscription={subscription} refused={refused} onChoose={setWanted} />
      </Section>
      {wanted === null ? null : <ChangeDialog wanted={wanted} subscription={subscription} onClose={() => setWanted(null)} />}
    </>
  )
}

export function PlanPage() {
  const { org } = useOrg()
  const trpc = useTRPC()
  const hidden = refusedBecause(org, 'billing:read')
  const subscription = useQuery(trpc.subscription.get.queryOptions({ organization_id: org.id }, { enabled: hidden === null }))
  const offers = useQuery(trpc.subscription.plans.queryOptions({ organization_id: org.id }))
  return (
    <>
      <PageHeader title="Plan" />
      {hidden === null ? (
        <Load query={subscription} skeleton={<PanelSkeleton label="Loading your plan" className="h-60" />}>
          {(one) => (
            <Load query={offers} skeleton={<PanelSkeleton label="Loading plans" className="h-60" />}>
              {({ data }) => <Plan subscription={one} offers={data} />}
            </Load>
          )}
        </Load>
      ) : (
        <Forbidden reason={hidden} />
      )}
    </>
  )
}

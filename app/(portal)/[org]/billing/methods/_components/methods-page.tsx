'use client'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useRouter, useSearchParams } from 'next/navigation'
import { useEffect } from 'react'
import { refusedBecause } from '../../../../../_lib/can.ts'
import { useOrg } from '../../../../../_lib/org-context.tsx'
import { paths } from '../../../../../_lib/paths.ts'
import { useTRPC } from '../../../../../_lib/trpc.tsx'
import type { PaymentMethod, PaymentSettings } from '../../../../../_lib/wire.ts'
import { Load } from '../../../../../_ui/load.tsx'
import { PageHeader, Section } from '../../../../../_ui/page.tsx'
import { EmptyState, Forbidden, PanelSkeleton } from '../../../../../_ui/states.tsx'
import { Banner } from '../../../../../_ui/status.tsx'
import { AddMethod } from './add-method.tsx'
import { AutoPaySection } from './auto-pay-section.tsx'
import { MethodCard } from './method-card.tsx'

const ASK_MS = 2_000
const outcomes = {
  pending: { tone: 'info', text: 'The provider has not said yet whether the card was stored. This page changes by itself.' },
  succeeded: { tone: 'good', text: 'The card is stored.' },
  failed: { tone: 'bad', text: 'The card was not stored: the bank or the provider refused it. Try another one.' },
  expired: { tone: 'attention', text: 'The provider’s page was left open for too long. Start again.' },
} as const

/** Back from the provider: asks until it is known what became of the visit. */
function SetupReturn({ setupId }: { setupId: string }) {
  const { org } = useOrg()
  const trpc = useTRPC()
  const client = useQueryClient()
  const router = useRouter()
  const check = useMutation(trpc.paymentMethods.checkSetup.mutationOptions())
  const { mutate, data, isPending } = check
  const settled = data !== undefined && data.state !== 'pending'
  useEffect(() => {
    if (settled || isPending) return
    const timer = setTimeout(() => mutate({ organization_id: org.id, setup_id: setupId }), data === undefined ? 0 : ASK_MS)
    return () => clearTimeout(timer)
  }, [settled, isPending, data, mutate, org.id, setupId])
  useEffect(() => {
    if (!settled) return
    void client.invalidateQueries({ queryKey: trpc.paymentMethods.pathKey() })
    router.replace(paths.paymentMethods(org.slug), { scroll: false })
  }, [settled, client, trpc, router, org.slug])
  const { tone, text } = outcomes[data?.state ?? 'pending']
  return (
    <div role="status" className="mb-6">
      <Banner tone={tone}>{text}</Banner>
    </div>
  )
}

function Methods({ methods, settings }: { methods: readonly PaymentMethod[]; settings: PaymentSettings | undefined }) {
  const { org } = useOrg()
  const refused = refusedBecause(org, 'billing:pay')
  const charged = methods.find((method) => method.default && method.state === 'active')
  const add = <AddMethod autoPay={settings?.auto_pay ?? false} refused={refused} />
  return (
    <>
      <Section title="Stored" hint="Kept by the provider. Here are only the digits that a receipt shows.">
        {methods.length === 0 ? (
          <EmptyState title="No card stored" action={add} command="shellwego payment-methods add">
            Store one, and invoices can be paid without you. Nothing is taken when you add it.
          </EmptyState>
        ) : (
          <>
            <ul className="mb-4 grid gap-3 sm:grid-cols-2 lg:grid-cols-3" aria-label="Stored payment methods">
              {methods.toSorted((a, b) => Number(b.default) - Number(a.default)).map((method) => (
                <MethodCard key={method.id} method={method} all={methods} settings={settings} refused={refused} />
              ))}
            </ul>
            {add}
          </>
        )}
      </Section>
      {settings === undefined ? null : <AutoPaySection settings={settings} charged={charged} refused={refused} />}
    </>
  )
}

export function MethodsPage() {
  const { org } = useOrg()
  const trpc = useTRPC()
  const setup = useSearchParams().get('setup')
  const refused = refusedBecause(org, 'billing:read')
  const methods = useQuery(trpc.paymentMethods.list.queryOptions({ organization_id: org.id, limit: 100 }, { enabled: refused === null }))
  const settings = useQuery(trpc.paymentMethods.settings.queryOptions({ organization_id: org.id }, { enabled: refused === null }))
  return (
    <>
      <PageHeader title="Payment methods" />
      {setup === null || refused !== null ? null : <SetupReturn setupId={setup} />}
      {refused === null ? (
        <Load query={methods} skeleton={<PanelSkeleton label="Loading your payment methods" className="h-60" />}>
          {({ data }) => <Methods methods={data} settings={settings.data} />}
        </Load>
      ) : (
        <Forbidden reason={refused} />
      )}
    </>
  )
}

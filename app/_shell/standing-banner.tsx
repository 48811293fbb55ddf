'use client'
import { useQuery } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { useEffect } from 'react'
import { refusedBecause } from '../_lib/can.ts'
import { useOrg } from '../_lib/org-context.tsx'
import { paths } from '../_lib/paths.ts'
import { useTRPC } from '../_lib/trpc.tsx'
import { ButtonLink } from '../_ui/button.tsx'
import { Banner } from '../_ui/status.tsx'

const words = {
  suspended: { title: 'is suspended', text: 'Its apps are stopped and nothing new starts. Nothing was deleted.' },
  terminated: { title: 'was ended', text: 'Its apps and secrets were deleted because it stayed unpaid.' },
} as const

/** On every page of an organization whose apps are stopped for money: why, and the way to end it. Gone within seconds of the payment. */
export function StandingBanner() {
  const { org } = useOrg()
  const router = useRouter()
  const known = org.payment_standing
  const stopped = known === 'suspended' || known === 'terminated'
  const mayRead = refusedBecause(org, 'billing:read') === null
  const report = useQuery(useTRPC().dunning.standing.queryOptions({ organization_id: org.id }, { enabled: stopped && mayRead, refetchInterval: 5_000 }))
  const now = report.data?.standing
  useEffect(() => {
    if (now !== undefined && now !== known) router.refresh()
  }, [now, known, router])
  if (!stopped || (now !== undefined && now !== 'suspended' && now !== 'terminated')) return null
  const { title, text } = words[known]
  return (
    <div role="status">
      <Banner
        tone="bad"
        className="mb-6"
        action={
          mayRead ? (
            <ButtonLink size="sm" look="primary" href={paths.standing(org.slug)}>
              Why, and how to pay
            </ButtonLink>
          ) : undefined
        }>
        <strong className="font-strong">
          <bdi>{org.name}</bdi> {title}.
        </strong>{' '}
        {text} {mayRead ? '' : 'Ask whoever looks after its billing.'}
      </Banner>
    </div>
  )
}

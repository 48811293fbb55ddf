'use client'
import { useQuery } from '@tanstack/react-query'
import { refusedBecause } from '../../../../_lib/can.ts'
import { useOrg } from '../../../../_lib/org-context.tsx'
import { paths } from '../../../../_lib/paths.ts'
import { useTRPC } from '../../../../_lib/trpc.tsx'
import { ButtonLink } from '../../../../_ui/button.tsx'
import { Banner } from '../../../../_ui/status.tsx'
import { dueNotice } from './due-rows.ts'

/** What is owed, before anything else about money, with the way to pay it. */
export function DueBanner() {
  const { org } = useOrg()
  const mayRead = refusedBecause(org, 'billing:read') === null
  const open = useQuery(
    useTRPC().billing.invoices.queryOptions({ organization_id: org.id, limit: 100, filter: { status: 'open,overdue,partially_paid' } }, { enabled: mayRead, refetchInterval: 10_000 }),
  )
  const notice = dueNotice(open.data?.data ?? [])
  if (notice === null) return null
  const payable = refusedBecause(org, 'billing:pay') === null
  return (
    <Banner
      tone={notice.tone}
      className="mb-6"
      action={
        <ButtonLink size="sm" look={payable ? 'primary' : 'plain'} href={paths.invoice(org.slug, notice.next.id)}>
          {payable ? 'Pay now' : 'View the invoice'}
        </ButtonLink>
      }>
      <p className="text-14 font-strong">{notice.title}</p>
      <p>{notice.detail}</p>
    </Banner>
  )
}

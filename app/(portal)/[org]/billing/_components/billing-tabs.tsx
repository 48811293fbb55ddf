'use client'
import { useOrg } from '../../../../_lib/org-context.tsx'
import { paths } from '../../../../_lib/paths.ts'
import { Tabs } from '../../../../_ui/tabs.tsx'

export function BillingTabs() {
  const { slug } = useOrg().org
  return (
    <Tabs
      label="Billing"
      tabs={[
        { href: paths.billing(slug), label: 'Overview' },
        { href: paths.usage(slug), label: 'Usage' },
        { href: paths.plan(slug), label: 'Plan' },
        { href: paths.invoices(slug), label: 'Invoices', deep: true },
        { href: paths.payments(slug), label: 'Payments' },
        { href: paths.paymentMethods(slug), label: 'Methods' },
        { href: paths.credits(slug), label: 'Credit' },
        { href: paths.budget(slug), label: 'Budget' },
        { href: paths.standing(slug), label: 'Standing' },
      ]}
    />
  )
}

import type { ReactNode } from 'react'
import { paths } from '../../../_lib/paths.ts'
import { Tabs } from '../../../_ui/tabs.tsx'

export default function StaffPaymentsLayout({ children }: { children: ReactNode }) {
  return (
    <>
      <div className="mb-6">
        <Tabs
          label="Payments"
          tabs={[
            { href: paths.adminPayments, label: 'All' },
            { href: paths.adminFailedPayments, label: 'Failed' },
            { href: paths.adminRefunds, label: 'Refunds' },
            { href: paths.adminDisputes, label: 'Disputes' },
            { href: paths.adminSuspense, label: 'Suspense' },
          ]}
        />
      </div>
      {children}
    </>
  )
}
